import type { LockoutPolicy } from '../../shared/policy';
import { type Filetime, TICKS_PER_SECOND } from '../../shared/time';
import { exemption } from './policy-facts';
import type { AccountReading, AccountRef, EvidenceState, LockEvidence, TrailRow } from './types';

/** Records of one moment may be written in any order: the locking failure after its 4740, a refusal after an unlock. */
export const SAME_MOMENT = 2n * TICKS_PER_SECOND;
const CONSOLE_LOGON = 2;

export const noEvidence: EvidenceState = {
  badPasswordCount: 0,
  badPasswordTime: 0n,
  lock: null,
  judgedPastThreshold: 0,
  uncertainFailures: 0,
  uncertainAt: 0n,
  countBasis: 'none',
  unlockedSeenAt: 0n,
  settledAt: 0n,
  clearedAt: 0n,
};

/** Whether a seen lock is still in force at `now` (R9); without a policy it is until something shows otherwise. */
export function lockInForce(lock: LockEvidence, policy: LockoutPolicy | null, now: Filetime): boolean {
  if (!policy || policy.notStated?.includes('lockoutDuration')) return true;
  return policy.lockoutDuration === 'untilAdmin' || now <= lock.at + policy.lockoutDuration;
}

/** R6 on evidence: failures older than the window are out; without a policy every one is kept. */
export function countInForce(state: EvidenceState, policy: LockoutPolicy | null, now: Filetime): boolean {
  if (!policy || policy.notStated?.includes('observationWindow')) return true;
  return now <= state.badPasswordTime + policy.observationWindow;
}

/**
 * One row of an account's trail on top of what is known (R7, R8, R10 to R13, R29). Rows come ordered by time. With no
 * policy, failures add up without a bound and nothing expires: `status` then calls the count unknown.
 */
export function step(
  state: EvidenceState,
  row: TrailRow,
  policy: LockoutPolicy | null,
  ref: AccountRef,
): EvidenceState {
  switch (row.kind) {
    case 'failure':
      if (row.reason === 'lockedOut') return refused(state, row, policy);
      if (row.reason === 'disabled') return answeredUnlocked(state, row.time);
      if (row.counts === 'uncertain') return maybeCounted(state, row, policy);
      if (row.counts !== 'yes' || row.refuted) return state;
      return counted(state, row, policy, ref);
    case 'lock':
      return locked(state, row.time, policy);
    case 'unlock':
    case 'success':
      return cleared(state, row.time);
    case 'reading':
      return row.reading ? read(state, row.reading, policy) : state;
    case 'passwordReset':
      return state;
  }
}

const restsOnReading = ({ countBasis }: EvidenceState): boolean =>
  countBasis === 'reading' || countBasis === 'readingAndEvents';

function counted(
  state: EvidenceState,
  row: TrailRow,
  policy: LockoutPolicy | null,
  ref: AccountRef,
): EvidenceState {
  const { lock } = state;
  const inForce = lock !== null && lockInForce(lock, policy, row.time);
  if (lock && inForce) {
    if (row.time - lock.at <= SAME_MOMENT) return state;
    // R4: the built-in Administrator is judged at the console even while locked.
    if (ref.builtinAdministrator !== 'no' && row.logonType === CONSOLE_LOGON) return state;
  }
  if (policy && (policy.threshold === 0 || exemption(policy, ref) === 'exempt')) {
    return { ...state, unlockedSeenAt: row.time };
  }
  // A password that was judged proves that the lock was gone, by an unlock that left no record.
  const before = lock && inForce ? 0 : countInForce(state, policy, row.time) ? state.badPasswordCount : 0;
  const count = policy ? Math.min(before + 1, policy.threshold) : before + 1;
  const fromReading = restsOnReading(state);
  return {
    ...state,
    lock: null,
    badPasswordCount: count,
    badPasswordTime: row.time,
    judgedPastThreshold: before === 0 ? 0 : state.judgedPastThreshold + (before === count ? 1 : 0),
    countBasis: before > 0 && fromReading ? 'readingAndEvents' : 'events',
    unlockedSeenAt: row.time,
  };
}

function maybeCounted(state: EvidenceState, row: TrailRow, policy: LockoutPolicy | null): EvidenceState {
  if (state.lock && lockInForce(state.lock, policy, row.time)) return state;
  if (policy?.threshold === 0) return state;
  return { ...state, uncertainFailures: state.uncertainFailures + 1, uncertainAt: row.time };
}

/** R8: a refusal shows a lock; it began no later than now, and with the last counted failure if one is near enough. */
function refused(state: EvidenceState, row: TrailRow, policy: LockoutPolicy | null): EvidenceState {
  const { lock } = state;
  if (lock && lockInForce(lock, policy, row.time)) {
    return { ...state, lock: { ...lock, lastSeen: row.time } };
  }
  if (state.clearedAt > 0n && row.time - state.clearedAt <= SAME_MOMENT) return state;
  return { ...state, ...begunLock(state, row.time, policy, 'refusal') };
}

function begunLock(
  state: EvidenceState,
  seen: Filetime,
  policy: LockoutPolicy | null,
  proof: LockEvidence['proof'],
): Pick<EvidenceState, 'lock' | 'badPasswordCount' | 'badPasswordTime'> {
  // Nothing counts after the locking failure, so the last counted one is it, unless it belongs to an earlier lock.
  const last = state.badPasswordTime;
  const guess: LockEvidence = { at: last, exact: false, proof, lastSeen: seen };
  const usable =
    last > 0n && last > state.clearedAt && state.lock === null && lockInForce(guess, policy, seen);
  return {
    lock: usable ? guess : { at: seen, exact: false, proof, lastSeen: seen },
    badPasswordCount: policy && policy.threshold > 0 ? policy.threshold : state.badPasswordCount,
    badPasswordTime: usable ? last : seen,
  };
}

/** R15: `disabled` is answered to right passwords of accounts that are not locked. */
function answeredUnlocked(state: EvidenceState, time: Filetime): EvidenceState {
  if (state.lock && time - state.lock.at <= SAME_MOMENT) return state;
  return {
    ...state,
    lock: null,
    badPasswordCount: state.lock ? 0 : state.badPasswordCount,
    unlockedSeenAt: time,
  };
}

function locked(state: EvidenceState, time: Filetime, policy: LockoutPolicy | null): EvidenceState {
  return {
    ...state,
    lock: { at: time, exact: true, proof: 'event', lastSeen: time },
    badPasswordCount: policy && policy.threshold > 0 ? policy.threshold : Math.max(state.badPasswordCount, 1),
    badPasswordTime: time,
    judgedPastThreshold: 0,
    uncertainFailures: 0,
    settledAt: time,
  };
}

/** R10, R11: lockoutTime and count are 0, the time of the last failure stays. */
const cleared = (state: EvidenceState, time: Filetime): EvidenceState => ({
  ...state,
  lock: null,
  badPasswordCount: 0,
  judgedPastThreshold: 0,
  uncertainFailures: 0,
  countBasis: 'events',
  unlockedSeenAt: time,
  settledAt: time,
  clearedAt: time,
});

/** R29: what the authority says outranks everything before it. R20, R22: only the authority's own counts are used. */
function read(state: EvidenceState, reading: AccountReading, policy: LockoutPolicy | null): EvidenceState {
  if (reading.origin === 'rodc' || isOlderCopy(state, reading)) return state;
  const withLock = readLock(state, reading, policy);
  if (reading.origin === 'dc' || reading.badPasswordCount === null) return withLock;
  const count = reading.badPasswordCount;
  const known = reading.badPasswordTime;
  // Without its time a count is dated by the failure behind it, or by the first reading that showed it.
  const dated = withLock.badPasswordTime > withLock.clearedAt && withLock.badPasswordTime > 0n;
  const undated = dated ? withLock.badPasswordTime : reading.at;
  return {
    ...withLock,
    badPasswordCount: count,
    badPasswordTime: known ?? (count === 0 ? withLock.badPasswordTime : undated),
    judgedPastThreshold: 0,
    uncertainFailures: 0,
    countBasis: 'reading',
    settledAt: reading.locked === null && reading.lockoutTime === null ? state.settledAt : reading.at,
  };
}

/**
 * R20, R21: once the PDC emulator was read, another controller adds only a lock that began since. That it knows of none
 * may be a lock that has not arrived there; a lock that the PDC emulator was seen without is a copy that is out of date.
 */
function isOlderCopy(state: EvidenceState, { origin, locked, lockoutTime }: AccountReading): boolean {
  if (origin !== 'dc' || !restsOnReading(state)) return false;
  if (lockoutTime === null) return locked !== true;
  return lockoutTime <= state.unlockedSeenAt;
}

function readLock(
  state: EvidenceState,
  reading: AccountReading,
  policy: LockoutPolicy | null,
): EvidenceState {
  const { at, lockoutTime } = reading;
  if (lockoutTime !== null && lockoutTime !== 0n) {
    const lock: LockEvidence = { at: lockoutTime, exact: true, proof: 'attribute', lastSeen: at };
    // R9: an expired lockoutTime stays stored and proves nothing.
    const inForce = reading.locked ?? lockInForce(lock, policy, at);
    return inForce ? { ...state, lock } : { ...state, lock: null, unlockedSeenAt: at };
  }
  if (reading.locked === true) {
    const { lock } = state;
    if (lock) return { ...state, lock: { ...lock, lastSeen: at } };
    return { ...state, ...begunLock(state, at, policy, 'flag') };
  }
  if (reading.locked === false || lockoutTime === 0n) {
    const wasLocked = state.lock !== null;
    return {
      ...state,
      lock: null,
      badPasswordCount: wasLocked ? 0 : state.badPasswordCount,
      unlockedSeenAt: at,
      clearedAt: wasLocked ? at : state.clearedAt,
    };
  }
  return state;
}
