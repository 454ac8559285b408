import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../shared/evidence';
import {
  at,
  failure,
  fold,
  rdpHint,
  ready,
  recordOf,
  refusal,
  sshFailure,
  sshHint,
  success,
  THREE,
} from './testing/events';
import { type VerdictOptions, verdict } from './verdict';

const judge = (
  events: readonly EventRecord[],
  seconds: number,
  options: VerdictOptions = { ownAddresses: [] },
  key = 'alice',
) => {
  const model = fold(events, ready({ ...THREE, threshold: 100 }));
  const found = verdict(model, recordOf(model, key), options, at(seconds));
  return { ...found, keys: found.reasons.map((reason) => reason.key.replace('lockout.verdict.', '')) };
};
const many = (count: number, each: (i: number) => EventRecord) =>
  Array.from({ length: count }, (_, i) => each(i));

describe('the verdict', () => {
  it('calls many names from many internet addresses at machine pace an attack, for sure', () => {
    const events = many(60, (i) =>
      failure(i + 1, i, {
        IpAddress: `203.0.113.${i % 12}`,
        TargetUserName: ['alice', 'bob', 'carol', 'dave', 'eve'][i % 5] ?? '',
      }),
    );
    const found = judge(events, 61);
    expect([found.kind, found.confidence, found.evidenceIncomplete]).toEqual(['attack', 'high', false]);
    expect(found.keys).toEqual(['manyNames', 'manyAddresses', 'machinePace']);
  });

  it('says once that the sources are on the internet, and weighs many of them more', () => {
    const from = (addresses: number) =>
      judge(
        many(8, (i) => failure(i + 1, i * 40, { IpAddress: `203.0.113.${i % addresses}` })),
        330,
      );
    expect(from(8)).toMatchObject({
      kind: 'attack',
      reasons: [{ key: 'lockout.verdict.manyAddresses', params: { addresses: 8 } }],
    });
    expect(from(2)).toMatchObject({ kind: 'undetermined', keys: ['internetSource'] });
  });

  it('counts guesses at unknown names towards an attack', () => {
    const events = many(30, (i) =>
      i % 3 === 0
        ? failure(i + 1, i * 9, { IpAddress: '203.0.113.5' })
        : failure(i + 1, i * 9, {
            IpAddress: '203.0.113.5',
            TargetUserName: `guess${i}`,
            SubStatus: '0xC0000064',
          }),
    );
    expect(judge(events, 280).keys).toContain('manyNames');
  });

  it('is not sure of one internet address alone', () => {
    const found = judge(
      many(3, (i) => failure(i + 1, i * 40, { IpAddress: '203.0.113.5' })),
      130,
    );
    expect(found.kind).toBe('undetermined');
  });

  it('calls a long run of several guesses a second an attack, even from one private address', () => {
    const guesses = (count: number, seconds: number) =>
      judge(
        many(count, (i) => failure(i + 1, i * seconds)),
        count * seconds,
      );
    expect(guesses(50, 0.3)).toMatchObject({ kind: 'attack', confidence: 'medium', keys: ['machinePace'] });
    expect(guesses(50, 3)).toMatchObject({ kind: 'attack', confidence: 'low' });
    expect(guesses(9, 0.3)).toMatchObject({ kind: 'undetermined', keys: ['machinePace'] });
  });

  it('calls one private source with a steady period a stale credential', () => {
    const found = judge(
      many(8, (i) => failure(i + 1, i * 300 + (i % 2))),
      2200,
    );
    expect([found.kind, found.confidence, found.keys]).toEqual([
      'staleCredential',
      'medium',
      ['steadyPeriod', 'oneSource'],
    ]);
  });

  it('calls failing service logons a stale credential, for sure when steady', () => {
    const service = { LogonType: '5', IpAddress: '-', ProcessName: 'C:\\Windows\\System32\\services.exe' };
    const found = judge(
      many(6, (i) => failure(i + 1, i * 120, service)),
      700,
    );
    expect(found.kind).toBe('staleCredential');
    expect(found.keys).toEqual(['steadyPeriod', 'serviceLogon', 'oneSource']);
  });

  it('calls a few failures and then a success from there a typo', () => {
    const found = judge([failure(1, 0), failure(2, 6), success(3, 15)], 60);
    expect([found.kind, found.confidence, found.keys]).toEqual(['typo', 'high', ['fewThenSuccess']]);
  });

  it('does not call it a typo when the success came from somewhere else, or too late', () => {
    expect(judge([failure(1, 0), success(2, 9, { IpAddress: '10.9.9.9' })], 60).kind).toBe('undetermined');
    expect(judge([failure(1, 0), success(2, 900)], 1000).kind).toBe('undetermined');
  });

  it("knows the admin's own address, also where SSH named it", () => {
    const own = { ownAddresses: ['198.51.100.4'] };
    const direct = judge(
      many(9, (i) => failure(i + 1, i * 2, { IpAddress: '198.51.100.4' })),
      30,
      own,
    );
    expect([direct.kind, direct.confidence]).toEqual(['ownDoing', 'high']);
    const ssh = judge([sshFailure(1, 0), sshHint(1, 0.2, 'alice', '198.51.100.4')], 5, own);
    expect([ssh.kind, ssh.evidenceIncomplete]).toEqual(['ownDoing', true]);
    const mixed = judge(
      [failure(1, 0, { IpAddress: '198.51.100.4' }), failure(2, 1, { IpAddress: '203.0.113.5' })],
      5,
      own,
    );
    expect(mixed.kind).not.toBe('ownDoing');
  });

  it('says that the evidence is incomplete when addresses are missing or inferred, and is less sure', () => {
    const bare = judge(
      many(40, (i) => failure(i + 1, i, { IpAddress: '-' })),
      41,
    );
    expect(bare.evidenceIncomplete).toBe(true);
    expect(bare.confidence).toBe('low');
    expect(bare.incompleteReasons[0]).toMatchObject({
      key: 'lockout.verdict.incomplete.addressMissing',
      params: { missing: 40, failures: 40 },
    });
    const inferred = judge([failure(1, 0, { IpAddress: '-' }), rdpHint(1, 1, 140, '203.0.113.7')], 5);
    expect(inferred.incompleteReasons[0]?.key).toBe('lockout.verdict.incomplete.addressInferred');
  });

  it('says nothing of accounts that do not fail, or did so long ago', () => {
    expect(judge([success(1, 0)], 5)).toMatchObject({ kind: 'none', reasons: [] });
    expect(judge([failure(1, 0)], 90_000).kind).toBe('none');
  });

  it('sees the attack go on while the account is locked', () => {
    const events = many(60, (i) => refusal(i + 1, i, { IpAddress: `203.0.113.${i % 6}` }));
    expect(judge(events, 61)).toMatchObject({ kind: 'attack', confidence: 'high' });
  });
});
