import { describe, expect, it } from 'vitest';
import type { LockoutPolicy } from '../../shared/policy';
import { ticksFromSeconds } from '../../shared/time';
import {
  applyAccountReadings,
  applyAuditing,
  applyClockOffset,
  applyGap,
  emptyModel,
  instanceTime,
  ourTime,
} from './model';
import { accountStatus, instanceStatus } from './status';
import {
  AUDITED,
  at,
  cleared,
  failure,
  fold,
  lockEvent,
  MACHINE,
  reading,
  ready,
  recordOf,
  refusal,
  SID,
  statusAt,
  success,
  THREE,
  unlockEvent,
} from './testing/events';
import type { GapReason, InstanceModel } from './types';

const LOCKED = [failure(1, 0), failure(2, 1), failure(3, 2), lockEvent(4, 2)];
const FOREVER: LockoutPolicy = { ...THREE, lockoutDuration: 'untilAdmin' };
const keys = (reasons: readonly { key: string }[]) =>
  reasons.map((reason) => reason.key.replace('lockout.reason.', ''));
const gap = (model: InstanceModel, seconds: number, reason: GapReason = 'recordsMissing') =>
  applyGap(model, { at: at(seconds), reason, channel: 'Security' });
const whole = (model: InstanceModel, seconds: number) =>
  instanceStatus(model, { checkedAt: at(seconds), maxAge: ticksFromSeconds(30) }, at(seconds));

describe('the status of an account', () => {
  it('R6 counts until the window is over, and says when that is', () => {
    const model = fold([failure(1, 0), failure(2, 1)]);
    const status = statusAt(model, 30);
    expect(status).toMatchObject({
      state: 'counting',
      badPasswordCount: 2,
      threshold: 3,
      countBound: 'atMost',
    });
    expect(statusAt(model, 601)).toMatchObject({ state: 'counting' });
    expect(statusAt(model, 601.0000001)).toMatchObject({ state: 'clear', badPasswordCount: 0 });
  });

  it('R9 is locked until the duration is over, and knows the first unlocked instant', () => {
    const model = fold(LOCKED);
    expect(statusAt(model, 30)).toMatchObject({
      state: 'locked',
      certain: true,
      lockedAt: at(2),
      lockedAtExact: true,
      autoUnlockAt: at(602) + 1n,
      badPasswordCount: 3,
      countBound: 'exact',
    });
    expect(statusAt(model, 602).state).toBe('locked');
    expect(statusAt(model, 602.0000001).state).toBe('clear');
  });

  it('R9 time alone never unlocks a lock that only an admin lifts', () => {
    const model = fold(LOCKED, ready(FOREVER));
    expect(statusAt(model, 1e8)).toMatchObject({ state: 'locked', autoUnlockAt: 'untilAdmin' });
    expect(statusAt(fold([unlockEvent(5, 90)], model), 100).state).toBe('clear');
  });

  it('R8 takes a refusal as proof, with the latest possible beginning', () => {
    expect(statusAt(fold([refusal(1, 0)]), 5)).toMatchObject({
      state: 'locked',
      lockedAtExact: false,
      autoUnlockAt: at(600) + 1n,
    });
  });

  it('R5 without a policy is unknown, unless a lock is proven', () => {
    const bare = emptyModel('standalone', MACHINE);
    expect(statusAt(fold([failure(1, 0)], bare), 5)).toMatchObject({
      state: 'unknown',
      badPasswordCount: null,
    });
    const locked = statusAt(fold([lockEvent(1, 0)], bare), 5);
    expect(locked).toMatchObject({ state: 'locked', certain: false, autoUnlockAt: null });
    expect(keys(locked.reasons)).toEqual(['lockEvent', 'noPolicy']);
  });

  it('is never clear when stale, and turns unknown by itself', () => {
    const model = fold([success(1, 0)]);
    const freshness = { checkedAt: at(10), maxAge: ticksFromSeconds(30) };
    const fresh = accountStatus(model, recordOf(model), freshness, at(20));
    expect([fresh.state, fresh.nextChangeAt]).toEqual(['clear', at(40) + 1n]);
    const stale = accountStatus(model, recordOf(model), freshness, at(40) + 1n);
    expect([stale.state, stale.lastKnown, keys(stale.reasons)[0]]).toEqual(['unknown', 'clear', 'stale']);
    const never = accountStatus(model, recordOf(model), { ...freshness, checkedAt: null }, at(20));
    expect([never.state, keys(never.reasons)[0]]).toEqual(['unknown', 'neverChecked']);
    const lock = fold(LOCKED);
    expect(accountStatus(lock, recordOf(lock), freshness, at(60))).toMatchObject({
      state: 'unknown',
      lastKnown: 'locked',
    });
  });

  it('R29 a gap makes silence unknown until what it may hide is over', () => {
    const model = gap(fold([success(1, 0)]), 60);
    const status = statusAt(model, 70);
    expect([status.state, status.lastKnown, keys(status.reasons)]).toEqual([
      'unknown',
      'clear',
      ['gap.recordsMissing'],
    ]);
    expect(statusAt(model, 660).state).toBe('unknown');
    expect(statusAt(model, 660.0000001).state).toBe('clear');
    expect(statusAt(gap(fold([success(1, 0)], ready(FOREVER)), 60), 1e7).state).toBe('unknown');
  });

  it('R29 a failure after a gap shows that it is not locked, but the count may be higher', () => {
    const status = statusAt(fold([failure(9, 90)], gap(fold([failure(1, 0)]), 60)), 100);
    expect(status).toMatchObject({ state: 'counting', countBound: 'atLeast', certain: false });
  });

  it('R29 a cleared log (1102) casts doubt on a lock, a reading lifts it', () => {
    const model = fold([...LOCKED, cleared(5, 60)]);
    expect(statusAt(model, 70)).toMatchObject({ state: 'locked', certain: false });
    const read = applyAccountReadings(model, [reading(80, { locked: true, badPasswordCount: 3 })]);
    expect(statusAt(read, 85)).toMatchObject({ state: 'locked', certain: true });
    expect(statusAt(applyAccountReadings(model, [reading(80)]), 85)).toMatchObject({
      state: 'clear',
      certain: true,
    });
  });

  it('R29 with auditing off only a fresh reading makes clear', () => {
    const off = applyAuditing(fold([success(1, 0)]), { ...AUDITED, logonFailure: false }, at(1));
    expect(keys(statusAt(off, 60).reasons)).toEqual(['failuresNotAudited']);
    expect(statusAt(off, 60).state).toBe('unknown');
    const read = applyAccountReadings(off, [reading(50)]);
    const freshness = { checkedAt: at(60), maxAge: ticksFromSeconds(30) };
    expect(accountStatus(read, recordOf(read), freshness, at(60))).toMatchObject({
      state: 'clear',
      nextChangeAt: at(80) + 1n,
    });
    expect(statusAt(read, 81).state).toBe('unknown');
  });

  it('R29 with auditing off says so even beside a fresh reading, and knows no count without one', () => {
    const off = applyAuditing(ready(), { ...AUDITED, logonFailure: false }, at(1));
    const read = applyAccountReadings(off, [reading(50, { badPasswordCount: 2 }), reading(50)]);
    const fresh = { checkedAt: at(60), maxAge: ticksFromSeconds(30) };
    expect(accountStatus(read, recordOf(read), fresh, at(60))).toMatchObject({
      certain: false,
      countBound: 'atLeast',
    });
    const instance = instanceStatus(read, fresh, at(60));
    expect(instance.state).not.toBe('unknown');
    expect(keys(instance.reasons)).toEqual(['failuresNotAudited']);
    expect(statusAt(read, 90)).toMatchObject({
      state: 'unknown',
      badPasswordCount: null,
      countBound: 'unknown',
    });
  });

  it('R14 calls a count from events an upper bound, and one from a reading exact', () => {
    const read = applyAccountReadings(ready(), [reading(0, { badPasswordCount: 2 })]);
    expect(statusAt(read, 5)).toMatchObject({ state: 'counting', badPasswordCount: 2, countBound: 'exact' });
    expect(statusAt(fold([failure(1, 8)], read), 9)).toMatchObject({ countBound: 'atMost' });
  });

  it('R7 says what the threshold without a 4740 means', () => {
    const events = [failure(1, 0), failure(2, 1), failure(3, 2)];
    expect(statusAt(fold(events), 5)).toMatchObject({
      state: 'counting',
      badPasswordCount: 3,
      certain: false,
    });
    const blind = applyAuditing(ready(), { ...AUDITED, userAccountManagementSuccess: null }, at(0));
    expect(keys(statusAt(fold(events, blind), 5).reasons)).toEqual(['probablyLocked']);
    // R8: had it locked, the next password would not have been judged.
    const judged = statusAt(fold([...events, failure(4, 3)], blind), 5);
    expect(judged).toMatchObject({ state: 'counting', badPasswordCount: 3, certain: false });
    expect(keys(judged.reasons)).toContain('thresholdReachedWithoutLock');
  });

  it('R24 a failure with only a generic code leaves the count open', () => {
    const generic = failure(1, 0, { SubStatus: '0x0' });
    expect(statusAt(fold([generic]), 5)).toMatchObject({ state: 'unknown', lastKnown: 'clear' });
    expect(statusAt(fold([generic, failure(2, 1)]), 5)).toMatchObject({
      state: 'counting',
      countBound: 'atLeast',
    });
    expect(statusAt(fold([generic]), 601).state).toBe('clear');
  });

  it('R4 R19 is clear where nothing can lock it', () => {
    const never = statusAt(fold([failure(1, 0)], ready({ ...THREE, threshold: 0 })), 5);
    expect([never.state, keys(never.reasons)]).toEqual(['clear', ['neverLocks']]);
    const root = { TargetUserName: 'root' };
    const known = success(1, 0, { ...root, TargetUserSid: `${SID}-500` });
    const spared = fold([known, failure(2, 1, root)], ready({ ...THREE, lockoutAdmins: false }));
    expect(keys(statusAt(spared, 5, 'root').reasons)).toEqual(['administratorExempt']);
  });

  it('R4 a locked built-in Administrator is refused over the network only', () => {
    const locked = fold([lockEvent(1, 0, { TargetUserName: 'root', TargetSid: `${SID}-500` })]);
    expect(statusAt(locked, 5, 'root')).toMatchObject({ state: 'locked', networkOnly: true });
    expect(statusAt(fold(LOCKED), 5).networkOnly).toBe(false);
  });

  it('R26 a domain account seen from a member is unknown, with the count as an indication', () => {
    const member = fold([failure(1, 0, { TargetDomainName: 'CORP' })], ready(THREE, 'member'));
    const status = statusAt(member, 5, 'corp\\alice');
    expect([status.state, status.lastKnown, keys(status.reasons)]).toEqual([
      'unknown',
      'counting',
      ['authorityElsewhere'],
    ]);
  });

  it('R30 names the next instant at which the answer changes', () => {
    const model = fold(LOCKED);
    const freshness = { checkedAt: at(30), maxAge: ticksFromSeconds(10_000) };
    const status = accountStatus(model, recordOf(model), freshness, at(30));
    expect(status.nextChangeAt).toBe(at(602) + 1n);
  });
});

describe('the status of an instance', () => {
  it('is its worst account, worst first', () => {
    const bob = failure(9, 3, { TargetUserName: 'bob' });
    const status = whole(fold([...LOCKED, bob, success(10, 4, { TargetUserName: 'carol' })]), 30);
    expect([status.state, status.locked, status.counting]).toEqual(['locked', 1, 1]);
    expect(status.accounts.map((account) => account.state)).toEqual(['locked', 'counting', 'clear']);
  });

  it('is clear only when silence means something', () => {
    expect(whole(ready(), 30).state).toBe('clear');
    expect(whole(emptyModel('standalone', MACHINE), 30).state).toBe('unknown');
    expect(whole(applyAuditing(ready(), { ...AUDITED, logonFailure: false }, at(0)), 30).state).toBe(
      'unknown',
    );
    expect(keys(whole(gap(ready(), 10, 'beforeFirstRecord'), 30).reasons)).toEqual(['gap.beforeFirstRecord']);
    expect(whole(gap(ready(), 10, 'beforeFirstRecord'), 611).state).toBe('clear');
    expect(whole(ready({ ...THREE, threshold: 0 }), 30).state).toBe('clear');
  });

  it('is unknown when stale, whatever its accounts were', () => {
    const status = instanceStatus(fold(LOCKED), { checkedAt: at(30), maxAge: 1n }, at(60));
    expect([status.state, status.stale]).toEqual(['unknown', true]);
  });

  it('R26 is not dragged down by accounts that are judged elsewhere', () => {
    const member = fold([failure(1, 0, { TargetDomainName: 'CORP' })], ready(THREE, 'member'));
    expect(whole(member, 30).state).toBe('clear');
  });

  it('keeps the instance clock apart from ours', () => {
    const model = applyClockOffset(ready(), ticksFromSeconds(-600));
    expect(instanceTime(model, at(700))).toBe(at(100));
    expect(ourTime(model, at(100))).toBe(at(700));
  });
});
