import type { Filetime } from '../../shared/time';

/** What an authority keeps of an account, as far as it tells of attempts. Null: not readable. */
export interface CountReading {
  readonly badPasswordCount: number | null;
  readonly badPasswordTime: Filetime | null;
  readonly lockoutTime: Filetime | null;
}

/**
 * So many failures at least were counted between two readings of an account at one authority, the last of them at the
 * newer badPasswordTime (R7). While that time stands nothing was counted. A count that grew tells by how much; one that
 * began anew (R6, R10, R11) what it is now, and never less than the one failure that moved the time. Without an earlier
 * reading it is the count itself.
 */
export function failuresBetween(before: CountReading | undefined, after: CountReading): number {
  const { badPasswordCount: count, badPasswordTime: at } = after;
  if (count === null || at === null || at === 0n) return 0;
  if (!before) return count;
  if (before.badPasswordTime === null || at <= before.badPasswordTime) return 0;
  const known = before.badPasswordCount ?? 0;
  return count > known ? count - known : Math.max(1, count);
}

/** Whether a stored lock was taken away between two readings: by an admin, or by a right password after it had run out. */
export const openedBetween = (before: CountReading | undefined, after: CountReading): boolean =>
  before !== undefined &&
  before.lockoutTime !== null &&
  before.lockoutTime !== 0n &&
  after.lockoutTime === 0n;
