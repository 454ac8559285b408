import { describe, expect, it } from 'vitest';
import type { LockoutPolicy } from '../../shared/policy';
import { TICKS_PER_MINUTE, ticksFromSeconds } from '../../shared/time';
import {
  type AccountState,
  adminPasswordReset,
  adminUnlock,
  applyAttempt,
  autoUnlockAt,
  concurrentFailures,
  effectiveCount,
  isLocked,
  type LogonRoute,
  newAccount,
  type Password,
} from './account';
import { at, THREE } from './testing/events';

const WINDOW = THREE.observationWindow;
const logon = (password: Password, route: LogonRoute = 'kerberos') =>
  ({ kind: 'logon', password, route }) as const;
const change = (password: Password) => ({ kind: 'passwordChange', password }) as const;

function failing(times: number, policy: LockoutPolicy = THREE, from: AccountState = newAccount()) {
  let state = from;
  for (let i = 0; i < times; i++) state = applyAttempt(state, logon('wrong'), policy, at(i)).state;
  return state;
}

describe('the account state machine', () => {
  it('R6 counts up to and including the last tick of the window', () => {
    const state = failing(2);
    expect(effectiveCount(state, THREE, at(1) + WINDOW)).toBe(2);
    expect(effectiveCount(state, THREE, at(1) + WINDOW + 1n)).toBe(0);
  });

  it('R7 locks with the failure that reaches the threshold, and still answers wrong password', () => {
    const outcome = applyAttempt(failing(2), logon('wrong'), THREE, at(9));
    expect(outcome.result).toBe('wrongPassword');
    expect(outcome.state).toMatchObject({ badPasswordCount: 3, badPasswordTime: at(9), lockoutTime: at(9) });
    expect(isLocked(outcome.state, THREE, at(9))).toBe(true);
  });

  it('R7 starts again at 1 after the window', () => {
    const outcome = applyAttempt(failing(2), logon('wrong'), THREE, at(1) + WINDOW + 1n);
    expect(outcome.state.badPasswordCount).toBe(1);
  });

  it('R8 changes nothing while locked, whatever the password', () => {
    const state = failing(3);
    for (const attempt of [logon('wrong'), logon('right'), change('right'), change('wrong')]) {
      expect(applyAttempt(state, attempt, THREE, at(60))).toEqual({ state, result: 'lockedOut' });
    }
  });

  it('R9 unlocks one tick after the duration, and never when only an admin may', () => {
    const state = failing(3);
    const end = at(2) + 10n * TICKS_PER_MINUTE;
    expect(isLocked(state, THREE, end)).toBe(true);
    expect(isLocked(state, THREE, end + 1n)).toBe(false);
    expect(autoUnlockAt(state, THREE, at(3))).toBe(end + 1n);
    const forever: LockoutPolicy = { ...THREE, lockoutDuration: 'untilAdmin' };
    expect(isLocked(state, forever, at(1e9))).toBe(true);
    expect(autoUnlockAt(state, forever, at(3))).toBe('untilAdmin');
    expect(isLocked({ ...state, lockoutTime: 0n }, forever, at(3))).toBe(false);
  });

  it('R10 a success clears count and lock and keeps the time of the last failure', () => {
    const after = applyAttempt(failing(3), logon('right'), THREE, at(3) + WINDOW);
    expect(after.state).toMatchObject({ badPasswordCount: 0, lockoutTime: 0n, badPasswordTime: at(2) });
    const unlocked = applyAttempt(failing(2), logon('right'), THREE, at(3)).state;
    expect(unlocked).toMatchObject({
      badPasswordCount: 0,
      lockoutTime: null,
      lastLogon: at(3),
      logonCount: 1,
    });
  });

  it('R10 an NTLM network logon leaves a stale count and writes no lastLogon', () => {
    const now = at(5) + WINDOW;
    const network = applyAttempt(failing(2), logon('right', 'ntlmNetwork'), THREE, now).state;
    expect(network).toMatchObject({ badPasswordCount: 2, lastLogon: 0n, logonCount: 0 });
    const interactive = applyAttempt(failing(2), logon('right', 'interactive'), THREE, now).state;
    expect(interactive).toMatchObject({ badPasswordCount: 0, lastLogon: now, logonCount: 1 });
  });

  it('R11 an admin unlock by lockoutTime always clears, by SAMR or the flag only when locked', () => {
    const counting = failing(2);
    for (const method of ['samr', 'userAccountControl'] as const) {
      expect(adminUnlock(counting, method, THREE, at(2))).toEqual({ state: counting, changed: false });
      expect(adminUnlock(failing(3), method, THREE, at(3)).state).toMatchObject({
        badPasswordCount: 0,
        lockoutTime: 0n,
        badPasswordTime: at(2),
      });
    }
    expect(adminUnlock(counting, 'lockoutTime', THREE, at(2)).state.badPasswordCount).toBe(0);
  });

  it('R12 an admin password reset neither unlocks nor clears', () => {
    const reset = adminPasswordReset(failing(3), at(5));
    expect(reset).toMatchObject({ badPasswordCount: 3, lockoutTime: at(2) });
  });

  it('R13 a wrong old password in a change counts, the previous one too, and a success clears nothing', () => {
    expect(applyAttempt(failing(1), change('wrong'), THREE, at(2)).state.badPasswordCount).toBe(2);
    expect(applyAttempt(failing(1), change({ old: 1 }), THREE, at(2)).state.badPasswordCount).toBe(2);
    expect(applyAttempt(failing(1), change('right'), THREE, at(2)).state.badPasswordCount).toBe(1);
  });

  it('R14 a logon with one of the two passwords before fails uncounted, older ones count', () => {
    const tries = [1, 2, 3].map((old) => applyAttempt(failing(1), logon({ old }), THREE, at(2)));
    expect(tries.map((t) => t.result)).toEqual(['wrongPassword', 'wrongPassword', 'wrongPassword']);
    expect(tries.map((t) => t.state.badPasswordCount)).toEqual([1, 1, 2]);
    const short: LockoutPolicy = { ...THREE, passwordHistoryLength: 2 };
    expect(applyAttempt(failing(1), logon({ old: 2 }), short, at(2)).state.badPasswordCount).toBe(2);
  });

  it('R14 NTLM still takes the previous password for an hour, in a domain only', () => {
    const domain: LockoutPolicy = { ...THREE, source: 'domain' };
    const changed = adminPasswordReset(newAccount(), at(0));
    const tryAt = (seconds: number, policy: LockoutPolicy) =>
      applyAttempt(changed, logon({ old: 1 }, 'ntlmNetwork'), policy, at(seconds)).result;
    expect(tryAt(3599, domain)).toBe('success');
    expect(tryAt(3600, domain)).toBe('wrongPassword');
    expect(tryAt(10, THREE)).toBe('wrongPassword');
  });

  it('R15 a disabled account counts wrong passwords, answers disabled to the right one, and locked comes first', () => {
    const disabled = { ...newAccount(), enabled: false };
    expect(failing(2, THREE, disabled).badPasswordCount).toBe(2);
    const right = applyAttempt(failing(2, THREE, disabled), logon('right'), THREE, at(3));
    expect(right.result).toBe('disabled');
    expect(right.state.badPasswordCount).toBe(2);
    expect(applyAttempt(failing(3, THREE, disabled), logon('right'), THREE, at(3)).result).toBe('lockedOut');
  });

  it('R16 a changed policy holds at the next evaluation, and raising the threshold does not unlock', () => {
    const state = failing(3);
    expect(isLocked(state, { ...THREE, threshold: 9 }, at(5))).toBe(true);
    expect(isLocked(state, { ...THREE, lockoutDuration: ticksFromSeconds(1) }, at(5))).toBe(false);
  });

  it('R7 R16 counts on from where it stands when the threshold was lowered beneath it', () => {
    const outcome = applyAttempt(failing(2), logon('wrong'), { ...THREE, threshold: 1 }, at(5));
    expect(outcome.state).toMatchObject({ badPasswordCount: 3, lockoutTime: at(5) });
  });

  it('R17 of parallel failures exactly the threshold is judged', () => {
    const { results, state } = concurrentFailures(newAccount(), logon('wrong'), 5, THREE, at(0));
    expect(results).toEqual(['wrongPassword', 'wrongPassword', 'wrongPassword', 'lockedOut', 'lockedOut']);
    expect(state.badPasswordCount).toBe(3);
  });

  it('R18 a trust account is never locked, and goes on counting', () => {
    const state = failing(9, THREE, newAccount('trust'));
    expect(isLocked(state, THREE, at(9))).toBe(false);
    expect(state.badPasswordCount).toBe(9);
  });

  it('R4 the built-in Administrator is not counted when exempt, and refused over the network only', () => {
    const exempt: LockoutPolicy = { ...THREE, lockoutAdmins: false };
    expect(failing(9, exempt, newAccount('builtinAdministrator')).badPasswordCount).toBe(0);
    const locked = failing(3, THREE, newAccount('builtinAdministrator'));
    expect(applyAttempt(locked, logon('right', 'ntlmNetwork'), THREE, at(9)).result).toBe('lockedOut');
    const console = applyAttempt(locked, logon('right', 'console'), THREE, at(9));
    expect(console.result).toBe('success');
    expect(console.state).toMatchObject({ badPasswordCount: 0, lockoutTime: 0n });
    expect(applyAttempt(locked, logon('wrong', 'console'), THREE, at(9)).state).toBe(locked);
  });

  it('R19 with threshold 0 nothing is counted and nothing locks', () => {
    const state = failing(50, { ...THREE, threshold: 0 });
    expect(state).toMatchObject({ badPasswordCount: 0, lockoutTime: null });
  });
});
