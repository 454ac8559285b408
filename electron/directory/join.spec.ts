import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../shared/evidence';
import type { LockoutPolicy } from '../../shared/policy';
import { filetimeFromMs, TICKS_PER_MINUTE, TICKS_PER_MS, ticksFromSeconds } from '../../shared/time';
import {
  type AccountReading,
  applyAccountReadings,
  applyClockOffset,
  applyEvents,
  applyPolicy,
  emptyModel,
  type InstanceModel,
  instanceStatus,
  instanceTime,
} from '../lockout';
import { DetailCache } from '../watch/account-details';
import type { DomainReading, DomainReadings } from '../watch/directory-protocol';
import { evaluate } from '../watch/instance-view';
import { type DomainTruth, joinTruth, wantedOf, withoutCovered } from './join';

const NOW_MS = Date.UTC(2026, 0, 5, 12);
const SID = 'S-1-5-21-1-2-3-1105';
const LAB = { netbiosName: 'LAB', dnsDomain: 'lab.test', sid: 'S-1-5-21-1-2-3' };
const OTHER = { netbiosName: 'OTHER', dnsDomain: 'other.test', sid: 'S-1-5-21-4-5-6' };

const POLICY: LockoutPolicy = {
  threshold: 3,
  observationWindow: 30n * TICKS_PER_MINUTE,
  lockoutDuration: 30n * TICKS_PER_MINUTE,
  lockoutAdmins: false,
  source: 'domain',
};

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
  policy: POLICY,
  ...change,
});
const truthOf = (one: DomainReading, change: Partial<DomainReadings> = {}): DomainTruth =>
  new Map([['d', { id: 'd', domain: LAB, clockOffsetMs: 0, readings: [one], ...change }]]);

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
    const other = truthOf(reading({ locked: true }), { domain: OTHER });
    expect(statusOf(joinTruth(seen(), other))).toMatchObject({ state: 'unknown' });
  });
});

describe('an account as another domain controller has it (R20, R21)', () => {
  const at = (beforeMs: number) => filetimeFromMs(NOW_MS - beforeMs);
  /** What the controller itself says, so long before now. */
  const controller = (beforeMs: number, change: Partial<AccountReading>): InstanceModel =>
    applyAccountReadings(emptyModel('domainController', 'DC-2'), [
      {
        name: 'mary',
        domain: null,
        sid: SID,
        at: at(beforeMs),
        origin: 'dc',
        enabled: true,
        locked: false,
        badPasswordCount: 0,
        badPasswordTime: 0n,
        lockoutTime: 0n,
        policy: null,
        ...change,
      },
    ]);
  const lock = (beforeMs: number) => ({ locked: true, lockoutTime: at(beforeMs) });
  const stateAt = (model: InstanceModel, truth: DomainReading) =>
    statusOf(joinTruth(model, truthOf(truth)))?.state;

  it('is locked when the PDC emulator says so, although the lock has not arrived', () => {
    const truth = reading({ ...lock(20_000), atMs: NOW_MS - 5000, badPasswordCount: 3 });
    expect(stateAt(controller(1000, {}), truth)).toBe('locked');
    expect(stateAt(controller(10_000, {}), truth)).toBe('locked');
  });

  it('is clear when the PDC emulator says so, although an older lock is still there', () => {
    const truth = reading({ atMs: NOW_MS - 5000 });
    expect(stateAt(controller(1000, lock(60_000)), truth)).toBe('clear');
    expect(stateAt(controller(10_000, lock(60_000)), truth)).toBe('clear');
  });

  it('is locked when the lock began after the PDC emulator was read', () => {
    expect(stateAt(controller(1000, lock(2000)), reading({ atMs: NOW_MS - 5000 }))).toBe('locked');
  });

  it('stays as the controller has it where no directory speaks for its domain', () => {
    const other = truthOf(reading(), { domain: OTHER });
    expect(statusOf(joinTruth(controller(1000, lock(60_000)), other))?.state).toBe('locked');
  });

  /** The instance as the rest of the app sees it. */
  const viewOf = (model: InstanceModel) =>
    evaluate({
      model,
      report: {
        id: 'dc-2',
        connection: 'following',
        failure: null,
        nextAttemptAtMs: null,
        catchUpProgress: null,
        checkedAtMs: NOW_MS,
        computer: 'DC-2',
        system: null,
        clockOffsetMs: 0,
        clientAddress: null,
        eventsStored: 0,
        brokenRecords: 0,
        doubts: [],
        question: null,
      },
      nowMs: NOW_MS,
      staleAfterSeconds: 120,
      staleBeforeMs: 0,
      ownAddresses: [],
      details: new DetailCache(),
    }).view;

  it('is asked for by its SID', () => {
    const view = viewOf(controller(1000, lock(60_000)));
    expect(wantedOf([view], [LAB])).toEqual([{ domain: 'LAB', name: 'mary', sid: SID }]);
    expect(wantedOf([view], [OTHER])).toEqual([]);
  });

  it('is not asked for while nobody has tried it', () => {
    const known = applyPolicy(controller(1000, {}), { policy: POLICY, warnings: [] }, at(1000));
    const view = viewOf(joinTruth(known, truthOf(reading())));
    expect(view.accounts).toMatchObject([{ name: 'mary', status: 'clear' }]);
    expect(wantedOf([view], [LAB])).toEqual([]);
  });

  it('is told of once, by its directory', () => {
    const views = [viewOf(controller(1000, lock(60_000)))];
    expect(withoutCovered(views, truthOf(reading()), new Set())[0]?.accounts).toEqual([]);
    expect(withoutCovered(views, truthOf(reading(), { domain: OTHER }), new Set())).toEqual(views);
    expect(withoutCovered(views, truthOf(reading()), new Set(['other']))[0]?.accounts).toEqual([]);
  });

  it('is told of by the controller while its directory knows nothing', () => {
    const views = [viewOf(controller(1000, lock(60_000)))];
    expect(withoutCovered(views, truthOf(reading()), new Set(['d']))).toEqual(views);
    const atMember = [viewOf(joinTruth(seen(), truthOf(reading(lock(20_000)))))];
    expect(atMember[0]?.accounts).toMatchObject([{ authority: 'elsewhere', status: 'locked' }]);
    expect(withoutCovered(atMember, truthOf(reading()), new Set(['d']))[0]?.accounts).toEqual([]);
  });
});
