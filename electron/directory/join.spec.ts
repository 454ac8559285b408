import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../shared/evidence';
import { filetimeFromMs, TICKS_PER_MINUTE, TICKS_PER_MS, ticksFromSeconds } from '../../shared/time';
import {
  applyClockOffset,
  applyEvents,
  emptyModel,
  type InstanceModel,
  instanceStatus,
  instanceTime,
} from '../lockout';
import type { DomainReading, DomainReadings } from '../watch/directory-protocol';
import { covers, type DomainTruth, joinTruth } from './join';

const NOW_MS = Date.UTC(2026, 0, 5, 12);
const SID = 'S-1-5-21-1-2-3-1105';

const failure = (recordId: number, atMs: number): EventRecord => ({
  channel: 'Security',
  computer: 'WEB-1',
  provider: 'Microsoft-Windows-Security-Auditing',
  eventId: 4625,
  recordId,
  time: filetimeFromMs(atMs),
  keywords: 0x8010000000000000n,
  task: 12544,
  data: {
    TargetUserName: 'mary',
    TargetDomainName: 'LAB',
    TargetUserSid: 'S-1-0-0',
    Status: '0xc000006d',
    SubStatus: '0xc000006a',
    LogonType: '3',
    IpAddress: '203.0.113.9',
  },
});

const reading = (change: Partial<DomainReading> = {}): DomainReading => ({
  name: 'mary',
  sid: SID,
  atMs: NOW_MS - 1000,
  enabled: true,
  locked: false,
  badPasswordCount: 0,
  badPasswordTime: 0n,
  lockoutTime: 0n,
  policy: {
    threshold: 3,
    observationWindow: 30n * TICKS_PER_MINUTE,
    lockoutDuration: 30n * TICKS_PER_MINUTE,
    lockoutAdmins: false,
    source: 'domain',
  },
  ...change,
});
const truthOf = (one: DomainReading, change: Partial<DomainReadings> = {}): DomainTruth =>
  new Map([
    [
      'd',
      { id: 'd', netbiosName: 'LAB', dnsDomain: 'lab.test', clockOffsetMs: 0, readings: [one], ...change },
    ],
  ]);

const seen = (offsetMs = 0): InstanceModel => {
  const model = applyClockOffset(emptyModel('member', 'WEB-1'), BigInt(offsetMs) * TICKS_PER_MS);
  return applyEvents(model, [failure(1, NOW_MS - 30_000 + offsetMs), failure(2, NOW_MS - 20_000 + offsetMs)]);
};
const statusOf = (model: InstanceModel) => {
  const now = instanceTime(model, filetimeFromMs(NOW_MS));
  const [account] = instanceStatus(model, { checkedAt: now, maxAge: ticksFromSeconds(120) }, now).accounts;
  return account;
};

describe('one account, one truth (R26, R29)', () => {
  it('is unknown where only a member has seen its failures', () => {
    expect(statusOf(seen())).toMatchObject({ state: 'unknown' });
    expect(joinTruth(seen(), new Map())).toEqual(seen());
  });

  it('has the state that the PDC emulator gives it', () => {
    const at = filetimeFromMs(NOW_MS - 20_000);
    const locked = reading({ locked: true, badPasswordCount: 3, badPasswordTime: at, lockoutTime: at });
    expect(statusOf(joinTruth(seen(), truthOf(locked)))).toMatchObject({
      state: 'locked',
      lockedAt: at,
      threshold: 3,
    });
    const counting = reading({ badPasswordCount: 2, badPasswordTime: at });
    expect(statusOf(joinTruth(seen(), truthOf(counting)))).toMatchObject({
      state: 'counting',
      badPasswordCount: 2,
    });
    expect(statusOf(joinTruth(seen(), truthOf(reading())))).toMatchObject({
      state: 'clear',
      badPasswordCount: 0,
    });
  });

  it('is put on the instance’s clock, whatever the three clocks say', () => {
    const [instanceAheadMs, controllerBehindMs] = [3_600_000, -7_200_000];
    const onController = filetimeFromMs(NOW_MS - 20_000 + controllerBehindMs);
    const locked = reading({
      locked: true,
      badPasswordCount: 3,
      badPasswordTime: onController,
      lockoutTime: onController,
    });
    const joined = joinTruth(seen(instanceAheadMs), truthOf(locked, { clockOffsetMs: controllerBehindMs }));
    expect(statusOf(joined)).toMatchObject({
      state: 'locked',
      lockedAt: filetimeFromMs(NOW_MS - 20_000 + instanceAheadMs),
    });
  });

  it('is another account in another domain', () => {
    const other = truthOf(reading({ locked: true }), { netbiosName: 'OTHER', dnsDomain: 'other.test' });
    expect(statusOf(joinTruth(seen(), other))).toMatchObject({ state: 'unknown' });
    expect(covers(other, 'LAB')).toBe(false);
    expect(covers(truthOf(reading()), 'lab')).toBe(true);
    expect(covers(truthOf(reading()), 'LAB.TEST')).toBe(true);
    expect(covers(truthOf(reading()), null)).toBe(false);
  });
});
