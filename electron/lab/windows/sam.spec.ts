import { describe, expect, it } from 'vitest';
import { Sam, type SamPolicy } from './sam';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 0, 5, 9);
const POLICY: SamPolicy = { threshold: 3, windowMinutes: 10, durationMinutes: 15, lockoutAdmins: true };

function samWith(policy: Partial<SamPolicy> = {}) {
  const sam = new Sam({ ...POLICY, ...policy });
  sam.add('alice', 1001, 'right');
  sam.add('Administrator', 500, 'right');
  sam.add('leaver', 1002, 'right', true);
  const of = (name: string) => {
    const account = sam.find(name);
    if (!account) throw new Error(name);
    return account;
  };
  const fail = (name: string, now: number, times = 1) =>
    Array.from({ length: times }, () => sam.logon(name, 'wrong', 'network', now).answer);
  return { sam, of, fail };
}

describe('the practice SAM', () => {
  it('R6: the window slides from the last counted failure and its end is still inside', () => {
    const { sam, of, fail } = samWith();
    fail('alice', T0);
    fail('alice', T0 + 9 * MINUTE);
    expect(sam.effectiveCount(of('alice'), T0 + 19 * MINUTE)).toBe(2);
    expect(sam.effectiveCount(of('alice'), T0 + 19 * MINUTE + 1)).toBe(0);
    expect(of('alice').badPasswordCount).toBe(2);
    fail('alice', T0 + 19 * MINUTE + 1);
    expect(of('alice').badPasswordCount).toBe(1);
  });

  it('R7: the failure that reaches the threshold locks and is itself answered as a wrong password', () => {
    const { sam, of, fail } = samWith();
    expect(fail('alice', T0, 2)).toEqual(['wrongPassword', 'wrongPassword']);
    const third = sam.logon('ALICE', 'wrong', 'network', T0 + 5);
    expect(third).toMatchObject({ answer: 'wrongPassword', locksNow: true });
    expect(of('alice').lockoutTime).toBe(T0 + 5);
  });

  it('R8: while locked, right and wrong are refused and nothing changes', () => {
    const { sam, of, fail } = samWith();
    fail('alice', T0, 3);
    const before = { ...of('alice') };
    expect(fail('alice', T0 + MINUTE, 5)).toEqual(Array(5).fill('lockedOut'));
    expect(sam.logon('alice', 'right', 'interactive', T0 + 2 * MINUTE).answer).toBe('lockedOut');
    expect(of('alice')).toEqual(before);
  });

  it('R9: the lock ends by itself after the duration, boundary included, and writes nothing', () => {
    const { sam, of, fail } = samWith();
    fail('alice', T0, 3);
    expect(sam.unlocksAt(of('alice'), T0)).toBe(T0 + 15 * MINUTE);
    expect(sam.isLocked(of('alice'), T0 + 15 * MINUTE)).toBe(true);
    expect(sam.isLocked(of('alice'), T0 + 15 * MINUTE + 1)).toBe(false);
    expect(of('alice').lockoutTime).toBe(T0);
  });

  it('R9: a duration of 0 lasts until an admin unlocks', () => {
    const { sam, of, fail } = samWith({ durationMinutes: 0 });
    fail('alice', T0, 3);
    expect(sam.isLocked(of('alice'), T0 + 400 * 24 * 60 * MINUTE)).toBe(true);
    expect(sam.unlocksAt(of('alice'), T0)).toBeNull();
  });

  it('R10: a success clears the count and an expired lock; a network success leaves a stale count', () => {
    const { sam, of, fail } = samWith();
    fail('alice', T0, 2);
    sam.logon('alice', 'right', 'network', T0 + MINUTE);
    expect(of('alice')).toMatchObject({ badPasswordCount: 0, badPasswordTime: T0 });
    fail('alice', T0 + 2 * MINUTE, 2);
    sam.logon('alice', 'right', 'network', T0 + 60 * MINUTE);
    expect(of('alice').badPasswordCount).toBe(2);
    sam.logon('alice', 'right', 'interactive', T0 + 61 * MINUTE);
    expect(of('alice').badPasswordCount).toBe(0);
    fail('alice', T0 + 70 * MINUTE, 3);
    sam.logon('alice', 'right', 'network', T0 + 90 * MINUTE);
    expect(of('alice')).toMatchObject({ badPasswordCount: 0, lockoutTime: null });
  });

  it('R11: an admin unlock clears lock and count and keeps the time of the last failure', () => {
    const { sam, of, fail } = samWith();
    fail('alice', T0, 3);
    expect(sam.unlock('alice', T0 + MINUTE)).toBe(true);
    expect(of('alice')).toMatchObject({ badPasswordCount: 0, lockoutTime: null, badPasswordTime: T0 });
    expect(sam.unlock('alice', T0 + MINUTE)).toBe(false);
  });

  it("R12: an admin's password reset neither unlocks nor clears", () => {
    const { sam, of, fail } = samWith();
    fail('alice', T0, 3);
    const { password: _, ...before } = of('alice');
    expect(sam.resetPassword('alice', 'new')).toBe(true);
    expect(of('alice')).toMatchObject(before);
    expect(sam.logon('alice', 'new', 'network', T0 + MINUTE).answer).toBe('lockedOut');
  });

  it('R15: wrong passwords of a disabled account count; the right one says disabled; locked outranks it', () => {
    const { sam, of, fail } = samWith();
    fail('leaver', T0, 2);
    expect(sam.logon('leaver', 'right', 'network', T0).answer).toBe('disabled');
    expect(of('leaver').badPasswordCount).toBe(2);
    fail('leaver', T0);
    expect(sam.logon('leaver', 'right', 'network', T0).answer).toBe('lockedOut');
  });

  it('R4: the built-in Administrator locks only when the policy says so, and only for network logons', () => {
    const exempt = samWith({ lockoutAdmins: false });
    expect(exempt.fail('Administrator', T0, 20)).toEqual(Array(20).fill('wrongPassword'));
    expect(exempt.of('Administrator').badPasswordCount).toBe(0);
    const { sam, fail } = samWith();
    fail('Administrator', T0, 3);
    expect(sam.logon('Administrator', 'right', 'network', T0).answer).toBe('lockedOut');
    expect(sam.logon('Administrator', 'right', 'interactive', T0).answer).toBe('success');
  });

  it('R16: a change of policy applies at the next look, to an existing lock as well', () => {
    const { sam, of, fail } = samWith();
    fail('alice', T0, 3);
    sam.policy = { ...POLICY, durationMinutes: 1 };
    expect(sam.isLocked(of('alice'), T0 + 2 * MINUTE)).toBe(false);
    sam.policy = { ...POLICY, threshold: 50, durationMinutes: 15 };
    expect(sam.isLocked(of('alice'), T0 + 2 * MINUTE)).toBe(true);
  });

  it('R17: of threshold + 1 failures exactly the threshold are answered as wrong passwords', () => {
    const { fail } = samWith();
    expect(fail('alice', T0, 4)).toEqual(['wrongPassword', 'wrongPassword', 'wrongPassword', 'lockedOut']);
  });

  it('R19: with threshold 0 nothing counts and nothing locks', () => {
    const { of, fail } = samWith({ threshold: 0 });
    expect(fail('alice', T0, 30)).toEqual(Array(30).fill('wrongPassword'));
    expect(of('alice').badPasswordCount).toBe(0);
  });

  it('knows no account that is not there', () => {
    expect(samWith().sam.logon('nobody', 'x', 'network', T0)).toEqual({
      answer: 'noSuchUser',
      account: null,
      locksNow: false,
    });
  });
});
