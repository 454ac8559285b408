import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appError, type ErrorCode } from '../../../shared/errors';
import {
  afterRestart,
  begun,
  isLost,
  isOver,
  type KnownReset,
  LONGEST_REACH_MS,
  LONGEST_REBOOT_MS,
  looked,
  lookFailed,
  passwordAnswered,
  type Reach,
  reached,
  rebootAnswered,
  rebootBegun,
  UNSEEN_MS,
  waitCancelled,
  watchedAgain,
} from './state';

const first = begun('i', 'Administrator', false, 1000);
const set = passwordAnswered(first, null, 2000);
const rebooting = rebootAnswered(set, rebootBegun(set, 10_000), null);
const lost = appError('cloud.timeout');
const refused = (code: string, kind: ErrorCode = 'cloud.conflict') => appError(kind, { code });

describe('setting the password', () => {
  it('is set when the cloud says so', () => {
    expect(set).toMatchObject({ phase: 'set', setAtMs: 2000, message: null, error: null });
  });

  it.each([
    ['cloud.timeout', {}],
    ['cloud.server', {}],
    ['cloud.unreadableAnswer', {}],
    ['app.cancelled', {}],
    ['cloud.network', { reason: 'ECONNRESET' }],
    ['cloud.network', { reason: '-' }],
    ['cloud.network', {}],
  ] as const)('may be set when no word of the cloud came: %s %j', (code, params) => {
    const state = passwordAnswered(first, appError(code, { ...params }), 2000);
    expect(state).toMatchObject({
      phase: 'maybeSet',
      setAtMs: null,
      message: { key: 'unlock.reset.maybeSet' },
    });
  });

  it.each([
    ['cloud.network', { reason: 'ECONNREFUSED' }],
    ['cloud.network', { reason: 'ENOTFOUND' }],
    ['cloud.network', { reason: 'ERR_CERT_AUTHORITY_INVALID' }],
    ['cloud.invalid', { code: 'InvalidPassword.Malformed' }],
    ['cloud.conflict', { code: 'IncorrectInstanceStatus' }],
    ['cloud.lockedForSecurity', { code: 'InstanceLockedForSecurity' }],
    ['cloud.denied', { action: 'ecs:ModifyInstanceAttribute' }],
    ['cloud.throttled', {}],
    ['cloud.credentialsMissing', {}],
  ] as const)('is not set when the cloud refused or was never reached: %s %j', (code, params) => {
    expect(passwordAnswered(first, appError(code, { ...params }), 2000).phase).toBe('refused');
  });

  it.each([
    ['InvalidPassword.Malformed', 'cloud.invalid', 'refused.malformed'],
    ['IncorrectInstanceStatus', 'cloud.conflict', 'refused.status'],
    ['InstanceLockedForSecurity', 'cloud.lockedForSecurity', 'refused.locked'],
    ['NoPermission', 'cloud.denied', 'refused.denied'],
  ] as const)('has a sentence of its own for %s', (code, kind, key) => {
    const { message } = passwordAnswered(first, refused(code, kind), 2000);
    expect(message?.key).toBe(`unlock.reset.${key}`);
  });
});

describe('the reboot', () => {
  it('is over when it was seen going down and runs again', () => {
    const down = looked(rebooting, 'stopping', 13_000);
    expect(down).toMatchObject({ phase: 'rebooting', seenDown: true, cloudStatus: 'stopping' });
    expect(looked(down, 'starting', 16_000).phase).toBe('rebooting');
    expect(looked(down, 'running', 19_000)).toMatchObject({
      phase: 'reaching',
      runningAtMs: 19_000,
      message: null,
    });
  });

  it('is not over while the cloud still says running, as it does at first', () => {
    expect(looked(rebooting, 'running', 13_000)).toMatchObject({ phase: 'rebooting', seenDown: false });
  });

  it('goes on with a word of doubt when it was never seen going down', () => {
    const state = looked(rebooting, 'running', 10_000 + UNSEEN_MS);
    expect(state).toMatchObject({ phase: 'reaching', message: { key: 'unlock.reset.downNotSeen' } });
  });

  it('waits for a reboot again when its answer was lost and nothing happened', () => {
    const uncertain = rebootAnswered(set, rebootBegun(set, 10_000), lost);
    expect(uncertain).toMatchObject({ phase: 'rebooting', rebootUncertain: true, watching: true });
    expect(looked(uncertain, 'running', 10_000 + UNSEEN_MS)).toMatchObject({
      phase: 'set',
      watching: false,
      message: { key: 'unlock.reset.rebootNotSeen' },
    });
    const down = looked(uncertain, 'stopping', 12_000);
    expect(looked(down, 'running', 15_000)).toMatchObject({ phase: 'reaching', rebootUncertain: false });
  });

  it('changes nothing when the cloud refused it', () => {
    const state = rebootAnswered(set, rebootBegun(set, 10_000), refused('IncorrectInstanceStatus'));
    expect(state).toMatchObject({
      phase: 'set',
      watching: false,
      rebootAtMs: null,
      message: { key: 'unlock.reset.refused.status' },
    });
  });

  it('is asked about again when a look failed, but not where that is hopeless, nor for ever', () => {
    const failed = (code: ErrorCode, ms: number) => lookFailed(rebooting, appError(code), 10_000 + ms);
    expect(failed('cloud.network', 5000)).toMatchObject({ watching: true, phase: 'rebooting' });
    expect(failed('cloud.denied', 5000).watching).toBe(false);
    expect(failed('cloud.network', LONGEST_REBOOT_MS).watching).toBe(false);
    expect(looked(rebooting, 'stopped', 10_000 + LONGEST_REBOOT_MS)).toMatchObject({
      watching: false,
      message: { key: 'unlock.reset.rebootTooLong' },
    });
  });

  it.each([
    ['answers', 'done', null],
    ['refusesPassword', 'done', 'sshRefuses'],
    ['needsAdmin', 'done', 'sshNeedsAdmin'],
    ['notWatched', 'done', 'sshNotWatched'],
    ['waiting', 'reaching', null],
  ] as const)('ends when SSH says %s', (reach, phase, key) => {
    const running = looked(looked(rebooting, 'stopping', 11_000), 'running', 20_000);
    const state = reached(running, reach, 25_000);
    expect(state.phase).toBe(phase);
    expect(state.reachedAtMs).toBe(reach === 'answers' ? 25_000 : null);
    expect(state.message?.key ?? null).toBe(key === null ? null : `unlock.reset.${key}`);
    expect(reached(running, 'waiting', 20_000 + LONGEST_REACH_MS).phase).toBe('done');
  });

  it('goes on when nobody waits any more, and can be waited for again', () => {
    const alone = waitCancelled(rebooting);
    expect(alone).toMatchObject({ phase: 'rebooting', watching: false });
    expect(watchedAgain(alone)).toMatchObject({ watching: true, message: null });
    expect(watchedAgain(set)).toBe(set);
  });
});

describe('after a restart', () => {
  it('a call that was under way may have taken effect', () => {
    expect(afterRestart(first)).toMatchObject({
      phase: 'maybeSet',
      message: { key: 'unlock.reset.interrupted' },
    });
  });

  it('a password that was to be kept is gone with the memory', () => {
    expect(afterRestart({ ...set, keep: 'onReboot' })).toMatchObject({ phase: 'set', keep: 'failed' });
  });

  it('a reboot that was waited for is waited for again', () => {
    expect(afterRestart(rebooting)).toMatchObject({ phase: 'rebooting', watching: true });
    expect(afterRestart(waitCancelled(rebooting)).watching).toBe(false);
  });
});

type Step = (state: KnownReset, atMs: number) => KnownReset;
const statuses = ['running', 'stopping', 'stopped', 'starting', 'pending', 'unknown'] as const;
const reaches: readonly Reach[] = ['answers', 'refusesPassword', 'needsAdmin', 'notWatched', 'waiting'];
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(...statuses).map(
    (status): Step =>
      (state, at) =>
        looked(state, status, at),
  ),
  fc.constantFrom(...reaches).map(
    (reach): Step =>
      (state, at) =>
        reached(state, reach, at),
  ),
  fc.constantFrom<ErrorCode>('cloud.network', 'cloud.denied', 'cloud.timeout').map(
    (code): Step =>
      (state, at) =>
        lookFailed(state, appError(code), at),
  ),
  fc.constant<Step>((state) => waitCancelled(state)),
  fc.constant<Step>((state) => watchedAgain(state)),
  fc.constant<Step>((state) => afterRestart(state)),
);

describe('whatever happens', () => {
  it('nothing but a look at it running ends a reboot, and what is over stays so', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(step, fc.integer({ min: 0, max: 600_000 })), { maxLength: 30 }),
        (steps) => {
          let state = rebooting;
          let at = 10_000;
          for (const [run, ms] of steps) {
            at += ms;
            const before = state;
            state = run(state, at);
            if (isOver(before)) expect(state.phase).toBe(before.phase);
            if (state.phase === 'reaching' || state.phase === 'done') {
              expect(state.runningAtMs).not.toBeNull();
              expect(state.setAtMs).toBe(2000);
            }
            if (state.phase === 'done') expect(state.watching).toBe(false);
            if (!state.seenDown && state.phase === 'reaching') expect(state.message).not.toBeNull();
          }
        },
      ),
    );
  });

  it('a failure without the cloud’s word is never taken for a refusal', () => {
    for (const code of ['cloud.timeout', 'cloud.server', 'cloud.unreadableAnswer', 'app.internal'] as const)
      expect(isLost(appError(code))).toBe(true);
  });
});
