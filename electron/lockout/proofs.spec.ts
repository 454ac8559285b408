import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../shared/evidence';
import { decodeModel, encodeModel } from './codec';
import { applyAccountReadings, applyEvents } from './model';
import {
  at,
  event,
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
  unlockEvent,
} from './testing/events';
import type { AccountReading, InstanceModel } from './types';

const console4624 = {
  LogonType: '2',
  IpAddress: '127.0.0.1',
  ProcessName: 'C:\\Windows\\System32\\svchost.exe',
};
const proofsOf = (model: InstanceModel, key = 'alice') => recordOf(model, key).proofs;

const authoritySays = (
  seconds: number,
  locked: boolean,
  changes: Partial<AccountReading> = {},
): AccountReading => reading(seconds, { locked, badPasswordCount: locked ? 3 : 0, ...changes });

describe('where a password that proves something was entered (R27, R28)', () => {
  const nla = { LogonType: '3', LogonProcessName: 'NtLmSsp ', AuthenticationPackageName: 'NTLM' };
  const cases: readonly [string, Record<string, string>, string | null][] = [
    ['the sign-in screen', console4624, 'consoleSignIn'],
    ['the sign-in screen without an address', { ...console4624, IpAddress: '-' }, 'consoleSignIn'],
    [
      'an old system',
      {
        LogonType: '2',
        IpAddress: '-',
        LogonProcessName: 'Advapi  ',
        ProcessName: 'C:\\Windows\\System32\\winlogon.exe',
      },
      'consoleSignIn',
    ],
    ['unlocking the screen', { ...console4624, LogonType: '7' }, 'consoleSignIn'],
    [
      'a remote session taken up again',
      { ...console4624, LogonType: '7', IpAddress: '198.51.100.4' },
      'remoteDesktopSignIn',
    ],
    ['Remote Desktop', { LogonType: '10', IpAddress: '198.51.100.4' }, 'remoteDesktopSignIn'],
    ['Remote Desktop through a tunnel', { LogonType: '10', IpAddress: '127.0.0.1' }, 'remoteDesktopSignIn'],
    ['NLA, or a file share', nla, 'networkSignIn'],
    ['"run as" in a session that is there', { ...console4624, LogonProcessName: 'seclogo' }, null],
    ['a service that logs on interactively', { ...console4624, LogonProcessName: 'Advapi  ' }, null],
    ['a password typed to SSH', { LogonType: '8', LogonProcessName: 'Advapi  ', IpAddress: '-' }, null],
    ['the machine itself over its network', { ...nla, IpAddress: '127.0.0.1' }, null],
    ['a cached password', { ...console4624, LogonType: '11' }, null],
    ['the network logon before an SSH password', { ...nla, LogonProcessName: 'sshd' }, null],
  ];
  it.each(cases)('%s', (_name, data, kind) => {
    const model = fold([failure(1, 0), success(2, 5, data)]);
    const { consoleSignIn, remoteDesktopSignIn, networkSignIn } = proofsOf(model);
    const seen = Object.entries({ consoleSignIn, remoteDesktopSignIn, networkSignIn })
      .filter(([, proof]) => proof !== null)
      .map(([name]) => name);
    expect(seen).toEqual(kind === null ? [] : [kind]);
  });
});

describe('what shows how an account got well', () => {
  const reset = event(4724, 5, 25, {
    TargetUserName: 'alice',
    TargetSid: `${SID}-1001`,
    SubjectUserName: 'boss',
  });
  const story: readonly EventRecord[] = [
    lockEvent(1, 0),
    refusal(2, 10),
    success(3, 20, console4624),
    unlockEvent(4, 22),
    reset,
    success(6, 30),
    failure(7, 31),
  ];

  it('names the newest of each kind, who did it and from where', () => {
    expect(proofsOf(fold(story))).toEqual({
      consoleSignIn: { at: at(20), recordId: 3, address: '127.0.0.1', by: null },
      remoteDesktopSignIn: { at: at(30), recordId: 6, address: '10.1.2.3', by: null },
      networkSignIn: null,
      unlock: { at: at(22), recordId: 4, address: null, by: 'boss' },
      passwordReset: { at: at(25), recordId: 5, address: null, by: 'boss' },
      readUnlockedAt: 0n,
      lockSeenAt: at(10),
      failureAt: at(31),
      countedAt: at(31),
    });
  });

  it('outlives a flood that pushes everything else out of the trail', () => {
    const flood = Array.from({ length: 3000 }, (_, i) => refusal(100 + i, 100 + i / 10));
    const record = recordOf(fold([...story, ...flood]));
    expect(record.trail.every((row) => row.reason === 'lockedOut')).toBe(true);
    expect(record.proofs).toMatchObject({
      consoleSignIn: { at: at(20) },
      unlock: { at: at(22), by: 'boss' },
      lockSeenAt: at(399.9),
      countedAt: at(31),
    });
  });

  it('is the same in whatever order evidence comes (R29)', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...story], { minLength: story.length }), (events) => {
        expect(proofsOf(applyEvents(ready(), events))).toEqual(proofsOf(fold(story)));
      }),
    );
  });

  it('keeps the first of readings that say the same, so that reading again changes nothing', () => {
    let model = applyAccountReadings(fold([lockEvent(1, 0)]), [authoritySays(5, true)]);
    expect(proofsOf(model)).toMatchObject({ lockSeenAt: at(0), readUnlockedAt: 0n });
    for (const seconds of [10, 12, 14]) model = applyAccountReadings(model, [authoritySays(seconds, false)]);
    expect(proofsOf(model)).toMatchObject({ lockSeenAt: at(0), readUnlockedAt: at(10) });
    for (const seconds of [20, 22]) model = applyAccountReadings(model, [authoritySays(seconds, true)]);
    expect(proofsOf(model)).toMatchObject({ lockSeenAt: at(20), readUnlockedAt: at(10) });
    model = applyAccountReadings(model, [authoritySays(30, false)]);
    expect(proofsOf(model).readUnlockedAt).toBe(at(30));
  });

  it('believes no reading of another controller that an account is well (R20, R22)', () => {
    for (const origin of ['dc', 'rodc'] as const) {
      const model = applyAccountReadings(fold([lockEvent(1, 0)]), [authoritySays(5, false, { origin })]);
      expect(proofsOf(model).readUnlockedAt).toBe(0n);
    }
  });

  it('is taken from the rows of a model that was stored before it was kept', () => {
    const text = encodeModel(fold(story));
    const stored = JSON.parse(text);
    for (const [, record] of stored.accounts['#map']) delete record.proofs;
    for (const [, record] of stored.accounts['#map']) for (const row of record.trail) delete row.signIn;
    const decoded = decodeModel(JSON.stringify(stored));
    if (!decoded.ok) throw new Error(decoded.error);
    expect(proofsOf(decoded.value)).toMatchObject({
      consoleSignIn: null,
      unlock: { at: at(22), by: 'boss' },
      lockSeenAt: at(10),
    });
    expect(proofsOf(applyEvents(decoded.value, [success(50, 60, console4624)])).consoleSignIn?.at).toBe(
      at(60),
    );
  });
});

describe('an account that is renamed', () => {
  const locked = () => fold([failure(1, 0), failure(2, 1), failure(3, 2), lockEvent(4, 2)]);
  const anew = authoritySays(5, true, { name: 'Alicia' });

  it('goes on under its new name, known by its SID', () => {
    const model = applyAccountReadings(locked(), [anew]);
    expect([...model.accounts.keys()]).toEqual(['alicia']);
    expect(recordOf(model, 'alicia')).toMatchObject({
      ref: { name: 'Alicia', sid: `${SID}-1001` },
      failuresCounted: 3,
    });
    expect(statusAt(model, 10, 'alicia')).toMatchObject({ state: 'locked', lockedAt: at(2) });
  });

  it('takes with it what was seen under the new name before it was read', () => {
    const early = applyEvents(locked(), [
      unlockEvent(5, 3, { TargetUserName: 'Alicia' }),
      failure(6, 4, { TargetUserName: 'Alicia' }),
    ]);
    expect([...early.accounts.keys()].sort()).toEqual(['alice', 'alicia']);
    const model = applyAccountReadings(early, [
      authoritySays(5, false, { name: 'Alicia', badPasswordCount: 1 }),
    ]);
    expect([...model.accounts.keys()]).toEqual(['alicia']);
    expect(proofsOf(model, 'alicia')).toMatchObject({
      unlock: { at: at(3), by: 'boss' },
      lockSeenAt: at(2),
      countedAt: at(4),
    });
    expect(recordOf(model, 'alicia').failuresCounted).toBe(4);
    expect(statusAt(model, 6, 'alicia')).toMatchObject({ state: 'counting', badPasswordCount: 1 });
  });

  it('is not mixed up with one that got its old name', () => {
    const other = authoritySays(5, false, { sid: `${SID}-1002` });
    const model = applyAccountReadings(locked(), [anew, other]);
    expect([...model.accounts.keys()].sort()).toEqual(['alice', 'alicia']);
  });

  it('is left alone where no SID was read', () => {
    const model = applyAccountReadings(locked(), [{ ...anew, sid: null }]);
    expect([...model.accounts.keys()].sort()).toEqual(['alice', 'alicia']);
    expect(recordOf(model, 'alice').ref.domain ?? MACHINE).toBe(MACHINE);
  });
});
