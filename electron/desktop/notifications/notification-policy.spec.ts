import { describe, expect, it } from 'vitest';
import type { AccountView, InstanceView } from '../../../shared/account-status';
import { appError } from '../../../shared/errors';
import { defaultSettings, type Settings } from '../../../shared/settings';
import { attack, sampleAccount, sampleView } from '../testing/sample-view';
import type { Decision } from './notification';
import { decideNotifications } from './notification-policy';
import { emptyMemory, type PolicyMemory } from './policy-memory';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Feeds one reading after another to the policy. */
function watch(settings: Partial<Settings> = {}) {
  let memory: PolicyMemory = emptyMemory;
  let nextMs: number | null = null;
  return {
    see(nowMs: number, fleet: readonly InstanceView[]): readonly Decision[] {
      const output = decideNotifications({
        memory,
        fleet,
        nowMs,
        settings: { ...defaultSettings, ...settings },
        nameOf: (view) => `web-0${view.id.at(-1)}`,
      });
      memory = output.memory;
      nextMs = output.nextMs;
      return output.decisions;
    },
    nextMs: () => nextMs,
  };
}

const locked = (name: string, atMs: number, changes: Partial<AccountView> = {}): AccountView =>
  sampleAccount(name, {
    status: 'locked',
    lockedAtMs: atMs,
    autoUnlockAtMs: atMs + 10 * MINUTE,
    badPasswordCount: 10,
    remaining: 0,
    ...changes,
  });
const counting = (name: string, changes: Partial<AccountView> = {}): AccountView =>
  sampleAccount(name, { status: 'counting', badPasswordCount: 8, remaining: 2, ...changes });
const clear = sampleAccount;

const said = (decisions: readonly Decision[]): string[] =>
  decisions.filter(({ outcome }) => outcome !== 'suppressed').map(({ value }) => value.title.key);
const reasons = (decisions: readonly Decision[]): string[] =>
  decisions.flatMap((decision) => (decision.outcome === 'suppressed' ? [decision.reason] : []));

describe('on lockout', () => {
  it('says who, where and until when, and navigates to the account', () => {
    const policy = watch();
    policy.see(0, [sampleView(1, [clear('Bob')])]);
    const [decision] = policy.see(SECOND, [
      sampleView(1, [
        locked('Bob', SECOND, { lastSource: { address: '203.0.113.7', workstation: null, inferred: false } }),
      ]),
    ]);
    expect(decision).toMatchObject({
      outcome: 'shown',
      value: {
        category: 'lockout',
        severity: 'critical',
        title: { key: 'notification.lockout.title', params: { account: 'Bob', instance: 'web-01' } },
        body: [
          { key: 'notification.by.address', params: { address: '203.0.113.7', others: 0 } },
          { key: 'notification.untilTime', params: { atMs: SECOND + 10 * MINUTE } },
        ],
        destination: { page: 'instance', accountKey: 'bob' },
      },
    });
  });

  it('says so once, however often it is seen', () => {
    const policy = watch();
    policy.see(0, [sampleView(1, [clear('Bob')])]);
    expect(said(policy.see(1, [sampleView(1, [locked('Bob', 1)])]))).toHaveLength(1);
    expect(policy.see(2, [sampleView(1, [locked('Bob', 1)])])).toEqual([]);
  });

  it('does not say it again when a stale reading comes back (already shown)', () => {
    const policy = watch();
    policy.see(0, [sampleView(1, [clear('Bob')])]);
    policy.see(1, [sampleView(1, [locked('Bob', 1)])]);
    policy.see(2, [sampleView(1, [clear('Bob', { status: 'unknown' })], { status: 'unknown' })]);
    const again = policy.see(3, [sampleView(1, [locked('Bob', 1)])]);
    expect(said(again)).toEqual([]);
    expect(reasons(again)).toEqual(['alreadyShown']);
  });

  it('says the next lock although the first was just said, when it was unlocked between', () => {
    const policy = watch();
    policy.see(0, [sampleView(1, [clear('Bob')])]);
    policy.see(MINUTE, [sampleView(1, [locked('Bob', MINUTE)])]);
    expect(said(policy.see(2 * MINUTE, [sampleView(1, [clear('Bob')])]))).toEqual([
      'notification.unlock.title',
    ]);
    expect(said(policy.see(3 * MINUTE, [sampleView(1, [locked('Bob', 3 * MINUTE)])]))).toEqual([
      'notification.lockout.title',
    ]);
  });

  it('throttles a lock, an unlock missed between two readings', () => {
    const policy = watch();
    policy.see(0, [sampleView(1, [clear('Bob')])]);
    policy.see(1, [sampleView(1, [locked('Bob', 1)])]);
    const relocked = policy.see(11 * MINUTE, [sampleView(1, [locked('Bob', 11 * MINUTE)])]);
    expect(reasons(relocked)).toEqual(['throttled']);
  });
});

describe('the first snapshot after the start', () => {
  it('shows the locks there are, once and together', () => {
    const policy = watch();
    const first = policy.see(0, [
      sampleView(1, [locked('Bob', -MINUTE)]),
      sampleView(2, [locked('Eve', -MINUTE), clear('Ann')]),
    ]);
    expect(said(first)).toEqual(['notification.many.lockout.several']);
    expect(said(policy.see(1, [sampleView(1, [locked('Bob', -MINUTE)])]))).toEqual([]);
  });

  it('says nothing of an instance that is catching up, and why', () => {
    const policy = watch();
    const view = sampleView(1, [locked('Bob', -MINUTE)], { connection: 'catchingUp' });
    const early = policy.see(0, [view]);
    expect(said(early)).toEqual([]);
    expect(reasons(early)).toEqual(['catchingUp']);
    expect(policy.see(1, [view])).toEqual([]);
    expect(said(policy.see(2, [{ ...view, connection: 'following' }]))).toEqual([
      'notification.lockout.title',
    ]);
  });

  it('says nothing of a lock that was over before the catching up was', () => {
    const policy = watch();
    policy.see(0, [sampleView(1, [locked('Bob', -MINUTE)], { connection: 'catchingUp' })]);
    expect(policy.see(1, [sampleView(1, [clear('Bob')])])).toEqual([]);
  });
});

describe('before the lock', () => {
  const soon = (nowMs: number, inMs: number) => sampleView(1, [counting('Bob', { locksAtMs: nowMs + inMs })]);

  it('warns when the forecast is under a minute, once', () => {
    const policy = watch();
    expect(policy.see(0, [soon(0, 2 * MINUTE)])).toEqual([]);
    const [decision] = policy.see(SECOND, [soon(SECOND, 20 * SECOND)]);
    expect(decision?.value).toMatchObject({
      category: 'imminent',
      body: [
        { key: 'notification.imminent.left', params: { remaining: 2, threshold: 10 } },
        { key: 'notification.imminent.pace', params: { seconds: 20 } },
      ],
    });
    expect(policy.see(2 * SECOND, [soon(2 * SECOND, 19 * SECOND)])).toEqual([]);
  });

  it('has no attempt left to warn of once it is locked, and the lock takes the warning away', () => {
    const policy = watch();
    policy.see(0, [soon(0, 20 * SECOND)]);
    const [decision] = policy.see(20 * SECOND, [sampleView(1, [locked('Bob', 20 * SECOND)])]);
    expect(decision?.value.category).toBe('lockout');
    expect(decision?.value.closes).toContain(`imminent|${sampleView(1, []).id}|bob`);
  });

  it('throttles a pace that comes and goes', () => {
    const policy = watch();
    policy.see(0, [soon(0, 20 * SECOND)]);
    policy.see(MINUTE, [sampleView(1, [clear('Bob')])]);
    expect(reasons(policy.see(2 * MINUTE, [soon(2 * MINUTE, 20 * SECOND)]))).toEqual(['throttled']);
  });
});

describe('on unlock', () => {
  it('tells the end of the lockout time from an unlock before it', () => {
    const policy = watch();
    policy.see(0, [sampleView(1, [clear('Bob'), clear('Eve')])]);
    policy.see(1, [sampleView(1, [locked('Bob', 1)])]);
    const [over] = policy.see(1 + 10 * MINUTE, [sampleView(1, [clear('Bob')])]);
    expect(over?.value.body[0]?.key).toBe('notification.unlock.byItself');
    policy.see(40 * MINUTE, [sampleView(1, [locked('Bob', 40 * MINUTE)])]);
    const [early] = policy.see(41 * MINUTE, [sampleView(1, [clear('Bob')])]);
    expect(early?.value.body[0]?.key).toBe('notification.unlock.early');
  });

  it('says nothing when an account was never seen locked, or has only become unknown', () => {
    const policy = watch();
    policy.see(0, [sampleView(1, [counting('Bob')])]);
    expect(policy.see(1, [sampleView(1, [clear('Bob')])])).toEqual([]);
    policy.see(2, [sampleView(1, [locked('Bob', 2)])]);
    expect(policy.see(3, [sampleView(1, [clear('Bob', { status: 'unknown' })])])).toEqual([]);
  });
});

describe('on an instance becoming unreachable', () => {
  const failure = appError('net.timeout', {}, 'e1');
  const out = (number: number) =>
    sampleView(number, [], { connection: 'waiting', status: 'unknown', failure });

  it('says so only after it lasted, and asks to be called again for that', () => {
    const policy = watch();
    expect(policy.see(0, [out(1)])).toEqual([]);
    expect(policy.nextMs()).toBe(MINUTE);
    expect(policy.see(30 * SECOND, [{ ...out(1), connection: 'connecting', failure: null }])).toEqual([]);
    expect(said(policy.see(MINUTE, [out(1)]))).toEqual(['notification.unreachable.title']);
    expect(policy.see(2 * MINUTE, [out(1)])).toEqual([]);
  });

  it('says nothing of an outage shorter than that', () => {
    const policy = watch();
    policy.see(0, [out(1)]);
    policy.see(30 * SECOND, [sampleView(1, [])]);
    expect(policy.see(70 * SECOND, [out(1)])).toEqual([]);
  });

  it('says at once when the instance waits for the admin', () => {
    const policy = watch();
    expect(said(policy.see(0, [{ ...out(1), connection: 'needsAdmin' }]))).toEqual([
      'notification.needsAdmin.title',
    ]);
  });

  it('says a network that is down once, for all instances', () => {
    const policy = watch();
    const all = [1, 2, 3, 4, 5].map(out);
    policy.see(0, all);
    const decisions = policy.see(MINUTE, all);
    expect(said(decisions)).toEqual(['notification.many.unreachable.several']);
    expect(reasons(decisions)).toEqual(['grouped', 'grouped', 'grouped', 'grouped', 'grouped']);
  });
});

describe('a storm', () => {
  const names = Array.from({ length: 20 }, (_, index) => `user${index}`);
  const underAttack = (accounts: readonly AccountView[]) => sampleView(1, accounts, { verdict: attack });

  it('is one notification when one attack locks 20 accounts at once', () => {
    const policy = watch();
    policy.see(0, [underAttack(names.map((name) => clear(name)))]);
    const decisions = policy.see(1, [underAttack(names.map((name) => locked(name, 1)))]);
    expect(said(decisions)).toEqual(['notification.many.lockout.one']);
    expect(decisions.find(({ outcome }) => outcome === 'shown')?.value).toMatchObject({
      title: { params: { count: 20, instance: 'web-01' } },
      body: [{ params: { names: 'user0, user1, user2', more: 17 } }],
      destination: { page: 'instance', accountKey: null },
    });
    expect(reasons(decisions)).toHaveLength(20);
  });

  it('is one notification, brought up to date, when it locks them one after the other', () => {
    const policy = watch();
    policy.see(0, [underAttack(names.map((name) => clear(name)))]);
    const all: Decision[] = [];
    for (let count = 1; count <= 20; count++) {
      const nowMs = count * 5 * SECOND;
      all.push(
        ...policy.see(nowMs, [
          underAttack(
            names.map((name, index) =>
              index < count ? locked(name, (index + 1) * 5 * SECOND) : clear(name),
            ),
          ),
        ]),
      );
    }
    expect(all.filter(({ outcome }) => outcome === 'shown')).toHaveLength(1);
    const updates = all.filter(({ outcome }) => outcome === 'updated');
    expect(updates.length).toBeLessThanOrEqual(4);
    expect(policy.nextMs()).not.toBeNull();
    const last = policy.see(policy.nextMs() ?? 0, [
      underAttack(names.map((name, index) => locked(name, (index + 1) * 5 * SECOND))),
    ]);
    expect(last).toMatchObject([{ outcome: 'updated', value: { title: { params: { count: 20 } } } }]);
    expect(policy.nextMs()).toBeNull();
  });

  it('warns once of an attack on several accounts, and takes no warning back', () => {
    const policy = watch();
    const soon = (name: string, nowMs: number) => counting(name, { locksAtMs: nowMs + 20 * SECOND });
    policy.see(0, [underAttack([clear('a'), clear('b')])]);
    expect(said(policy.see(1, [underAttack([soon('a', 1), clear('b')])]))).toEqual([
      'notification.imminent.title',
    ]);
    expect(reasons(policy.see(2, [underAttack([soon('a', 2), soon('b', 2)])]))).toEqual(['grouped']);
    expect(policy.nextMs()).toBeNull();
    expect(policy.see(50 * SECOND, [underAttack([soon('a', 50 * SECOND), soon('b', 50 * SECOND)])])).toEqual(
      [],
    );
  });

  it('does not swallow two accounts that lock apart, for causes of their own', () => {
    const policy = watch();
    policy.see(0, [sampleView(1, [clear('Bob'), clear('Eve')])]);
    policy.see(1, [sampleView(1, [locked('Bob', 1), clear('Eve')])]);
    const second = policy.see(MINUTE, [sampleView(1, [locked('Bob', 1), locked('Eve', MINUTE)])]);
    expect(said(second)).toEqual(['notification.lockout.title']);
  });
});

describe('silence has a reason', () => {
  const lockBob = (policy: ReturnType<typeof watch>) => {
    policy.see(0, [sampleView(1, [clear('Bob')])]);
    return policy.see(1, [sampleView(1, [locked('Bob', 1)])]);
  };

  it('switched off in the settings', () => {
    const notify = { ...defaultSettings.notify, lockout: false };
    expect(reasons(lockBob(watch({ notify })))).toEqual(['switchedOff']);
  });

  it('paused', () => {
    expect(reasons(lockBob(watch({ notificationsPausedUntilMs: 1000 })))).toEqual(['paused']);
  });

  it('not paused any more', () => {
    expect(said(lockBob(watch({ notificationsPausedUntilMs: 1 })))).toHaveLength(1);
  });
});
