import type { Phrase } from '../../shared/account-status';
import type {
  Certificate,
  CertificateQuestion,
  DirectoryAccount,
  DirectoryCheckReport,
  DirectoryFields,
  DirectoryId,
  DirectoryView,
} from '../../shared/directory';
import type { DirectoryInput, DirectoryOutput } from '../../shared/directory-contract';
import type { KnownDomain } from '../../shared/domain-account';
import type { LockoutPolicy } from '../../shared/policy';
import type { Filetime } from '../../shared/time';
import type { PasswordOutcome } from '../secrets/password-tries';

type Call<I, O = null> = { readonly input: I; readonly output: O };

/** A directory to watch or to check: its profile, the certificates accepted for it. */
export interface DirectoryTarget {
  readonly id: DirectoryId | null;
  readonly fields: DirectoryFields;
  readonly certificates: readonly Certificate[];
}

/** An account of some domain that an instance's evidence speaks of. */
export interface WantedAccount {
  /** Domain as the evidence has it: NetBIOS or DNS. */
  readonly domain: string;
  readonly name: string;
  readonly sid: string | null;
}

/** What the PDC emulator says of a wanted account. Instants on its clock. */
export interface DomainReading {
  readonly name: string;
  readonly sid: string;
  /** On our clock. */
  readonly atMs: number;
  readonly enabled: boolean | null;
  readonly locked: boolean | null;
  readonly badPasswordCount: number | null;
  readonly badPasswordTime: Filetime | null;
  readonly lockoutTime: Filetime | null;
  /** Its governing policy; null: not known. */
  readonly policy: LockoutPolicy | null;
}

export interface DomainReadings {
  readonly id: DirectoryId;
  readonly domain: KnownDomain;
  /** The PDC emulator's clock minus ours. */
  readonly clockOffsetMs: number;
  readonly readings: readonly DomainReading[];
}

export interface DirectoryReport {
  readonly view: DirectoryView;
  readonly questions: readonly CertificateQuestion[];
}

/** An account read for an unlock: at the PDC emulator, now. */
export interface UnlockReading {
  readonly account: DirectoryAccount;
  readonly pdcHost: string;
  /** What a later reading is compared with: whatever changes it is something else to agree to. */
  readonly stamp: string;
  /** Whether the signed-in user may; null: the controller does not say. */
  readonly permitted: boolean | null;
}

export type DirectorySecretOwner =
  | { readonly kind: 'directory'; readonly id: DirectoryId }
  | { readonly kind: 'directoryCheck'; readonly checkId: string };

export type DirectoryHostRequests = {
  /** All directories to watch; those not named are stopped. */
  readonly 'directory.set': Call<readonly DirectoryTarget[]>;
  readonly 'directory.want': Call<readonly WantedAccount[]>;
  readonly 'directory.refresh': Call<{ id: DirectoryId }>;
  readonly 'directory.reconnect': Call<{ id: DirectoryId }>;
  readonly 'directory.accounts': Call<DirectoryInput<'accounts'>, DirectoryOutput<'accounts'>>;
  readonly 'directory.table': Call<DirectoryInput<'table'>, DirectoryOutput<'table'>>;
  readonly 'directory.readForUnlock': Call<{ id: DirectoryId; accountKey: string }, UnlockReading>;
  /** Only if the account is still as `stamp` says. */
  readonly 'directory.unlock': Call<
    { id: DirectoryId; accountKey: string; stamp: string },
    { verified: boolean; account: DirectoryAccount | null; notes: readonly Phrase[] }
  >;
  readonly 'directory.startCheck': Call<{ checkId: string; target: DirectoryTarget }>;
  readonly 'directory.cancelCheck': Call<{ checkId: string }>;
};

export type DirectoryMainRequests = {
  /** `place` is what it is about to be used for. Null: there is none. */
  readonly 'directory.secret': Call<
    { owner: DirectorySecretOwner; place: string },
    { text: string; version: number } | null
  >;
};

export type DirectoryHostEvents = {
  readonly 'directory.changed': DirectoryReport;
  readonly 'directory.read': DomainReadings;
  readonly 'directory.settled': {
    readonly owner: DirectorySecretOwner;
    readonly version: number;
    readonly outcome: PasswordOutcome;
  };
  readonly 'directory.checked': DirectoryCheckReport;
};
