import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountView, InstanceView } from '../../../shared/account-status';
import { sampleAccount } from '../../desktop/testing/sample-view';
import { attacked, INSTANCE, locked, MINUTE, NOW, verdictOf, viewOf } from '../testing/sample-view';
import { JOIN_MS, REOPEN_MS } from './limits';
import { focusOf, stepIncidents } from './step';
import type { Change, IncidentCore } from './types';

/** An instance's incidents over time. */
function estate() {
  let cores: readonly IncidentCore[] = [];
  let ids = 0;
  const changes: Change[] = [];
  return {
    see(accounts: readonly AccountView[], nowMs = NOW, change: Partial<InstanceView> = {}) {
      const newId = (): string => `incident-${++ids}`;
      const step = stepIncidents(cores, viewOf(accounts, nowMs, change), nowMs, newId);
      const changed = new Map(step.changed.map((core) => [core.id, core]));
      cores = [...cores.filter(({ id }) => !changed.has(id)), ...changed.values()];
      changes.push(...step.changes);
      return step;
    },
    close(closedAtMs: number) {
      cores = cores.map((core) => ({ ...core, state: 'closed', closedAtMs, closedBy: 'proof' }));
    },
    open: () => cores.filter(({ state }) => state === 'open'),
    all: () => cores,
    kinds: () => changes.map(({ kind }) => kind),
    changes,
  };
}

const names = (core: IncidentCore | undefined): string[] =>
  (core?.accounts ?? []).map(({ name }) => name).sort();

describe('an incident opens', () => {
  it('when an account is locked', () => {
    const estateOf = estate();
    estateOf.see([locked('alice', NOW - MINUTE)]);
    expect(estateOf.open()).toHaveLength(1);
    expect(estateOf.open()[0]).toMatchObject({ openedAtMs: NOW - MINUTE, instanceId: INSTANCE });
    expect(estateOf.changes).toMatchObject([{ kind: 'opened', why: 'locked', account: 'alice' }]);
  });

  it('when an attack goes on, though nothing is locked', () => {
    const estateOf = estate();
    estateOf.see([attacked('administrator', NOW - 1000)]);
    expect(estateOf.changes).toMatchObject([{ kind: 'opened', why: 'attack' }]);
    const [core] = estateOf.open();
    expect(core && focusOf(core)).toBeNull();
  });

  it('when a lock is about to come', () => {
    const estateOf = estate();
    estateOf.see([
      sampleAccount('bob', { status: 'counting', locksAtMs: NOW + 20_000, lastFailureAtMs: NOW - 2000 }),
    ]);
    expect(estateOf.changes).toMatchObject([{ kind: 'opened', why: 'imminent' }]);
  });

  it.each([
    ['unknown', locked('alice', NOW, 'attack', { status: 'unknown' })],
    ['an attack of long ago', attacked('alice', NOW - 20 * MINUTE)],
    ['an attack that is barely one', attacked('alice', NOW, { verdict: verdictOf('attack', 'low') })],
    ['a count', sampleAccount('alice', { status: 'counting', badPasswordCount: 2, lastFailureAtMs: NOW })],
    [
      'a lock that is long in coming',
      sampleAccount('alice', { status: 'counting', locksAtMs: NOW + 5 * MINUTE }),
    ],
  ])('never on %s', (_what, view) => {
    const estateOf = estate();
    estateOf.see([view], NOW + 5000);
    expect(estateOf.all()).toEqual([]);
  });

  it('after the verdict on a fresh lock has come, and without one a moment later', () => {
    const estateOf = estate();
    const fresh = locked('alice', NOW, 'undecided', { verdict: verdictOf('undecided', 'low', []) });
    const { againAtMs } = estateOf.see([fresh]);
    expect(estateOf.all()).toEqual([]);
    expect(againAtMs).toBeGreaterThan(NOW);
    estateOf.see([fresh], againAtMs ?? NOW);
    expect(estateOf.open()).toHaveLength(1);
  });

  it('never in the future, whatever the instance’s clock says', () => {
    const estateOf = estate();
    estateOf.see([locked('alice', NOW + 60 * MINUTE)]);
    estateOf.see([locked('alice', NOW + 60 * MINUTE)], NOW + 2000);
    expect(estateOf.open()[0]?.openedAtMs).toBeLessThanOrEqual(NOW + 2000);
  });
});

describe('one attack is one incident', () => {
  it('whatever number of accounts it is on', () => {
    const estateOf = estate();
    estateOf.see([attacked('administrator', NOW), attacked('admin', NOW), locked('backup', NOW, 'attack')]);
    estateOf.see([attacked('guest', NOW + 10 * MINUTE)], NOW + 10 * MINUTE);
    expect(estateOf.open()).toHaveLength(1);
    expect(names(estateOf.open()[0])).toEqual(['admin', 'administrator', 'backup', 'guest']);
    expect(focusOf(estateOf.open()[0] as IncidentCore)?.name).toBe('backup');
  });

  it('and a stale credential beside it another', () => {
    const estateOf = estate();
    estateOf.see([locked('svc-backup', NOW, 'staleCredential'), locked('administrator', NOW, 'attack')]);
    expect(estateOf.open().map(names).sort()).toEqual([['administrator'], ['svc-backup']]);
  });

  it('with an account whose cause is not known but whose failures came from the same address', () => {
    const estateOf = estate();
    estateOf.see([
      attacked('administrator', NOW),
      locked('bob', NOW, 'undecided', {
        lastSource: { address: '203.0.113.5', workstation: null, inferred: false },
      }),
      locked('carol', NOW, 'undecided'),
    ]);
    expect(estateOf.open().map(names).sort()).toEqual([['administrator', 'bob'], ['carol']]);
  });

  it('and one long after it on other accounts is another', () => {
    const estateOf = estate();
    estateOf.see([attacked('administrator', NOW)]);
    estateOf.see([attacked('bob', NOW + JOIN_MS + 1)], NOW + JOIN_MS + 1);
    expect(estateOf.open()).toHaveLength(2);
  });

  it('also when that is found out later: the older takes in the younger', () => {
    const estateOf = estate();
    estateOf.see([locked('administrator', NOW - MINUTE)]);
    estateOf.see([locked('administrator', NOW - MINUTE), attacked('bob', NOW)]);
    expect(estateOf.open()).toHaveLength(2);
    estateOf.see([locked('administrator', NOW - MINUTE, 'attack'), attacked('bob', NOW)]);
    expect(estateOf.open().map(({ id }) => id)).toEqual(['incident-1']);
    expect(estateOf.all()).toContainEqual(
      expect.objectContaining({ id: 'incident-2', closedBy: 'joined', joinedInto: 'incident-1' }),
    );
    expect(names(estateOf.open()[0])).toEqual(['administrator', 'bob']);
    expect(estateOf.kinds()).toContain('verdict');
  });

  it('with a renamed account, known by its SID', () => {
    const estateOf = estate();
    const sid = 'S-1-5-21-1-2-3-1001';
    estateOf.see([locked('alice', NOW, 'typo', { sid })]);
    estateOf.see([locked('alice.smith', NOW, 'typo', { sid })]);
    expect(estateOf.open()).toHaveLength(1);
    expect(estateOf.open()[0]?.accounts).toMatchObject([
      { key: 'alice.smith', name: 'alice.smith', formerKeys: ['alice'] },
    ]);
    expect(estateOf.kinds()).toEqual(['opened', 'renamed']);
  });
});

describe('an open incident', () => {
  it('tells each lock once, and each unlock', () => {
    const estateOf = estate();
    estateOf.see([locked('alice', NOW)]);
    estateOf.see([locked('alice', NOW + 200)], NOW + 5000);
    estateOf.see([sampleAccount('alice', { status: 'unknown' })], NOW + 6000);
    estateOf.see([locked('alice', NOW)], NOW + 7000);
    estateOf.see([sampleAccount('alice')], NOW + MINUTE);
    estateOf.see([sampleAccount('alice')], NOW + 2 * MINUTE);
    estateOf.see([locked('alice', NOW + 3 * MINUTE)], NOW + 3 * MINUTE);
    expect(estateOf.kinds()).toEqual(['opened', 'unlocked', 'locked']);
  });

  it('tells an unlock while the attack goes on', () => {
    const estateOf = estate();
    estateOf.see([attacked('administrator', NOW)]);
    estateOf.see([locked('administrator', NOW + 1000, 'attack')], NOW + 2000);
    estateOf.see(
      [attacked('administrator', NOW + 1000, { status: 'clear', badPasswordCount: 0 })],
      NOW + 5000,
    );
    expect(estateOf.changes.slice(1)).toMatchObject([
      { kind: 'locked', account: 'administrator' },
      { kind: 'unlocked', account: 'administrator', status: 'clear', atMs: NOW + 5000 },
    ]);
  });

  it('is left as it is by a view that says nothing new', () => {
    const estateOf = estate();
    const views = [locked('alice', NOW), attacked('bob', NOW)];
    estateOf.see(views);
    expect(estateOf.see(views).changed).toEqual([]);
  });

  it('grows backwards with evidence that comes late', () => {
    const estateOf = estate();
    estateOf.see([locked('alice', NOW)]);
    estateOf.see([locked('alice', NOW - 20 * MINUTE)]);
    expect(estateOf.open()).toMatchObject([{ openedAtMs: NOW - 20 * MINUTE, lastEvidenceAtMs: NOW }]);
  });
});

describe('a closed incident', () => {
  const closed = () => {
    const estateOf = estate();
    estateOf.see([locked('alice', NOW, 'attack')]);
    estateOf.see([sampleAccount('alice')], NOW + MINUTE);
    estateOf.close(NOW + 2 * MINUTE);
    return estateOf;
  };

  it('opens again when evidence returns in time', () => {
    const estateOf = closed();
    estateOf.see([locked('alice', NOW + 10 * MINUTE, 'attack')], NOW + 10 * MINUTE);
    expect(estateOf.open()).toMatchObject([{ id: 'incident-1', closedAtMs: null, closedBy: null }]);
    expect(estateOf.kinds()).toEqual(['opened', 'unlocked', 'reopened', 'locked']);
  });

  it('opens again when the attack returns on another account', () => {
    const estateOf = closed();
    estateOf.see([attacked('bob', NOW + 10 * MINUTE)], NOW + 10 * MINUTE);
    expect(estateOf.open().map(names)).toEqual([['alice', 'bob']]);
  });

  it('stays closed when it returns later: that is a new one', () => {
    const estateOf = closed();
    const late = NOW + 3 * MINUTE + REOPEN_MS;
    estateOf.see([locked('alice', late, 'attack')], late);
    expect(estateOf.open().map(({ id }) => id)).toEqual(['incident-2']);
  });

  it('is not opened by what was known, nor by what happened before it was closed', () => {
    const estateOf = closed();
    estateOf.see([attacked('alice', NOW + MINUTE)], NOW + 3 * MINUTE);
    estateOf.see([attacked('bob', NOW + MINUTE)], NOW + 3 * MINUTE);
    expect(estateOf.open()).toEqual([]);
    const byHand = estate();
    byHand.see([locked('alice', NOW)]);
    byHand.close(NOW + MINUTE);
    byHand.see([locked('alice', NOW)], NOW + 24 * 60 * MINUTE);
    expect(byHand.open()).toEqual([]);
  });

  it('is opened by new evidence though the clock was set back', () => {
    const estateOf = estate();
    estateOf.see([attacked('alice', NOW)]);
    estateOf.close(NOW + 5 * 60 * MINUTE);
    estateOf.see([attacked('alice', NOW + MINUTE)], NOW + MINUTE);
    expect(estateOf.open()).toHaveLength(1);
  });
});

describe('in whatever order views come', () => {
  const NAMES = ['administrator', 'bob', 'carol', 'svc', 'guest'] as const;
  const view = fc
    .tuple(
      fc.constantFrom(...NAMES),
      fc.integer({ min: 0, max: 240 }),
      fc.constantFrom('attack', 'staleCredential', 'undecided', 'typo'),
      fc.constantFrom('203.0.113.5', '198.51.100.7', '10.0.0.8'),
    )
    .map(([name, minute, kind, address]) => ({
      atMs: NOW + minute * MINUTE,
      account: locked(name, NOW + minute * MINUTE, kind as 'attack', {
        lastSource: { address, workstation: null, inferred: false },
      }),
    }));

  const outcome = (views: readonly { atMs: number; account: AccountView }[]) => {
    const estateOf = estate();
    const latest = NOW + 300 * MINUTE;
    for (const one of views) estateOf.see([one.account], latest);
    return estateOf;
  };
  const told = (core: IncidentCore) => ({
    openedAtMs: core.openedAtMs,
    lastEvidenceAtMs: core.lastEvidenceAtMs,
    attack: core.attack,
    accounts: core.accounts
      .map(({ key, firstLockAtMs, lastLockAtMs }) => ({ key, firstLockAtMs, lastLockAtMs }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    focus: focusOf(core)?.key,
  });
  const sorted = (cores: readonly IncidentCore[]) =>
    cores
      .map(told)
      .map((one) => JSON.stringify(one))
      .sort();

  it('the incidents are the same', () => {
    fc.assert(
      fc.property(
        fc
          .array(view, { minLength: 1, maxLength: 12 })
          .chain((views) =>
            fc.tuple(fc.constant(views), fc.shuffledSubarray(views, { minLength: views.length })),
          ),
        ([views, shuffled]) => {
          expect(sorted(outcome(shuffled).open())).toEqual(sorted(outcome(views).open()));
        },
      ),
    );
  });

  it('no account is in two open incidents, no two attacks overlap, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(view, { minLength: 1, maxLength: 15 }), (views) => {
        const estateOf = outcome(views);
        const keys = estateOf.open().flatMap(({ accounts }) => accounts.map(({ key }) => key));
        expect(new Set(keys).size).toBe(keys.length);
        expect(new Set(keys)).toEqual(new Set(views.map(({ account: { key } }) => key)));
        const spans = estateOf
          .open()
          .flatMap(({ attack }) => attack ?? [])
          .sort((a, b) => a.firstMs - b.firstMs);
        for (const [index, span] of spans.slice(1).entries())
          expect(span.firstMs - (spans[index]?.lastMs ?? 0)).toBeGreaterThan(JOIN_MS);
        for (const core of estateOf.all().filter(({ closedBy }) => closedBy === 'joined'))
          expect(estateOf.all().some(({ id }) => id === core.joinedInto)).toBe(true);
      }),
    );
  });
});
