import type { LockoutPolicy } from '../../shared/policy';
import { type Filetime, TICKS_PER_MINUTE } from '../../shared/time';

/** Which kind of account it is where that changes the rules (R4, R18). */
export type AccountKind = 'user' | 'builtinAdministrator' | 'trust';

/** What an authority stores of one account. Instants in ticks; 0n means never, a null lockoutTime was never written. */
export interface AccountState {
  readonly kind: AccountKind;
  readonly enabled: boolean;
  /** Stored (raw) count; see `effectiveCount`. */
  readonly badPasswordCount: number;
  readonly badPasswordTime: Filetime;
  readonly lockoutTime: Filetime | null;
  readonly lastLogon: Filetime;
  readonly logonCount: number;
  /** 0n: not known; a previous password then counts as freshly replaced. */
  readonly passwordLastSet: Filetime;
}

/** `old: 1` is the previous password (N-1), `old: 2` the one before. */
export type Password = 'right' | 'wrong' | { readonly old: number };
/** `kerberosWithoutHistory`: a KDC that does not look at the history (old releases). `console`: at the machine itself. */
export type LogonRoute = 'ntlmNetwork' | 'kerberos' | 'kerberosWithoutHistory' | 'interactive' | 'console';

export type Attempt =
  | { readonly kind: 'logon'; readonly route: LogonRoute; readonly password: Password }
  | { readonly kind: 'passwordChange'; readonly password: Password };

export type AttemptResult = 'success' | 'wrongPassword' | 'lockedOut' | 'disabled';
export interface AttemptOutcome {
  readonly state: AccountState;
  readonly result: AttemptResult;
}

/** Windows' default for OldPasswordAllowedPeriod (R14). */
const OLD_PASSWORD_ALLOWED = 60n * TICKS_PER_MINUTE;

export const newAccount = (kind: AccountKind = 'user'): AccountState => ({
  kind,
  enabled: true,
  badPasswordCount: 0,
  badPasswordTime: 0n,
  lockoutTime: null,
  lastLogon: 0n,
  logonCount: 0,
  passwordLastSet: 0n,
});

/** R6: the count that is in force at `now` (ticks); the window's last tick still counts. */
export const effectiveCount = (
  state: Pick<AccountState, 'badPasswordCount' | 'badPasswordTime'>,
  policy: LockoutPolicy,
  now: Filetime,
): number => (now <= state.badPasswordTime + policy.observationWindow ? state.badPasswordCount : 0);

/** R9: whether the account is locked at `now` (ticks). Expiry writes nothing: it is computed at every reading. */
export function isLocked(state: AccountState, policy: LockoutPolicy, now: Filetime): boolean {
  if (state.lockoutTime === null || state.lockoutTime === 0n || state.kind === 'trust') return false;
  return policy.lockoutDuration === 'untilAdmin' || now <= state.lockoutTime + policy.lockoutDuration;
}

/** R9: the first instant (ticks) at which a locked account is unlocked by itself; null when it is not locked. */
export function autoUnlockAt(
  state: AccountState,
  policy: LockoutPolicy,
  now: Filetime,
): Filetime | 'untilAdmin' | null {
  if (!isLocked(state, policy, now) || state.lockoutTime === null) return null;
  return policy.lockoutDuration === 'untilAdmin'
    ? 'untilAdmin'
    : state.lockoutTime + policy.lockoutDuration + 1n;
}

/** One attempt at `now` (ticks): what the caller is told and what the authority stores (R4, R7, R8, R10, R13 to R15). */
export function applyAttempt(
  state: AccountState,
  attempt: Attempt,
  policy: LockoutPolicy,
  now: Filetime,
): AttemptOutcome {
  // R4: a locked built-in Administrator is refused over the network only.
  const atConsole =
    attempt.kind === 'logon' && attempt.route === 'console' && state.kind === 'builtinAdministrator';
  const locked = isLocked(state, policy, now);
  if (locked && !atConsole) return { state, result: 'lockedOut' };
  switch (judge(state, attempt, policy, now)) {
    case 'right':
      return attempt.kind === 'logon'
        ? logonSucceeded(state, attempt.route, policy, now)
        : { state: { ...state, passwordLastSet: now }, result: 'success' };
    case 'tolerated':
      return { state, result: 'wrongPassword' };
    case 'wrong':
      return { state: locked ? state : countFailure(state, policy, now), result: 'wrongPassword' };
  }
}

/** R14: a logon with one of the two passwords before fails without counting, or passes where NTLM still allows it. */
function judge(
  state: AccountState,
  attempt: Attempt,
  policy: LockoutPolicy,
  now: Filetime,
): 'right' | 'wrong' | 'tolerated' {
  if (attempt.password === 'right') return 'right';
  if (attempt.password === 'wrong' || attempt.kind === 'passwordChange') return 'wrong';
  if (attempt.route === 'kerberosWithoutHistory') return 'wrong';
  const remembered = Math.min(policy.passwordHistoryLength ?? 24, 3);
  const { old } = attempt.password;
  if (old < 1 || old >= remembered) return 'wrong';
  const fresh = state.passwordLastSet === 0n || now - state.passwordLastSet < OLD_PASSWORD_ALLOWED;
  return old === 1 && attempt.route === 'ntlmNetwork' && policy.source !== 'local' && fresh
    ? 'right'
    : 'tolerated';
}

/** R7, with R4 and R19: exempt accounts and a threshold of 0 are not counted. */
function countFailure(state: AccountState, policy: LockoutPolicy, now: Filetime): AccountState {
  if (policy.threshold === 0) return state;
  if (state.kind === 'builtinAdministrator' && policy.lockoutAdmins === false) return state;
  const raw = effectiveCount(state, policy, now) + 1;
  return {
    ...state,
    badPasswordCount: raw,
    badPasswordTime: now,
    lockoutTime: raw >= policy.threshold ? now : state.lockoutTime,
  };
}

/** R10, R15: a right password clears, unless the account is disabled. */
function logonSucceeded(
  state: AccountState,
  route: LogonRoute,
  policy: LockoutPolicy,
  now: Filetime,
): AttemptOutcome {
  if (!state.enabled) return { state, result: 'disabled' };
  const network = route === 'ntlmNetwork';
  const count = network ? effectiveCount(state, policy, now) : state.badPasswordCount;
  const hadLock = state.lockoutTime !== null && state.lockoutTime !== 0n;
  return {
    result: 'success',
    state: {
      ...state,
      badPasswordCount: hadLock || count !== 0 ? 0 : state.badPasswordCount,
      lockoutTime: hadLock ? 0n : state.lockoutTime,
      lastLogon: !network || (count !== 0 && !hadLock) ? now : state.lastLogon,
      logonCount: network ? state.logonCount : state.logonCount + 1,
    },
  };
}

export type UnlockMethod = 'lockoutTime' | 'userAccountControl' | 'samr';

/** R11: an admin unlocks. By lockoutTime it clears any account, by the flag only one that is locked at `now` (ticks). */
export function adminUnlock(
  state: AccountState,
  method: UnlockMethod,
  policy: LockoutPolicy,
  now: Filetime,
): { readonly state: AccountState; readonly changed: boolean } {
  if (method !== 'lockoutTime' && !isLocked(state, policy, now)) return { state, changed: false };
  return { state: { ...state, lockoutTime: 0n, badPasswordCount: 0 }, changed: true };
}

/** R12: an admin sets a new password at `now` (ticks); count and lock stay as they are. */
export const adminPasswordReset = (state: AccountState, now: Filetime): AccountState => ({
  ...state,
  passwordLastSet: now,
});

/** R17: failures that arrive together are judged one after the other: `threshold` get wrong password, the rest locked. */
export function concurrentFailures(
  state: AccountState,
  attempt: Attempt,
  count: number,
  policy: LockoutPolicy,
  now: Filetime,
): { readonly state: AccountState; readonly results: AttemptResult[] } {
  const results: AttemptResult[] = [];
  let current = state;
  for (let i = 0; i < count; i++) {
    const outcome = applyAttempt(current, attempt, policy, now);
    current = outcome.state;
    results.push(outcome.result);
  }
  return { state: current, results };
}
