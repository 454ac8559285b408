import { describe, expect, it } from 'vitest';
import { accountView, instanceView, NOW } from '../testing/fixtures';
import { byUrgency, fill } from './account-order';
import { nextAccountEvent, nextAttempt, nextLock } from './next-event';
import { shownStatus } from './shown-status';

describe('shownStatus', () => {
  const clear = instanceView(1, { checkedAtMs: NOW - 10_000 });

  it('shows what main says while the reading is fresh', () => {
    expect(shownStatus(clear, NOW, 120, false)).toMatchObject({ status: 'clear', lastKnown: null });
  });

  it.each(['clear', 'counting', 'locked'] as const)('never shows an old %s as %s', (status) => {
    const old = instanceView(1, { status, checkedAtMs: NOW - 126_000 });
    const shown = shownStatus(old, NOW, 120, false);
    expect(shown).toMatchObject({ status: 'unknown', lastKnown: status });
    expect(shown.reason?.key).toBe('status.reason.tooOld');
  });

  it('leaves main a moment to say so itself', () => {
    const old = instanceView(1, { checkedAtMs: NOW - 124_000 });
    expect(shownStatus(old, NOW, 120, false).status).toBe('clear');
  });

  it('knows nothing when the window is behind', () => {
    expect(shownStatus(clear, NOW, 120, true)).toMatchObject({ status: 'unknown', lastKnown: 'clear' });
  });

  it('knows nothing of what was never read', () => {
    expect(shownStatus(undefined, NOW, 120, false).status).toBe('unknown');
    expect(shownStatus(instanceView(1, { checkedAtMs: null }), NOW, 120, false).status).toBe('unknown');
  });

  it('always gives unknown a reason', () => {
    const silent = instanceView(1, { status: 'unknown', reason: null });
    expect(shownStatus(silent, NOW, 120, false).reason).not.toBeNull();
    const why = { key: 'lockout.reason.noPolicy', params: {} };
    const reasoned = instanceView(1, { status: 'unknown', reason: why });
    expect(shownStatus(reasoned, NOW, 120, false).reason).toBe(why);
  });
});

const locked = accountView('a', { status: 'locked', autoUnlockAtMs: NOW + 60_000 });
const forever = accountView('b', { status: 'locked', lockedUntilAdmin: true });
const racing = accountView('c', {
  status: 'counting',
  locksAtMs: NOW + 90_000,
  countResetsAtMs: NOW + 600_000,
});
const fading = accountView('d', { status: 'counting', countResetsAtMs: NOW + 30_000 });

describe('next events', () => {
  it('says of one account what comes next', () => {
    expect(nextAccountEvent(locked)).toEqual({ kind: 'unlocks', atMs: NOW + 60_000, account: 'a' });
    expect(nextAccountEvent(forever)).toEqual({ kind: 'untilAdmin', atMs: null, account: 'b' });
    expect(nextAccountEvent(racing)?.kind).toBe('locks');
    expect(nextAccountEvent(fading)?.kind).toBe('resets');
    expect(nextAccountEvent(accountView('e'))).toBeNull();
    expect(nextAccountEvent(accountView('f', { status: 'locked' }))).toBeNull();
    expect(nextAccountEvent(accountView('g', { status: 'unknown', autoUnlockAtMs: NOW }))).toBeNull();
  });

  it('names the first lock to come among the others', () => {
    const sooner = accountView('z', { status: 'counting', locksAtMs: NOW + 10_000 });
    expect(nextLock([fading, forever, locked, racing, sooner], null)).toMatchObject({ account: 'z' });
    expect(nextLock([racing, sooner], sooner)).toMatchObject({ account: 'c' });
    expect(nextLock([fading, locked], null)).toBeNull();
  });

  it('names the next try only while waiting for it', () => {
    const waiting = instanceView(1, { connection: 'waiting', nextAttemptAtMs: NOW + 5000 });
    expect(nextAttempt(waiting)?.kind).toBe('retries');
    expect(nextAttempt({ ...waiting, connection: 'following' })).toBeNull();
  });
});

describe('the order of accounts', () => {
  it('is locked, then nearest to the lock, then by name', () => {
    const near = accountView('near', { status: 'counting', badPasswordCount: 9 });
    const far = accountView('far', { status: 'counting', badPasswordCount: 2 });
    const calm = [accountView('zoe'), accountView('amy')];
    const sorted = [...calm, far, near, locked].sort(byUrgency).map((account) => account.name);
    expect(sorted).toEqual(['a', 'near', 'far', 'amy', 'zoe']);
  });

  it('has no fill without a threshold to fill', () => {
    expect(fill(accountView('x', { badPasswordCount: 5 }))).toBe(0.5);
    expect(fill(accountView('x', { badPasswordCount: 12 }))).toBe(1);
    expect(fill(accountView('x', { threshold: 0, badPasswordCount: 5 }))).toBeNull();
    expect(fill(accountView('x', { threshold: null, badPasswordCount: 5 }))).toBeNull();
    expect(fill(accountView('x', { badPasswordCount: null }))).toBeNull();
  });
});
