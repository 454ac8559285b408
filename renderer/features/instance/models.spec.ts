import { describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors';
import type { Timeline } from '../../../shared/evidence-view';
import { guessesPerDay } from '../../../shared/trade-off';
import { summarise, timelineRows } from '../../components/timeline/timeline-figures';
import { shownStatus } from '../../status/shown-status';
import { accountView, instanceView, NOW, policyView, undecided } from '../../testing/fixtures';
import { accountOfStatus, hasFailed } from './account-model';
import { queryOf } from './evidence-model';
import { situationOf, tradeoffKey } from './situation-model';

const situation = (change: Parameters<typeof instanceView>[1]) => {
  const view = instanceView(1, change);
  return situationOf(view, shownStatus(view, NOW, 120, false));
};
const admin = accountView('Administrator', { status: 'locked', relockSeconds: 31 });
const attack = { ...undecided, kind: 'attack' as const };

describe('the situation', () => {
  it('names what is locked and says to keep an attacker out first', () => {
    const { headline, advice } = situation({ status: 'locked', accounts: [admin], verdict: attack });
    expect(headline).toEqual({ key: 'situation.locked', params: { count: 1, accounts: 'Administrator' } });
    expect(advice).toEqual({
      phrase: { key: 'situation.advice.attack.relock', params: {} },
      relockSeconds: 31,
    });
  });

  it('names where a stale credential is', () => {
    const account = accountView('svc', {
      status: 'counting',
      lastSource: { address: '10.0.0.9', workstation: 'APP-02', inferred: false },
    });
    const verdict = { ...undecided, kind: 'staleCredential' as const };
    const { advice } = situation({ status: 'counting', accounts: [account], verdict });
    expect(advice?.phrase.params).toEqual({ source: 'APP-02' });
  });

  it('never calls an unknown status clear', () => {
    const { headline, lastKnown, verdict } = situation({ checkedAtMs: NOW - 900_000, accounts: [admin] });
    expect(headline.key).toBe('situation.unknown');
    expect(lastKnown?.params).toEqual({ status: 'clear' });
    expect(verdict).toBeNull();
  });

  it('says what waits for the admin', () => {
    const stopped = (code: 'ssh.hostKeyChanged' | 'ssh.passwordRefused') =>
      situation({ status: 'unknown', connection: 'needsAdmin', failure: appError(code) }).advice?.phrase.key;
    expect(stopped('ssh.hostKeyChanged')).toBe('situation.advice.needsAdmin.hostKey');
    expect(stopped('ssh.passwordRefused')).toBe('situation.advice.needsAdmin.password');
  });

  it('does not call an instance calm that would not show its failures', () => {
    const doubt = { key: 'lockout.reason.failuresNotAudited', params: {} };
    const blind = situation({ doubts: [{ key: 'watch.doubt.clockMoved', params: {} }, doubt] });
    expect(blind).toMatchObject({ headline: { key: 'situation.clear.blind' }, doubt });
    expect(blind.advice?.phrase.key).toBe('situation.advice.auditing');
    expect(situation({ status: 'locked', accounts: [admin], doubts: [doubt] })).toMatchObject({ doubt });
  });

  it('tells a calm instance from one that never locks', () => {
    expect(situation({}).headline.key).toBe('situation.clear');
    const off = situation({ policy: policyView({ threshold: 0 }) });
    expect(off.headline.key).toBe('situation.clear.policyOff');
  });
});

describe('what a policy leaves a guesser', () => {
  it('is the better of waiting out locks and staying below the threshold', () => {
    expect(guessesPerDay(10, 600, 600)).toBe(1440);
    expect(guessesPerDay(10, 600, null)).toBe(1296);
    expect(guessesPerDay(1, 600, null)).toBe(0);
    expect(guessesPerDay(0, 600, 600)).toBeNull();
  });

  it.each([
    [0, 'never'],
    [3, 'low'],
    [10, 'middle'],
    [50, 'high'],
  ] as const)('is called by its name at %d', (threshold, name) => {
    expect(tradeoffKey(threshold)).toBe(`policy.tradeoff.${name}`);
  });
});

describe('accounts', () => {
  it('are no better known than their reading', () => {
    const reason = { key: 'status.reason.tooOld', params: {} };
    const shown = { status: 'unknown' as const, reason, checkedAtMs: NOW, lastKnown: 'locked' as const };
    expect(accountOfStatus(admin, shown)).toMatchObject({ status: 'unknown', reason });
    expect(accountOfStatus(admin, { ...shown, status: 'locked' })).toBe(admin);
  });

  it('that failed are those with anything to tell', () => {
    expect(hasFailed(accountView('a'))).toBe(false);
    expect(hasFailed(accountView('a', { failuresNotCounted: 1 }))).toBe(true);
    expect(hasFailed(accountView('a', { badPasswordCount: 1 }))).toBe(true);
  });
});

describe('the timeline', () => {
  const timeline: Timeline = {
    fromMs: NOW,
    toMs: NOW + 40_000,
    bucketMs: 10_000,
    counted: [0, 3, 1, 0],
    notCounted: [0, 0, 9, 0],
    marks: [
      { atMs: NOW + 25_000, kind: 'lock', account: 'a' },
      { atMs: NOW + 5000, kind: 'gap', account: null },
    ],
  };

  it('is summed up in figures', () => {
    expect(summarise(timeline)).toEqual({
      total: 13,
      counted: 4,
      locks: 1,
      unlocks: 0,
      gaps: 1,
      peak: { count: 10, atMs: NOW + 20_000 },
    });
    expect(summarise({ ...timeline, counted: [], notCounted: [], marks: [] }).peak).toBeNull();
  });

  it('is a table of what happened, newest first', () => {
    expect(timelineRows(timeline).map((row) => [row.kind, row.atMs - NOW])).toEqual([
      ['lock', 25_000],
      ['bucket', 20_000],
      ['bucket', 10_000],
      ['gap', 5000],
    ]);
  });
});

it('asks for evidence before the last row shown', () => {
  const filter = { kind: 'lock', account: null, text: '  ' } as const;
  expect(queryOf('id', { ...filter, kind: 'all' }, undefined).kinds).toBeNull();
  expect(queryOf('id', { ...filter, kind: 'telling' }, undefined).kinds).not.toContain('other');
  expect(queryOf('id', filter, undefined)).toMatchObject({ kinds: ['lock'], text: null, before: null });
});
