import type { Clock } from '../../watch/clock';
import { pause } from '../pause';

export interface Rate {
  /** Calls that may go out at once after a rest. */
  readonly burst: number;
  readonly perSecond: number;
}

export interface RateBudget {
  /** Waits for this key's turn; false when the signal ended the wait. */
  take(key: string, rate: Rate, signal: AbortSignal): Promise<boolean>;
  /** The cloud throttles this key: nobody's turn comes before so many milliseconds have passed. */
  close(key: string, ms: number): void;
}

interface Bucket {
  /** When the next token is due, milliseconds since 1970. */
  dueAt: number;
  closedUntil: number;
}

/**
 * A token bucket for each API action. The cloud counts per action, region and account, other tools included; its
 * limits are not published for every action, so this keeps well below what is known rather than at it.
 */
export function createRateBudget(clock: Clock): RateBudget {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (key: string): Bucket => {
    const known = buckets.get(key);
    if (known) return known;
    const fresh: Bucket = { dueAt: Number.NEGATIVE_INFINITY, closedUntil: Number.NEGATIVE_INFINITY };
    buckets.set(key, fresh);
    return fresh;
  };
  return {
    async take(key, rate, signal) {
      const bucket = bucketOf(key);
      const interval = 1000 / rate.perSecond;
      for (;;) {
        const now = clock.now();
        const turn = Math.max(bucket.dueAt, now - (rate.burst - 1) * interval);
        bucket.dueAt = turn + interval;
        if (!(await pause(clock, turn - now, signal))) return false;
        const closedFor = bucket.closedUntil - clock.now();
        if (closedFor <= 0) return true;
        // Everybody who waited queues again, or they would all go at the moment it opens.
        if (!(await pause(clock, closedFor, signal))) return false;
      }
    },
    close(key, ms) {
      const bucket = bucketOf(key);
      bucket.closedUntil = Math.max(bucket.closedUntil, clock.now() + ms);
    },
  };
}
