import { describe, expect, it } from 'vitest';
import { TICKS_PER_MINUTE } from '../../shared/time';
import {
  policyFromAdsi,
  policyFromDomain,
  policyFromNetUserModals,
  policyFromPso,
  policyFromSecedit,
  samAccepts,
} from './policy';
import { describePolicy, exemption, policyFor } from './policy-facts';
import { failure, fold, ready, recordOf, THREE } from './testing/events';

const TEN = 10n * TICKS_PER_MINUTE;
const secedit = (values: Record<string, string>) => {
  const read = policyFromSecedit(values);
  if (!read.ok) throw new Error(`${read.error.field} ${read.error.value}`);
  return read.value;
};
const keys = (reasons: readonly { key: string }[]) => reasons.map((reason) => reason.key);

describe('reading a lockout policy', () => {
  it('R2 reads secedit minutes', () => {
    const { policy, warnings } = secedit({
      LockoutBadCount: '10',
      ResetLockoutCount: '10',
      LockoutDuration: ' 10 ',
      AllowAdministratorLockout: '1',
      PasswordHistorySize: '24',
    });
    expect(policy).toEqual({
      threshold: 10,
      observationWindow: TEN,
      lockoutDuration: TEN,
      lockoutAdmins: true,
      source: 'local',
      passwordHistoryLength: 24,
    });
    expect(warnings).toEqual([]);
  });

  it('R2 reads -1 minutes as until an admin unlocks', () => {
    const { policy } = secedit({ LockoutBadCount: '5', ResetLockoutCount: '30', LockoutDuration: '-1' });
    expect(policy.lockoutDuration).toBe('untilAdmin');
    expect(policy.lockoutAdmins).toBe('unknown');
  });

  it('R2 accepts missing lines only while the threshold is 0, and says that they were missing', () => {
    expect(secedit({ LockoutBadCount: '0' }).policy.notStated).toEqual([
      'observationWindow',
      'lockoutDuration',
    ]);
    const broken = policyFromSecedit({ LockoutBadCount: '3', LockoutDuration: '10' });
    expect(broken).toEqual({ ok: false, error: { field: 'ResetLockoutCount', value: '' } });
  });

  it('R5 assumes no default: without a threshold there is no policy', () => {
    expect(policyFromSecedit({}).ok).toBe(false);
    expect(policyFromSecedit({ LockoutBadCount: 'ten' }).ok).toBe(false);
  });

  it('R2 reads LDAP ticks: negative is a time, anything else and the smallest number is until an admin', () => {
    const read = (lockoutDuration: string) => {
      const result = policyFromDomain({
        lockoutThreshold: '5',
        lockOutObservationWindow: '-6000000000',
        lockoutDuration,
        pwdProperties: '9',
      });
      return result.ok ? result.value.policy : null;
    };
    expect(read('-18000000000')?.lockoutDuration).toBe(30n * TICKS_PER_MINUTE);
    expect(read('-6000000001')?.lockoutDuration).toBe(TEN + 1n);
    expect(read('0')?.lockoutDuration).toBe('untilAdmin');
    expect(read('7')?.lockoutDuration).toBe('untilAdmin');
    expect(read('-9223372036854775808')?.lockoutDuration).toBe('untilAdmin');
    expect(read('-6000000000')).toMatchObject({
      observationWindow: TEN,
      lockoutAdmins: true,
      source: 'domain',
    });
  });

  it('R2 reads NetUserModals and ADSI seconds, with forever as -1', () => {
    const modals = policyFromNetUserModals({
      usrmod3_lockout_threshold: 5,
      usrmod3_lockout_observation_window: 600,
      usrmod3_lockout_duration: 4294967295,
    });
    expect(modals.ok && modals.value.policy).toMatchObject({
      observationWindow: TEN,
      lockoutDuration: 'untilAdmin',
    });
    const adsi = policyFromAdsi({
      MaxBadPasswordsAllowed: '5',
      LockoutObservationInterval: '600',
      AutoUnlockInterval: '1200',
    });
    expect(adsi.ok && adsi.value.policy.lockoutDuration).toBe(2n * TEN);
  });

  it('R1 warns of values outside the ranges and of a duration shorter than the window', () => {
    expect(
      keys(secedit({ LockoutBadCount: '1000', ResetLockoutCount: '0', LockoutDuration: '100000' }).warnings),
    ).toEqual([
      'lockout.policy.thresholdOutOfRange',
      'lockout.policy.windowOutOfRange',
      'lockout.policy.durationOutOfRange',
    ]);
    expect(
      keys(secedit({ LockoutBadCount: '3', ResetLockoutCount: '30', LockoutDuration: '10' }).warnings),
    ).toEqual(['lockout.policy.durationShorterThanWindow']);
    expect(
      secedit({ LockoutBadCount: '3', ResetLockoutCount: '30', LockoutDuration: '-1' }).warnings,
    ).toEqual([]);
  });

  it('R1 the SAM refuses a duration shorter than the window, but takes until-admin', () => {
    expect(samAccepts({ observationWindow: TEN, lockoutDuration: TEN - 1n })).toBe(false);
    expect(samAccepts({ observationWindow: TEN, lockoutDuration: TEN })).toBe(true);
    expect(samAccepts({ observationWindow: TEN, lockoutDuration: 'untilAdmin' })).toBe(true);
  });

  it('R3 a PSO governs instead of the domain, and a member policy never governs a domain account', () => {
    const pso = policyFromPso({
      'msDS-LockoutThreshold': '7',
      'msDS-LockoutObservationWindow': '-6000000000',
      'msDS-LockoutDuration': '-6000000000',
    });
    if (!pso.ok) throw new Error('unreadable');
    const member = fold([failure(1, 0, { TargetDomainName: 'CORP' })], ready(THREE, 'member'));
    const account = recordOf(member, 'corp\\alice');
    expect(policyFor(member, account)).toBeNull();
    const domain = { ...THREE, threshold: 9, source: 'domain' as const };
    const known = { ...member, domainPolicy: { policy: domain, at: 0n } };
    expect(policyFor(known, account)?.threshold).toBe(9);
    expect(policyFor(known, { ...account, policy: pso.value.policy })?.threshold).toBe(7);
  });

  it('R4 spares RID 500 only when the policy says so and the SID is known', () => {
    const account = recordOf(fold([failure(1, 0)])).ref;
    const known = { ...account, builtinAdministrator: 'yes' as const };
    const guessed = { ...account, builtinAdministrator: 'likely' as const };
    expect(exemption({ ...THREE, lockoutAdmins: false }, known)).toBe('exempt');
    expect(exemption({ ...THREE, lockoutAdmins: false }, guessed)).toBe('unknown');
    expect(exemption({ ...THREE, lockoutAdmins: 'unknown' }, known)).toBe('unknown');
    expect(exemption(THREE, known)).toBe('subject');
    expect(exemption({ ...THREE, lockoutAdmins: false }, account)).toBe('subject');
  });

  it('R1 describes a policy as facts', () => {
    expect(describePolicy(secedit({ LockoutBadCount: '0' }).policy)).toMatchObject({
      neverLocks: true,
      observationWindow: null,
      lockoutDuration: null,
      freeGuessesPerDay: null,
    });
    const facts = describePolicy({ ...THREE, lockoutDuration: 'untilAdmin' });
    // A guesser who waits for each reset has two guesses per window.
    expect(facts).toMatchObject({ neverLocks: false, threshold: 3, freeGuessesPerDay: 2 * 143 });
    expect(keys(facts.notes)).toEqual([
      'lockout.policy.note.untilAdmin',
      'lockout.policy.note.lowThreshold',
      'lockout.policy.note.administratorNetworkOnly',
    ]);
  });
});
