import type { AccountView, InstanceView } from '../../../shared/account-status';
import type { Category, Decision, NotificationValue } from './notification';
import { type AccountMemory, type Candidate, THROTTLE_MS } from './policy-memory';
import { imminentValue, lockoutValue, unlockValue } from './values';

/** A forecast lock nearer than this is announced, in milliseconds. */
const IMMINENT_MS = 60_000;
/** Two readings of the same lock may differ by this much, in milliseconds. */
const SAME_LOCK_MS = 30_000;

export const suppressed = (value: NotificationValue, reason: 'catchingUp' | 'alreadyShown'): Decision => ({
  outcome: 'suppressed',
  value,
  reason,
});

/** What an account's new state gives to say, compared with what was noticed before (times in milliseconds). */
export function observeAccount(
  view: InstanceView,
  account: AccountView,
  before: AccountMemory,
  instanceKnown: boolean,
  instance: string,
  nowMs: number,
): { candidate?: Candidate; silent?: Decision; memory: AccountMemory } {
  const attack = account.verdict.kind === 'attack' || view.verdict.kind === 'attack';
  const candidate = (value: NotificationValue, stormKey: string | null): Candidate => ({
    member: { account: account.name, instance, value },
    stormKey,
    throttled: isThrottled(before, value.category, nowMs),
  });
  const count = account.badPasswordCount ?? before.badPasswordCount;
  const now = { ...before, status: account.status, badPasswordCount: count, held: false };

  if (account.status === 'unknown') return { memory: now };

  if (account.status === 'locked') {
    const value = lockoutValue(view, account, instance, nowMs);
    const lock = { atMs: account.lockedAtMs, autoUnlockAtMs: account.autoUnlockAtMs };
    const memory = { ...now, lock, imminent: false };
    if (before.lock && isSameLock(before.lock.atMs, account.lockedAtMs)) {
      const again = before.status === 'unknown';
      return again ? { silent: suppressed(value, 'alreadyShown'), memory } : { memory };
    }
    const stormKey = instanceKnown ? (attack ? `attack|${view.id}` : null) : 'start|lockout';
    return { candidate: candidate(value, stormKey), memory };
  }

  const calmed = account.status === 'clear' || count < before.badPasswordCount;
  const memory = { ...now, lock: null, imminent: before.imminent && !calmed };
  if (before.lock) {
    const { autoUnlockAtMs } = before.lock;
    const value = unlockValue(view, account, instance, autoUnlockAtMs !== null && nowMs >= autoUnlockAtMs);
    return { candidate: candidate(value, `unlock|${view.id}`), memory };
  }
  if (!memory.imminent && isImminent(account, nowMs)) {
    const seconds = Math.max(1, Math.round(((account.locksAtMs ?? nowMs) - nowMs) / 1000));
    const value = imminentValue(view, account, instance, seconds);
    const stormKey = attack ? `imminent|${view.id}` : null;
    return { candidate: candidate(value, stormKey), memory: { ...memory, imminent: true } };
  }
  return { memory };
}

const isSameLock = (before: number | null, now: number | null): boolean =>
  before === null || now === null || Math.abs(now - before) <= SAME_LOCK_MS;

function isImminent(account: AccountView, nowMs: number): boolean {
  if (account.status !== 'counting' || account.locksAtMs === null || account.remaining === 0) return false;
  return Math.abs(account.locksAtMs - nowMs) <= IMMINENT_MS;
}

/** A lock is never kept quiet when the last word was that the account is open. */
function isThrottled(memory: AccountMemory, category: Category, nowMs: number): boolean {
  if (category === 'lockout' && memory.said?.category !== 'lockout') return false;
  const atMs = memory.saidAtMs[category];
  return atMs !== undefined && nowMs - atMs < THROTTLE_MS[category];
}
