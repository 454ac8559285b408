import { describe, expect, it } from 'vitest';
import type { LockoutPolicy } from '../../shared/policy';
import { filetimeFromMs, TICKS_PER_MINUTE } from '../../shared/time';
import type { StoredAccount } from '../sources/directory/accounts';
import { type ControllerAnswer, controllerRow, tableNotes } from './controller-rows';
import { directoryAccount, judge } from './judge-account';

const NOW_MS = Date.UTC(2026, 0, 5, 12);
const NOW = filetimeFromMs(NOW_MS);
const policy = (change: Partial<LockoutPolicy> = {}): LockoutPolicy => ({
  threshold: 3,
  observationWindow: 30n * TICKS_PER_MINUTE,
  lockoutDuration: 15n * TICKS_PER_MINUTE,
  lockoutAdmins: true,
  source: 'domain',
  ...change,
});
const governing = (change: Partial<LockoutPolicy> = {}) => ({ policy: policy(change), name: 'LAB' });
const stored = (change: Partial<StoredAccount> = {}): StoredAccount => ({
  key: 'S-1-5-21-1-2-3-1105',
  name: 'mary',
  displayName: null,
  userPrincipalName: null,
  dn: 'CN=mary,DC=lab',
  kind: 'user',
  enabled: true,
  badPasswordCount: 0,
  badPasswordTime: 0n,
  lockoutTime: 0n,
  lockedFlag: null,
  passwordSet: 0n,
  lastLogon: 0n,
  psoDn: null,
  usn: null,
  odd: [],
  ...change,
});
const ago = (minutes: number) => NOW - BigInt(minutes) * TICKS_PER_MINUTE;

describe('what a controller’s values mean', () => {
  it('is locked through the last tick of the duration, and no longer (R9)', () => {
    const locked = stored({
      badPasswordCount: 3,
      badPasswordTime: ago(15),
      lockoutTime: ago(15),
      lockedFlag: true,
    });
    expect(judge(locked, governing(), NOW)).toMatchObject({
      status: 'locked',
      autoUnlockAt: NOW + 1n,
      badPasswordCount: 3,
    });
    expect(judge(locked, governing(), NOW + 1n).status).not.toBe('locked');
    expect(judge(locked, governing({ lockoutDuration: 'untilAdmin' }), NOW + 1n)).toMatchObject({
      status: 'locked',
      lockedUntilAdmin: true,
      autoUnlockAt: null,
    });
  });

  it('counts through the last tick of the window (R6), and what has run out is clear', () => {
    const counting = stored({ badPasswordCount: 2, badPasswordTime: ago(30) });
    expect(judge(counting, governing(), NOW)).toMatchObject({
      status: 'counting',
      badPasswordCount: 2,
      countResetsAt: NOW + 1n,
    });
    expect(judge(counting, governing(), NOW + 1n)).toMatchObject({ status: 'clear', badPasswordCount: 0 });
    expect(judge(counting, governing({ threshold: 0 }), NOW).status).toBe('clear');
  });

  it('is never clear when it cannot be read', () => {
    expect(judge(stored({ lockoutTime: null }), governing(), NOW)).toMatchObject({
      status: 'unknown',
      reason: { key: 'directory.reason.notReadable' },
    });
    expect(judge(stored({ badPasswordCount: null, odd: ['badPwdCount'] }), governing(), NOW)).toMatchObject({
      status: 'unknown',
      reason: { key: 'directory.reason.odd', params: { attribute: 'badPwdCount' } },
    });
    expect(judge(stored(), null, NOW)).toMatchObject({
      status: 'unknown',
      reason: { key: 'directory.reason.policyUnknown' },
    });
    expect(judge(stored({ lockedFlag: true, lockoutTime: ago(1) }), null, NOW).status).toBe('locked');
  });

  it('never locks trust accounts (R9)', () => {
    expect(
      judge(stored({ kind: 'trust', lockoutTime: ago(1), badPasswordCount: 9 }), governing(), NOW).status,
    ).toBe('clear');
  });

  it('is shown by our clock whatever the controller’s says', () => {
    const hour = 3_600_000;
    const locked = stored({
      badPasswordCount: 3,
      badPasswordTime: NOW + 600_000_000n * 60n,
      lockoutTime: NOW + 600_000_000n * 60n,
    });
    const { account, nextChangeAtMs } = directoryAccount({
      stored: locked,
      governing: governing(),
      nowMs: NOW_MS + 60_000,
      readAtMs: NOW_MS,
      clockOffsetMs: hour,
    });
    expect(account).toMatchObject({
      status: 'locked',
      lockedAtMs: NOW_MS,
      autoUnlockAtMs: NOW_MS + 15 * 60_000,
    });
    expect(nextChangeAtMs).toBe(NOW_MS + 15 * 60_000 + 1);
  });
});

describe('the table of controllers', () => {
  const answer = (
    change: Partial<ControllerAnswer> & { readonly pdc?: boolean; readonly readOnly?: boolean },
  ): ControllerAnswer => ({
    controller: { host: 'dc', site: 'Main', readOnly: change.readOnly ?? false, pdc: change.pdc ?? false },
    readAtMs: NOW_MS,
    roundTripMs: 3,
    clockOffsetMs: 0,
    stored: stored(),
    failure: null,
    ...change,
  });
  const locked = stored({ badPasswordCount: 3, badPasswordTime: ago(1), lockoutTime: ago(1) });
  const differences = (other: ControllerAnswer, truth: ControllerAnswer) =>
    controllerRow(other, truth, governing(), NOW_MS).differences.map(({ key }) =>
      key.replace('directory.difference.', ''),
    );

  it('takes the PDC emulator for the truth, and says how others differ (R20 to R22)', () => {
    const open = answer({ pdc: true });
    const shut = answer({ pdc: true, stored: locked });
    expect(differences(answer({ stored: locked }), open)).toEqual(['staleLock', 'keptCount']);
    expect(differences(answer({ stored: locked, readOnly: true }), open)).toEqual([
      'staleLockReadOnly',
      'ownCountReadOnly',
    ]);
    expect(differences(answer({}), shut)).toEqual(['lockNotArrived', 'ownCount']);
    expect(differences(answer({ stored: undefined }), open)).toEqual(['notThere']);
    expect(
      differences(
        answer({ stored: stored({ passwordSet: ago(9) }) }),
        answer({ pdc: true, stored: stored({ passwordSet: ago(1) }) }),
      ),
    ).toEqual(['olderPassword']);
    expect(differences(shut, shut)).toEqual([]);
    expect(differences(answer({}), open)).toEqual([]);
  });

  it('shows a silent controller as silent, and no truth without the PDC emulator', () => {
    const failure = {
      code: 'net.timeout',
      retryable: true,
      messageKey: '',
      params: {},
      correlationId: '',
    } as const;
    const silent = answer({ stored: undefined, failure, pdc: true });
    expect(controllerRow(silent, silent, governing(), NOW_MS)).toMatchObject({
      answers: false,
      status: 'unknown',
      rawCount: null,
    });
    expect(tableNotes([silent, answer({})]).map(({ key }) => key)).toEqual([
      'directory.table.pdcSilent',
      'directory.table.neverSum',
    ]);
    expect(tableNotes([answer({})])[0]?.key).toBe('directory.table.pdcUnknown');
  });
});
