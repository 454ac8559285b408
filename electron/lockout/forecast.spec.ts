import { describe, expect, it } from 'vitest';
import { ticksFromSeconds } from '../../shared/time';
import { forecast } from './forecast';
import {
  at,
  bareModel,
  failure,
  fold,
  lockEvent,
  ready,
  recordOf,
  refusal,
  SID,
  statusAt,
  success,
  THREE,
} from './testing/events';
import type { InstanceModel } from './types';

const TEN = { ...THREE, threshold: 10 };
const ahead = (model: InstanceModel, seconds: number, key = 'alice') =>
  forecast(model, recordOf(model, key), statusAt(model, seconds, key), at(seconds));
const every = (period: number, times: number, from = 1) =>
  Array.from({ length: times }, (_, i) => failure(from + i, i * period));
const keys = (of: { reasons: readonly { key: string }[] }) =>
  of.reasons.map((reason) => reason.key.replace('lockout.forecast.', ''));

describe('the forecast', () => {
  it('R30 says how many attempts are left and when the count resets', () => {
    const found = ahead(fold(every(5, 2), ready(TEN)), 10);
    expect(found).toMatchObject({ remaining: 8, countResetsAt: at(605) + 1n, locksAt: null, pace: null });
  });

  it('R30 foretells the lock at this pace', () => {
    const found = ahead(fold(every(3, 7), ready(TEN)), 19);
    expect(found).toMatchObject({ remaining: 3, locksAt: at(18 + 9), relockAfter: ticksFromSeconds(30) });
    expect(found.pace).toMatchObject({ meanInterval: ticksFromSeconds(3), alive: true });
  });

  it('R30 foretells nothing once the pace has stopped', () => {
    const found = ahead(fold(every(3, 7), ready(TEN)), 60);
    expect([found.locksAt, found.remaining, keys(found)]).toEqual([null, 3, ['stopped']]);
  });

  it('R30 leaves a long pause out of the pace', () => {
    const late = Array.from({ length: 5 }, (_, i) => failure(10 + i, 500 + i * 2));
    const found = ahead(fold([failure(1, 0), ...late], ready(TEN)), 509);
    expect(found.pace?.meanInterval).toBe(ticksFromSeconds(2));
  });

  it('R30 a steady period longer than the window never locks alone', () => {
    const found = ahead(fold(every(900, 6), ready(TEN)), 4501);
    expect(found).toMatchObject({ neverLocksAlone: true, locksAt: null, remaining: 9 });
    expect(found.pace?.steadyPeriod).toBe(ticksFromSeconds(900));
  });

  it('R23 R30 but bursts as large as the threshold do lock', () => {
    const bursts = Array.from({ length: 5 }, (_, i) =>
      [0, 1, 2].map((j) => failure(3 * i + j + 1, i * 900 + j)),
    ).flat();
    expect(ahead(fold(bursts, ready({ ...THREE, threshold: 4 })), 3605).neverLocksAlone).toBe(true);
    expect(ahead(fold(bursts, ready(THREE)), 3605).neverLocksAlone).toBe(false);
  });

  it('R9 R30 while locked it knows the unlock and the next lock', () => {
    const refused = Array.from({ length: 6 }, (_, i) => refusal(20 + i, 9 + 3 * i));
    const found = ahead(fold([...every(3, 3), lockEvent(10, 6), ...refused]), 25);
    expect(found).toMatchObject({
      remaining: 0,
      autoUnlockAt: at(606) + 1n,
      relockAfter: ticksFromSeconds(9),
      relocksAt: at(606) + 1n + ticksFromSeconds(9),
      locksAt: null,
    });
  });

  it('R4 R19 R30 remaining is infinite where nothing locks', () => {
    expect(ahead(fold(every(1, 5), ready({ ...THREE, threshold: 0 })), 5).remaining).toBe('infinite');
    const root = { TargetUserName: 'root' };
    const known = success(1, 0, { ...root, TargetUserSid: `${SID}-500` });
    const spared = fold([known, failure(2, 1, root)], ready({ ...THREE, lockoutAdmins: false }));
    expect(ahead(spared, 5, 'root').remaining).toBe('infinite');
  });

  it('R5 foretells nothing without a policy, or while the status is unknown', () => {
    expect(keys(ahead(fold(every(1, 5), bareModel()), 5))).toEqual(['noPolicy']);
    const generic = failure(1, 0, { SubStatus: '0x0' });
    expect(ahead(fold([generic]), 5)).toMatchObject({ remaining: null, locksAt: null });
  });
});
