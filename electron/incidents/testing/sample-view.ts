import { type AccountView, type InstanceView, noProofs, type Verdict } from '../../../shared/account-status';

export const NOW = Date.UTC(2026, 2, 4, 10);
export const MINUTE = 60_000;
export const INSTANCE = '00000000-0000-4000-8000-000000000001';

export const verdictOf = (
  kind: Verdict['kind'],
  confidence: Verdict['confidence'] = 'high',
  reasons = [{ key: 'lockout.verdict.noPattern', params: { failures: 3 } }],
): Verdict => ({ kind, confidence, reasons, evidenceIncomplete: false });

export const account = (name: string, change: Partial<AccountView> = {}): AccountView => ({
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
  verdict: verdictOf('undecided', 'low', []),
  proofs: noProofs,
  doubts: [],
  ...change,
});

const from = (address: string | null): AccountView['lastSource'] => ({
  address,
  workstation: null,
  inferred: false,
});

/** An account that an attack from this address failed on last at `atMs`. */
export const attacked = (name: string, atMs: number, change: Partial<AccountView> = {}): AccountView =>
  account(name, {
    status: 'counting',
    badPasswordCount: 3,
    lastFailureAtMs: atMs,
    lastSource: from('203.0.113.5'),
    verdict: verdictOf('attack'),
    ...change,
  });

export const locked = (
  name: string,
  atMs: number,
  verdict: Verdict['kind'] = 'undecided',
  change: Partial<AccountView> = {},
): AccountView =>
  account(name, {
    status: 'locked',
    lockedAtMs: atMs,
    lastFailureAtMs: atMs,
    lastSource: from(verdict === 'attack' ? '203.0.113.5' : '10.0.0.8'),
    verdict: verdictOf(verdict, 'medium'),
    ...change,
  });

export const viewOf = (
  accounts: readonly AccountView[],
  nowMs = NOW,
  change: Partial<InstanceView> = {},
): InstanceView => ({
  id: INSTANCE,
  status: 'counting',
  reason: null,
  checkedAtMs: nowMs,
  evaluatedAtMs: nowMs,
  connection: 'following',
  failure: null,
  nextAttemptAtMs: null,
  catchUpProgress: null,
  computer: 'LAB-1',
  system: null,
  clockOffsetMs: 0,
  policy: null,
  auditing: 'on',
  accounts: [...accounts],
  verdict: verdictOf('undecided', 'low', []),
  eventsStored: 0,
  brokenRecords: 0,
  lastFailureAtMs: null,
  doubts: [],
  ...change,
});
