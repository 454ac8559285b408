import {
  type AccountView,
  type InstanceView,
  noProofs,
  type PolicyView,
  type Verdict,
} from '../../shared/account-status';
import { emptySnapshot } from '../../shared/empty-snapshot';
import type { ConnectionProfile } from '../../shared/instance';
import type { Snapshot } from '../../shared/snapshot';

/** An instant that tests count from: 2026-03-04 10:00:00 UTC. */
export const NOW = Date.UTC(2026, 2, 4, 10, 0, 0);

export const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

export const undecided: Verdict = {
  kind: 'undecided',
  confidence: 'low',
  reasons: [],
  evidenceIncomplete: false,
};

export const accountView = (name: string, change: Partial<AccountView> = {}): AccountView => ({
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
  ...change,
});

export const policyView = (change: Partial<PolicyView> = {}): PolicyView => ({
  threshold: 10,
  observationWindowSeconds: 600,
  lockoutDurationSeconds: 600,
  lockoutAdmins: true,
  source: 'local',
  readAtMs: NOW - 60_000,
  warnings: [],
  ...change,
});

export const instanceView = (number: number, change: Partial<InstanceView> = {}): InstanceView => ({
  id: idOf(number),
  status: 'clear',
  reason: null,
  checkedAtMs: NOW - 3000,
  evaluatedAtMs: NOW,
  connection: 'following',
  failure: null,
  nextAttemptAtMs: null,
  catchUpProgress: null,
  computer: `HOST-${number}`,
  system: 'Windows Server 2022',
  clockOffsetMs: 120,
  policy: policyView(),
  auditing: 'on',
  accounts: [],
  lastFailureAtMs: null,
  verdict: undecided,
  eventsStored: 0,
  brokenRecords: 0,
  doubts: [],
  ...change,
});

export const profileOf = (number: number, change: Partial<ConnectionProfile> = {}): ConnectionProfile => ({
  id: idOf(number),
  name: `host-${number}`,
  group: '',
  tags: [],
  ssh: {
    host: `192.0.2.${number % 250}`,
    port: 22,
    user: 'Administrator',
    authentication: { kind: 'password' },
  },
  jumpHosts: [],
  rdpPort: 3389,
  membership: 'standalone',
  cloud: null,
  watch: 'normal',
  createdAtMs: NOW - 1e9,
  updatedAtMs: NOW - 1e8,
  ...change,
});

export const snapshotOf = (change: Partial<Snapshot> = {}): Snapshot => ({
  ...emptySnapshot({
    version: '0.1.0',
    platform: 'win32',
    officialRuntime: true,
    practice: false,
    systemLocale: 'en-GB',
  }),
  vault: { kind: 'os', backend: 'dpapi' },
  evidenceProcess: 'running',
  ...change,
});
