import { type AccountView, type InstanceView, noProofs, type Verdict } from '../../../shared/account-status';

const undecided: Verdict = {
  kind: 'undecided',
  confidence: 'low',
  reasons: [],
  evidenceIncomplete: false,
};
export const attack: Verdict = { ...undecided, kind: 'attack', confidence: 'high' };

/** A clear account, but for what a test says of it. */
export function sampleAccount(name: string, changes: Partial<AccountView> = {}): AccountView {
  return {
    key: name.toLowerCase(),
    name,
    domain: null,
    sid: null,
    authority: 'local',
    builtinAdministrator: false,
    disabled: false,
    status: 'clear',
    reason: null,
    badPasswordCount: 0,
    countCertainty: 'exact',
    threshold: 10,
    lockedAtMs: null,
    autoUnlockAtMs: null,
    lockedUntilAdmin: false,
    countResetsAtMs: null,
    remaining: 10,
    locksAtMs: null,
    paceSeconds: null,
    relockSeconds: null,
    lastFailureAtMs: null,
    lastSource: null,
    failuresCounted: 0,
    failuresNotCounted: 0,
    proofs: noProofs,
    verdict: undecided,
    doubts: [],
    ...changes,
  };
}

/** An id that is a UUID and tells instances apart. */
export const sampleId = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString().padStart(12, '0')}`;

/** A followed, clear instance, but for what a test says of it. */
export function sampleView(
  number: number,
  accounts: readonly AccountView[],
  changes: Partial<InstanceView> = {},
): InstanceView {
  const worst = (['locked', 'counting'] as const).find((status) =>
    accounts.some((each) => each.status === status),
  );
  return {
    id: sampleId(number),
    status: worst ?? 'clear',
    reason: null,
    checkedAtMs: 0,
    evaluatedAtMs: 0,
    connection: 'following',
    failure: null,
    nextAttemptAtMs: null,
    catchUpProgress: null,
    computer: null,
    system: null,
    clockOffsetMs: null,
    policy: null,
    auditing: 'on',
    accounts: [...accounts],
    lastFailureAtMs: null,
    verdict: undecided,
    eventsStored: 0,
    brokenRecords: 0,
    doubts: [],
    ...changes,
  };
}
