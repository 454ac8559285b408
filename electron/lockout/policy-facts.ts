import type { LockoutPolicy } from '../../shared/policy';
import type { Filetime, Ticks } from '../../shared/time';
import type { AccountRecord, AccountRef, InstanceModel, Reason } from './types';

/** A policy's meaning as facts for a sentence, in ticks. Null: not stated by the reading. */
export interface PolicyFacts {
  readonly neverLocks: boolean;
  readonly threshold: number;
  readonly observationWindow: Ticks | null;
  readonly lockoutDuration: Ticks | 'untilAdmin' | null;
  readonly lockoutAdmins: boolean | 'unknown';
  readonly source: LockoutPolicy['source'];
  /** Guesses a day that one account takes from a patient guesser without locking; null when it is not bounded. */
  readonly freeGuessesPerDay: number | null;
  readonly notes: readonly Reason[];
}

const TICKS_PER_DAY = 864_000_000_000n;
const note = (key: string): Reason => ({ key: `lockout.policy.note.${key}`, params: {} });

/** What a policy means (R1, R4): facts only, the words are the catalogue's. */
export function describePolicy(policy: LockoutPolicy): PolicyFacts {
  const neverLocks = policy.threshold === 0;
  const observationWindow = policy.notStated?.includes('observationWindow') ? null : policy.observationWindow;
  const lockoutDuration = policy.notStated?.includes('lockoutDuration') ? null : policy.lockoutDuration;
  const notes: Reason[] = [];
  if (neverLocks) notes.push(note('neverLocks'));
  else {
    if (lockoutDuration === 'untilAdmin') notes.push(note('untilAdmin'));
    if (policy.threshold < 5) notes.push(note('lowThreshold'));
    if (policy.threshold > 50) notes.push(note('highThreshold'));
  }
  if (policy.lockoutAdmins === false) notes.push(note('administratorExempt'));
  if (policy.lockoutAdmins === true && !neverLocks) notes.push(note('administratorNetworkOnly'));
  if (policy.lockoutAdmins === 'unknown' && !neverLocks) notes.push(note('administratorUnknown'));
  const bounded = !neverLocks && observationWindow !== null && observationWindow > 0n;
  return {
    neverLocks,
    threshold: policy.threshold,
    observationWindow,
    lockoutDuration,
    lockoutAdmins: policy.lockoutAdmins,
    source: policy.source,
    freeGuessesPerDay: bounded
      ? (policy.threshold - 1) * Math.floor(Number(TICKS_PER_DAY) / Number(observationWindow + 1n))
      : null,
    notes,
  };
}

/**
 * Which policy judges an account (R3): its own (PSO) first, then the domain's for an account judged by a domain, the
 * machine's for a local one. A member's own policy never governs domain accounts. Null: not read, never assumed (R5).
 */
export function policyFor(
  model: Pick<InstanceModel, 'role' | 'localPolicy' | 'domainPolicy'>,
  account: Pick<AccountRecord, 'ref' | 'policy'>,
): LockoutPolicy | null {
  if (account.policy) return account.policy;
  return judgedByDomain(model.role, account.ref)
    ? (model.domainPolicy?.policy ?? null)
    : (model.localPolicy?.policy ?? null);
}

const judgedByDomain = (role: InstanceModel['role'], ref: AccountRef): boolean =>
  ref.authority === 'elsewhere' || role === 'domainController';

/** Whether the account is spared by the policy (R4): RID 500 with administrator lockout off. */
export function exemption(policy: LockoutPolicy, ref: AccountRef): 'exempt' | 'subject' | 'unknown' {
  if (ref.builtinAdministrator === 'no' || policy.lockoutAdmins === true) return 'subject';
  if (policy.lockoutAdmins === 'unknown') return 'unknown';
  return ref.builtinAdministrator === 'yes' ? 'exempt' : 'unknown';
}

/** The first instant at which a lock begun at `since` is over (R9, boundary inclusive). */
export const unlockInstant = (policy: LockoutPolicy, since: Filetime): Filetime | 'untilAdmin' | null =>
  policy.notStated?.includes('lockoutDuration')
    ? null
    : policy.lockoutDuration === 'untilAdmin'
      ? 'untilAdmin'
      : since + policy.lockoutDuration + 1n;
