import type { AccountInspection, UnlockAnswer, UnlockTarget } from '../../shared/account-unlock';
import type { AppError } from '../../shared/errors';
import type { BrokenRecord, EventRecord } from '../../shared/evidence';
import type { LockoutPolicy } from '../../shared/policy';
import type { Result } from '../../shared/result';
import type { Filetime } from '../../shared/time';

/** What an instance says of itself. */
export interface InstanceFacts {
  readonly computer: string;
  /** Windows' product name and build, as it prints them. */
  readonly system: string;
  readonly domain: string | null;
  /** What kind of machine it is; absent is unknown. */
  readonly role?: 'standalone' | 'member' | 'domainController' | 'unknown';
  /** The instance's clock minus ours, in milliseconds; half of the round trip is the uncertainty. */
  readonly clockOffsetMs: number;
  readonly clockUncertaintyMs: number;
  readonly defaultShell: 'cmd' | 'powershell' | 'other';
  readonly elevated: boolean;
  /** Our own address as the instance sees it (`SSH_CONNECTION`); absent or null: it did not say, or saw another's. */
  readonly clientAddress?: string | null;
}

/** One local account as the instance's SAM shows it (R29: an attribute read). `null` is "not readable". */
export interface AccountReading {
  readonly name: string;
  readonly sid: string | null;
  readonly locked: boolean | null;
  readonly disabled: boolean | null;
  readonly badPasswordAttempts: number | null;
}

/** Audit settings by subcategory GUID; `unknown` is unknown, not off. */
export type AuditSetting = 'none' | 'success' | 'failure' | 'both' | 'unknown';
export interface AuditingReading {
  readonly logon: AuditSetting;
  readonly accountLockout: AuditSetting;
  readonly userAccountManagement: AuditSetting;
  readonly credentialValidation: AuditSetting;
}

/** The span of records a channel still holds. Null ids: the channel is empty. */
export interface ChannelState {
  readonly oldestRecordId: number | null;
  readonly newestRecordId: number | null;
  readonly recordCount: number;
}

export interface EventBatch {
  readonly events: readonly EventRecord[];
  readonly broken: { readonly count: number; readonly samples: readonly BrokenRecord[] };
  readonly bytes: number;
}

export interface ReadEventsRequest {
  readonly channel: string;
  readonly eventIds: readonly number[];
  /** Read records above this id; undefined: from `since`. */
  readonly afterRecordId: number | undefined;
  /** Only events written in the last so many milliseconds (by the instance's clock), for a first reading. */
  readonly sinceMs: number | undefined;
  /** At most so many records in this call, oldest first. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** Looks at single accounts where they are judged, and unlocks them. */
export interface AccountAccess {
  inspect(target: UnlockTarget, signal: AbortSignal): Promise<Result<AccountInspection>>;
  /** One attempt, never repeated by itself. An error may leave it done: only a later reading tells. */
  unlock(target: UnlockTarget, signal: AbortSignal): Promise<Result<UnlockAnswer>>;
}

/** An open session with one instance. Every method is safe to call again after a failure. */
export interface InstanceSession {
  readonly connectedAt: Filetime;
  readFacts(signal: AbortSignal): Promise<Result<InstanceFacts>>;
  readPolicy(signal: AbortSignal): Promise<Result<LockoutPolicy>>;
  readAccounts(signal: AbortSignal): Promise<Result<readonly AccountReading[]>>;
  readAuditing(signal: AbortSignal): Promise<Result<AuditingReading>>;
  readChannelState(channel: string, signal: AbortSignal): Promise<Result<ChannelState>>;
  /** Streams batches as they are parsed; the promise settles when the answer is complete. */
  readEvents(
    request: ReadEventsRequest,
    onBatch: (batch: EventBatch) => void,
  ): Promise<Result<{ complete: boolean; read: number }>>;
  /** Absent where the source cannot: on a domain controller it is about the domain's accounts, else the local ones. */
  readonly accounts?: AccountAccess;
  /** Called once when the connection ends for any reason but `close`. */
  onLost(listener: (error: AppError) => void): void;
  close(): Promise<void>;
}

/** Where the evidence about one instance comes from. */
export interface InstanceSource {
  connect(signal: AbortSignal): Promise<Result<InstanceSession>>;
}
