import type { ConnectionState, Phrase } from '../../shared/account-status';
import type { AccountInspection, UnlockAnswer, UnlockTarget } from '../../shared/account-unlock';
import type { CheckReport } from '../../shared/check';
import type { RequestInput, RequestOutput } from '../../shared/contract';
import type { AppError } from '../../shared/errors';
import type { IncidentEvidence, IncidentEvidenceQuery } from '../../shared/incident';
import type {
  Hop,
  HostKey,
  HostKeyQuestion,
  InstanceId,
  SshEndpoint,
  Vnc,
  WatchLevel,
} from '../../shared/instance';
import type { ReplayReport } from '../../shared/replay';
import type { Settings } from '../../shared/settings';
import type { Notice } from '../../shared/snapshot';
import type { TradeOff } from '../../shared/trade-off';
import type { AccountRecord, InstanceModel } from '../lockout';
import type { PasswordOutcome } from '../secrets/password-tries';
import type { Findings } from '../unlock/rdp/rules/findings';
import type { DirectoryHostEvents, DirectoryHostRequests, DirectoryMainRequests } from './directory-protocol';
import type { RdpProbeRequest } from './rdp-probes';
import type { PollSettings } from './schedule';
import type { TradeOffQuestion } from './trade-off';

/** The settings that the evidence process works by. */
export type HostSettings = PollSettings & Pick<Settings, 'retention' | 'readKnownHosts'>;

/** An instance to connect to: what the process needs of a profile, and the host keys pinned for it. */
export interface ConnectTarget {
  readonly endpoint: SshEndpoint;
  readonly jumpHosts: readonly SshEndpoint[];
  readonly pins: readonly HostKey[];
}

export interface WatchTarget extends ConnectTarget {
  readonly id: InstanceId;
  readonly level: WatchLevel;
  readonly membership: 'standalone' | 'domain';
}

/** Whose secret is asked for: an instance's from the vault, or one typed for a check. */
export type SecretOwner =
  | { readonly kind: 'instance'; readonly id: InstanceId }
  | { readonly kind: 'check'; readonly checkId: string };

/** Where the watcher of one instance stands. Times in milliseconds since 1970, on our clock. */
export interface WatcherReport {
  readonly id: InstanceId;
  readonly connection: ConnectionState;
  readonly failure: AppError | null;
  readonly nextAttemptAtMs: number | null;
  readonly catchUpProgress: number | null;
  /** When the newest reading that the status may rest on was taken. */
  readonly checkedAtMs: number | null;
  readonly computer: string | null;
  readonly system: string | null;
  readonly clockOffsetMs: number | null;
  /** Our own address as the instance sees it. */
  readonly clientAddress: string | null;
  readonly eventsStored: number;
  readonly brokenRecords: number;
  readonly doubts: readonly Phrase[];
  /** The host key that the watcher stopped at. */
  readonly question: HostKeyQuestion | null;
}

/** What changed of a model since the message before: everything but the accounts, and the accounts that differ. */
export interface ModelDelta {
  readonly rest: Omit<InstanceModel, 'accounts'>;
  readonly accounts: readonly (readonly [string, AccountRecord])[];
  readonly removed: readonly string[];
  /** Forget the accounts that were sent before. */
  readonly whole: boolean;
}

type Of<M extends keyof import('../../shared/contract').Requests['instance']> = {
  readonly input: RequestInput<'instance', M>;
  readonly output: RequestOutput<'instance', M>;
};
type Call<I, O = null> = { readonly input: I; readonly output: O };

/** What main asks of the evidence process. */
export type HostRequests = DirectoryHostRequests & {
  /** First of all. Tells where a database that could not be read was put. */
  readonly 'host.open': Call<
    { databasePath: string; thorough: boolean; settings: HostSettings },
    { keptAside: string | null }
  >;
  readonly 'host.settings': Call<HostSettings>;
  /** All instances to watch; those not named are stopped. */
  readonly 'targets.set': Call<readonly WatchTarget[]>;
  readonly 'host.suspend': Call<null>;
  readonly 'host.resume': Call<null>;
  readonly 'host.close': Call<null>;
  readonly 'instance.refresh': Call<{ id: InstanceId }>;
  readonly 'instance.reconnect': Call<{ id: InstanceId }>;
  /** Removes all evidence of these instances. */
  readonly 'instance.forget': Call<{ ids: readonly InstanceId[] }>;
  /** How one account stands where it is judged: on a domain controller the domain's, else the machine's own. */
  readonly 'account.inspect': Call<{ id: InstanceId; target: UnlockTarget }, AccountInspection>;
  /** Unlocks it, once. An error may leave it done. */
  readonly 'account.unlock': Call<{ id: InstanceId; target: UnlockTarget }, UnlockAnswer>;
  /** The connected domain controllers. */
  readonly 'account.controllers': Call<null, { id: InstanceId; domain: string | null }[]>;
  readonly 'query.timeline': Of<'timeline'>;
  readonly 'query.sources': Of<'sources'>;
  readonly 'query.incident': Call<IncidentEvidenceQuery, IncidentEvidence>;
  readonly 'query.tradeOff': Call<TradeOffQuestion, Omit<TradeOff, 'assumptions'>>;
  readonly 'query.cancelTradeOff': Call<null>;
  readonly 'query.evidence': Of<'evidence'>;
  readonly 'query.brokenRecords': Of<'brokenRecords'>;
  /** Looks at the Remote Desktop port from the instance itself; one connection of its own, no credentials. */
  readonly 'rdp.probe': Call<RdpProbeRequest, Findings>;
  readonly 'rdp.cancel': Call<{ probeId: string }>;
  readonly 'check.start': Call<{ checkId: string; instanceId: InstanceId | null; target: ConnectTarget }>;
  readonly 'check.cancel': Call<{ checkId: string }>;
  readonly 'replay.start': Call<
    { files: readonly string[]; ownAddresses: readonly string[] },
    ReplayReport[]
  >;
  readonly 'replay.cancel': Call<null>;
  /** Connects to a VNC server; its bytes go over the port that comes with the request, and past main. */
  readonly 'console.connect': Call<{ id: InstanceId; vnc: Vnc }>;
};

/** What the evidence process asks of main. */
export type MainRequests = DirectoryMainRequests & {
  /** `place` is where it is about to be used, as `hopsOf` says it. Null: this hop has none. */
  readonly 'secret.read': Call<
    { owner: SecretOwner; hop: Hop; place: string },
    { text: string; version: number } | null
  >;
};

/** What the evidence process tells main. */
export type HostEvents = DirectoryHostEvents & {
  readonly 'instance.changed': { readonly report: WatcherReport; readonly model: ModelDelta | null };
  readonly 'secret.settled': {
    readonly owner: SecretOwner;
    readonly hop: Hop;
    readonly version: number;
    readonly outcome: PasswordOutcome;
  };
  readonly 'check.progress': CheckReport;
  readonly 'replay.progress': {
    readonly file: string;
    readonly bytesRead: number;
    readonly bytesTotal: number;
  };
  readonly 'notice.raised': Notice;
  readonly 'notice.cleared': { readonly id: string };
};

// biome-ignore lint/complexity/noBannedTypes: main tells the process nothing without being answered
export type MainEvents = {};
