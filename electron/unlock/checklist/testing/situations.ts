import type { AccountView, InstanceView, PolicyView, Verdict } from '../../../../shared/account-status';
import { noProofs } from '../../../../shared/account-status';
import type { Checklist, ChecklistPart, ChecklistPartId } from '../../../../shared/checklist';
import type { IncidentSummary } from '../../../../shared/incident';
import type { Exposure } from '../../../../shared/isolation';
import type { RdpProof } from '../../../../shared/rdp';
import { sampleIsolation } from '../../../desktop/testing/sample-isolation';
import { sampleAccount, sampleId, sampleView } from '../../../desktop/testing/sample-view';
import { type ChecklistInput, type ChecklistMemory, emptyMemory, evaluateChecklist } from '../rules';

/** An incident that begins at `T0`; other instants are seconds after it. */
export const T0 = Date.UTC(2026, 2, 4, 10);
export const at = (seconds: number): number => T0 + seconds * 1000;

export const verdict = (kind: Verdict['kind']): Verdict => ({
  kind,
  confidence: 'high',
  reasons: [],
  evidenceIncomplete: false,
});

export const policy: PolicyView = {
  threshold: 10,
  observationWindowSeconds: 600,
  lockoutDurationSeconds: 600,
  lockoutAdmins: true,
  source: 'local',
  readAtMs: T0,
  warnings: [],
};

/** The built-in Administrator, locked at `T0` by an attack. */
export const administrator = (changes: Partial<AccountView> = {}): AccountView =>
  sampleAccount('Administrator', {
    sid: 'S-1-5-21-1-2-3-500',
    builtinAdministrator: true,
    status: 'locked',
    badPasswordCount: 10,
    lockedAtMs: T0,
    autoUnlockAtMs: at(600),
    relockSeconds: 28,
    paceSeconds: 3,
    verdict: verdict('attack'),
    proofs: { ...noProofs, lockSeenAtMs: T0, failureAtMs: T0, countedAtMs: T0 },
    ...changes,
  });

export const bob = (changes: Partial<AccountView> = {}): AccountView =>
  administrator({ ...sampleNames('bob', 1001), builtinAdministrator: false, ...changes });

export const sampleNames = (name: string, rid: number) => ({
  key: name.toLowerCase(),
  name,
  sid: `S-1-5-21-1-2-3-${rid}`,
});

export const proof = (seconds: number, changes: { by?: string; address?: string } = {}) => ({
  atMs: at(seconds),
  address: changes.address ?? null,
  by: changes.by ?? null,
});

/** Unlocked by a sign-in at the console, read as clear. */
export const wellAgain = (seconds: number, changes: Partial<AccountView> = {}): AccountView =>
  administrator({
    status: 'clear',
    badPasswordCount: 0,
    lockedAtMs: null,
    autoUnlockAtMs: null,
    relockSeconds: null,
    paceSeconds: null,
    proofs: {
      ...noProofs,
      lockSeenAtMs: T0,
      failureAtMs: T0,
      countedAtMs: T0,
      consoleSignIn: proof(seconds),
      readUnlockedAtMs: at(seconds + 2),
    },
    ...changes,
  });

export const incident = (changes: Partial<IncidentSummary> = {}): IncidentSummary => ({
  id: 'aaaaaaaa-0000-4000-8000-000000000001',
  instanceId: sampleId(1),
  instanceName: 'web-1',
  state: 'open',
  openedAtMs: T0,
  closedAtMs: null,
  closedBy: null,
  verdict: verdict('attack'),
  accounts: [{ key: 'administrator', name: 'Administrator', everLocked: true }],
  focusAccountKey: 'administrator',
  failures: 10,
  addresses: 3,
  lastEvidenceAtMs: T0,
  ...changes,
});

export const exposure = (
  said: Exposure['verdict'],
  seconds: number,
  changes: Partial<Exposure> = {},
): Exposure => ({
  takenAtMs: at(seconds),
  rdpPort: 3389,
  verdict: said,
  udp: said,
  reasons: [],
  rows: [],
  remaining: [],
  reachable: { ipv4: [], ipv6: [], more: false },
  trustedShutOut: [],
  ...changes,
});

const entry = {
  id: 'e-1',
  admin: 'erin',
  reason: '',
  incident: '',
  createdAtMs: at(20),
  strategy: 'overlayDeny' as const,
  trusted: [] as string[],
  verification: null,
};
export const open = (seconds = 1) => sampleIsolation(1, { exposure: exposure('open', seconds) });
export const isolated = (seconds = 30, changes: Partial<Exposure> = {}) =>
  sampleIsolation(1, { state: 'isolated', entry, exposure: exposure('closed', seconds, changes) });
export const trusted = (seconds = 100, changes: Partial<Exposure> = {}) =>
  sampleIsolation(1, {
    state: 'restoredToTrust',
    entry: { ...entry, trusted: ['203.0.113.7/32'] },
    exposure: exposure('trustedOnly', seconds, changes),
  });

export const rdpProof = (
  seconds: number,
  changes: Partial<Pick<RdpProof, 'verdict' | 'via'>> = {},
): Pick<RdpProof, 'atMs' | 'verdict' | 'via'> => ({
  atMs: at(seconds),
  via: 'here',
  verdict: 'rdpWithNla',
  ...changes,
});

export const view = (
  accounts: readonly AccountView[],
  seconds: number,
  changes: Partial<InstanceView> = {},
): InstanceView =>
  sampleView(1, accounts, {
    checkedAtMs: at(seconds),
    evaluatedAtMs: at(seconds),
    policy,
    lastFailureAtMs: accounts.reduce<number | null>((last, { proofs }) => proofs.failureAtMs ?? last, null),
    ...changes,
  });

/** The attack as it stands at `seconds`, with a cloud that can do everything. */
export const situation = (seconds: number, changes: Partial<ChecklistInput> = {}): ChecklistInput => ({
  incident: incident(),
  view: view([administrator()], seconds),
  isolation: open(),
  instance: { name: 'web-1', rdpPort: 3389, vnc: false },
  provider: { isolation: 'overlayDeny', console: 'url', passwordReset: 'reboot' },
  nowMs: at(seconds),
  ...changes,
});

export const partsOf = (checklist: Checklist): ChecklistPart[] =>
  checklist.steps.flatMap(({ parts }) => parts);

export function partOf(checklist: Checklist, id: ChecklistPartId): ChecklistPart {
  const part = partsOf(checklist).find((one) => one.id === id);
  if (!part) throw new Error(`no part ${id}`);
  return part;
}

/** One look after the other, each with the memory of the one before. */
export function follow(inputs: readonly ChecklistInput[], memory: ChecklistMemory = emptyMemory) {
  let last = { memory, checklist: null as Checklist | null, changes: [] as string[] };
  for (const input of inputs) {
    const { checklist, memory: kept, changes } = evaluateChecklist(input, last.memory);
    const told = changes.map(({ part, to, by }) => `${part} ${to} ${by}`);
    last = { checklist, memory: kept, changes: [...last.changes, ...told] };
  }
  const { checklist } = last;
  if (!checklist) throw new Error('nothing to follow');
  return { ...last, checklist, part: (id: ChecklistPartId) => partOf(checklist, id) };
}

/** From the attack to the proof, as evidence brings it; RDP is to be probed after 105 s. */
export const drill: readonly ChecklistInput[] = [
  situation(10),
  situation(35, { isolation: isolated() }),
  situation(62, { isolation: isolated(), view: view([wellAgain(60)], 62) }),
  situation(105, { isolation: trusted(), view: view([wellAgain(60)], 105) }),
  situation(130, {
    isolation: trusted(),
    view: view(
      [
        wellAgain(60, {
          proofs: { ...wellAgain(60).proofs, remoteDesktopSignIn: proof(120, { address: '203.0.113.7' }) },
        }),
      ],
      130,
    ),
  }),
  situation(230, {
    isolation: trusted(),
    view: view(
      [wellAgain(60, { proofs: { ...wellAgain(60).proofs, remoteDesktopSignIn: proof(120) } })],
      230,
    ),
  }),
];
