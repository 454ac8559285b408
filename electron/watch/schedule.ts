import type { AppError } from '../../shared/errors';
import type { WatchLevel } from '../../shared/instance';
import type { Settings } from '../../shared/settings';
import { TUNING } from './tuning';

/** The settings that say how often instances are asked. */
export type PollSettings = Pick<
  Settings,
  'pollSeconds' | 'busyPollSeconds' | 'quietPollSeconds' | 'quietAfterMinutes' | 'staleAfterSeconds'
>;

/** After the last failure, lock or unlock an instance counts as busy for so long. */
export const BUSY_FOR_MS = 60_000;
/** The first wait after a failure, and the longest one. */
export const FIRST_BACKOFF_MS = 2_000;
export const LONGEST_BACKOFF_MS = 5 * 60_000;
/** The wait after a failure that only a change on the instance can end. */
export const SLOW_RETRY_MS = 10 * 60_000;

/**
 * Milliseconds from one look at the log to the next: the level's interval, the busy one when it is shorter and
 * something was logged in the last minute, the quiet one when it is longer and nothing was for a long time. A
 * closely watched instance is never asked less often than its level says.
 */
export function pollDelayMs(
  level: Exclude<WatchLevel, 'off'>,
  settings: PollSettings,
  lastActivityMs: number | null,
  nowMs: number,
): number {
  const base = settings.pollSeconds[level] * 1000;
  const idle = lastActivityMs === null ? Number.POSITIVE_INFINITY : nowMs - lastActivityMs;
  if (idle < BUSY_FOR_MS) return Math.min(base, settings.busyPollSeconds * 1000);
  if (level !== 'close' && idle >= settings.quietAfterMinutes * 60_000) {
    return Math.max(base, settings.quietPollSeconds * 1000);
  }
  return base;
}

/**
 * Milliseconds from one reading of the accounts to the next. Where auditing does not show everything they are all
 * there is: they are read twice before what they say is stale.
 */
export const accountsEveryMs = (
  auditingShowsAll: boolean,
  { staleAfterSeconds }: Pick<Settings, 'staleAfterSeconds'>,
): number =>
  auditingShowsAll
    ? TUNING.accountsEveryMs
    : Math.min(TUNING.accountsEveryBlindMs, (staleAfterSeconds * 1000) / 2);

/** Spreads an interval by a tenth either way, so that many instances do not ask at the same moment. */
export const spread = (ms: number, random: number): number => Math.round(ms * (0.9 + 0.2 * random));

/**
 * Milliseconds until the next attempt after `failures` in a row (from 1): doubling to five minutes, and of that a
 * random part between the half and the whole. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  const whole = Math.min(FIRST_BACKOFF_MS * 2 ** Math.min(failures - 1, 20), LONGEST_BACKOFF_MS);
  return Math.round(whole * (0.5 + random / 2));
}

/** What follows a failed connection or reading. */
export type AfterFailure = 'retry' | 'retrySlowly' | 'needsAdmin';

/**
 * Whether to try again by itself. Whatever concerns host keys, secrets and refused logons waits for the admin:
 * trying again would at best be useless and at worst lock the account that watches (R27).
 */
export function afterFailure(error: Pick<AppError, 'code' | 'retryable'>): AfterFailure {
  switch (error.code) {
    case 'ssh.hostKeyChanged':
    case 'ssh.hostKeyUnknown':
    case 'ssh.hostKeyRevoked':
    case 'ssh.passwordRefused':
    case 'ssh.passwordUnanswered':
    case 'ssh.passwordExpired':
    case 'ssh.keyRefused':
    case 'ssh.keyPassphrase':
    case 'ssh.keyUnreadable':
    case 'vault.secretMissing':
    case 'vault.undecryptable':
    case 'app.invalidArgument':
      return 'needsAdmin';
    default:
      return error.retryable ? 'retry' : 'retrySlowly';
  }
}
