import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appError, errorCodes } from '../../shared/errors';
import { defaultSettings } from '../../shared/settings';
import {
  afterFailure,
  BUSY_FOR_MS,
  backoffMs,
  FIRST_BACKOFF_MS,
  LONGEST_BACKOFF_MS,
  pollDelayMs,
  spread,
} from './schedule';

const now = 10_000_000;
const delay = (level: 'close' | 'normal' | 'relaxed', idleMs: number | null) =>
  pollDelayMs(level, defaultSettings, idleMs === null ? null : now - idleMs, now);

describe('the interval between two looks at the log', () => {
  it.each([
    ['normal', 5 * 60_000, 5_000],
    ['close', 5 * 60_000, 2_000],
    ['relaxed', 5 * 60_000, 30_000],
    ['normal', 0, 2_000],
    ['normal', BUSY_FOR_MS - 1, 2_000],
    ['normal', BUSY_FOR_MS, 5_000],
    ['relaxed', 1_000, 2_000],
    ['normal', 30 * 60_000 - 1, 5_000],
    ['normal', 30 * 60_000, 15_000],
    ['relaxed', 60 * 60_000, 30_000],
    ['close', 60 * 60_000, 2_000],
    ['normal', null, 15_000],
  ] as const)('%s, idle for %s ms: %s ms', (level, idle, expected) => {
    expect(delay(level, idle)).toBe(expected);
  });

  it('spreads by a tenth', () => {
    expect(spread(1000, 0)).toBe(900);
    expect(spread(1000, 1)).toBe(1100);
  });
});

describe('the back-off', () => {
  it('never leaves its bounds and never shrinks for the same luck', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, luck) => {
          const wait = backoffMs(n, luck);
          expect(wait).toBeGreaterThanOrEqual(FIRST_BACKOFF_MS / 2);
          expect(wait).toBeLessThanOrEqual(LONGEST_BACKOFF_MS);
          expect(backoffMs(n + 1, luck)).toBeGreaterThanOrEqual(wait);
        },
      ),
    );
  });
});

describe('what follows a failure', () => {
  it('never repeats by itself what concerns keys, secrets and refused logons', () => {
    const waiting = errorCodes.filter((code) => afterFailure(appError(code)) === 'needsAdmin');
    expect(waiting).toEqual(
      expect.arrayContaining([
        'ssh.hostKeyChanged',
        'ssh.hostKeyUnknown',
        'ssh.hostKeyRevoked',
        'ssh.passwordRefused',
        'ssh.passwordUnanswered',
        'ssh.passwordExpired',
        'ssh.keyRefused',
        'ssh.keyPassphrase',
        'vault.secretMissing',
      ]),
    );
  });

  it('goes on trying what the network or the instance can cure', () => {
    for (const code of [
      'net.timeout',
      'net.refused',
      'net.closed',
      'net.nameNotFound',
      'ssh.execFailed',
    ] as const) {
      expect(afterFailure(appError(code))).toBe('retry');
    }
    expect(afterFailure(appError('windows.accessDenied'))).toBe('retrySlowly');
  });
});
