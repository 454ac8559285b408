import type { LockoutPolicy } from '../../shared/policy';
import type { Filetime, Ticks } from '../../shared/time';

/** A sentence as data: a catalogue key and its values. No words are made in this folder. */
export interface Reason {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What kind of machine the instance is; it decides where its accounts are judged (R26). */
export type InstanceRole = 'standalone' | 'member' | 'domainController' | 'unknown';

/** Whether the instance itself judges the account's password. */
export type Authority = 'here' | 'elsewhere';

/** Whether the account is the built-in Administrator (RID 500): known by SID, or only guessed by its name. */
export type BuiltinAdministrator = 'yes' | 'likely' | 'no';

/** Who an event or reading speaks of, normalised (R26). */
export interface AccountRef {
  /** Unique in one instance: `name` for an account judged here, `domain\name` otherwise; lower case. */
  readonly key: string;
  readonly name: string;
  /** Domain as written, without the computer's own name; null for a local account. */
  readonly domain: string | null;
  readonly sid: string | null;
  readonly authority: Authority;
  readonly builtinAdministrator: BuiltinAdministrator;
}

export type Counts = 'yes' | 'no' | 'uncertain';

/** Why an attempt failed, from its code (R24) or its event. */
export type FailureReason =
  | 'wrongPassword'
  | 'noSuchUser'
  | 'lockedOut'
  | 'disabled'
  | 'logonHours'
  | 'workstationDenied'
  | 'passwordExpired'
  | 'accountExpired'
  | 'mustChangePassword'
  | 'logonTypeDenied'
  | 'revoked'
  | 'noSmartcardSupport'
  | 'environment'
  | 'passwordChangeRefused'
  | 'generic'
  | 'unknownCode';

/** Where an inferred address was taken from. */
export interface InferredFrom {
  readonly channel: string;
  readonly eventId: number;
  readonly recordId: number;
}

/** What one row of an account's trail says. */
export type TrailKind = 'failure' | 'success' | 'lock' | 'unlock' | 'passwordReset' | 'reading';

/**
 * `console`: at the instance's own screen. `remoteDesktop`: a session over RDP. `network`: NTLM over the network, as NLA
 * makes it before the session begins; a file share makes one just like it.
 */
export type SignInPlace = 'console' | 'remoteDesktop' | 'network';

/** One thing known about an account, newest last in `AccountRecord.trail`. Rows are never changed in place. */
export interface TrailRow {
  readonly kind: TrailKind;
  readonly time: Filetime;
  readonly channel: string;
  readonly recordId: number;
  readonly eventId: number;
  readonly counts: Counts;
  readonly reason: FailureReason | null;
  readonly code: number;
  readonly address: string | null;
  /** Set when the event itself had no address and another event near in time gave it. */
  readonly inferredFrom: InferredFrom | null;
  readonly workstation: string | null;
  readonly logonType: number | null;
  readonly process: string | null;
  /** The second event of the same attempt, merged into this row (R26). */
  readonly mergedWith: { readonly eventId: number; readonly recordId: number } | null;
  /** A later attribute reading showed that this failure was not counted (R14). */
  readonly refuted: boolean;
  /** For a success that proves a password: how it was entered, when that can be told (R27, R28). */
  readonly signIn: SignInPlace | null;
  /** For an unlock: who did it. For a lock: the caller computer (R26). */
  readonly by: string | null;
  readonly reading: AccountReading | null;
}

/** One account's state as its authority gave it (R29). All times on the instance's clock. */
export interface AccountReading {
  readonly name: string;
  readonly domain: string | null;
  readonly sid: string | null;
  readonly at: Filetime;
  /** Where it was read: the local SAM, the PDC emulator, another DC (its counts do not count, R20), an RODC (R22). */
  readonly origin: 'local' | 'pdc' | 'dc' | 'rodc';
  readonly enabled: boolean | null;
  readonly locked: boolean | null;
  readonly badPasswordCount: number | null;
  readonly badPasswordTime: Filetime | null;
  /** 0n: read and not set; null: not readable (local accounts). */
  readonly lockoutTime: Filetime | null;
  /** The account's resultant policy when it has its own (PSO, R3). */
  readonly policy: LockoutPolicy | null;
}

export interface LockEvidence {
  readonly at: Filetime;
  /** False: the lock was seen, not its beginning; `at` is then the latest it can have begun. */
  readonly exact: boolean;
  readonly proof: 'event' | 'attribute' | 'flag' | 'refusal';
  /** The last time something showed that it was locked. */
  readonly lastSeen: Filetime;
}

/** What the evidence up to the newest row adds up to. */
export interface EvidenceState {
  /** Stored (raw) count, never above a known threshold (R7). */
  readonly badPasswordCount: number;
  /** 0n: none known. */
  readonly badPasswordTime: Filetime;
  readonly lock: LockEvidence | null;
  /** Passwords that were judged although the running count stood at the threshold: then the count was too high. */
  readonly judgedPastThreshold: number;
  /** Failures in the running count that may or may not have counted. */
  readonly uncertainFailures: number;
  /** The last of them; 0n none. */
  readonly uncertainAt: Filetime;
  /** Whether the count rests on events only (an upper bound, R14) or was read. */
  readonly countBasis: 'none' | 'events' | 'reading' | 'readingAndEvents';
  /** The last time something showed that it was not locked; 0n never. */
  readonly unlockedSeenAt: Filetime;
  /** The last time count and lock were both known for certain; 0n never. */
  readonly settledAt: Filetime;
  /** The last time a clearing event (4767, success) was seen; 0n never. */
  readonly clearedAt: Filetime;
}

/** The newest event of one kind; by time, then record id. */
export interface ProofEvent {
  readonly at: Filetime;
  readonly recordId: number;
  /** Where a sign-in came from; null for what has no address, or none that was written. */
  readonly address: string | null;
  /** Who did it to the account; null where the event names nobody else. */
  readonly by: string | null;
}

/** The newest of what shows how an account got well again. Unlike the trail, no flood of failures pushes it out. */
export interface AccountProofs {
  readonly consoleSignIn: ProofEvent | null;
  readonly remoteDesktopSignIn: ProofEvent | null;
  readonly networkSignIn: ProofEvent | null;
  /** 4767. */
  readonly unlock: ProofEvent | null;
  /** 4724: neither unlocks nor clears (R12). */
  readonly passwordReset: ProofEvent | null;
  /** The first reading since `lockSeenAt` in which its authority said that it is not locked; 0n never. */
  readonly readUnlockedAt: Filetime;
  /** The last event that showed it locked, or the first reading that did since it was well; 0n never. */
  readonly lockSeenAt: Filetime;
  /** The last failure of any kind, refusals of the locked account among them; 0n none. */
  readonly failureAt: Filetime;
  /** The last failure that counted or may have; 0n none. */
  readonly countedAt: Filetime;
}

/** Counts by key, bounded: `counts` are never overstated, what was pushed out is in `others`. */
export interface TallyEntry {
  readonly key: string;
  readonly count: number;
  readonly first: Filetime;
  readonly last: Filetime;
  /** How many of `count` were inferred from another event. */
  readonly inferred: number;
}
export interface Tally {
  readonly entries: ReadonlyMap<string, TallyEntry>;
  /** Occurrences whose key had to make room. */
  readonly others: number;
  /** How often a key had to make room (at most this many further keys). */
  readonly evictedKeys: number;
}

/** Everything kept about one account. */
export interface AccountRecord {
  readonly ref: AccountRef;
  readonly enabled: boolean | null;
  /** Its own policy (PSO) when read. */
  readonly policy: LockoutPolicy | null;
  /** State before the row `trail[folded]`. */
  readonly base: EvidenceState;
  /** How many rows at the head of `trail` are in `base` already: they were judged by an earlier policy (R16). */
  readonly folded: number;
  /** State after the last row of `trail`. */
  readonly state: EvidenceState;
  /** The newest rows (at most 64) by time. */
  readonly trail: readonly TrailRow[];
  readonly firstSeen: Filetime;
  readonly lastSeen: Filetime;
  readonly failuresCounted: number;
  readonly failuresByReason: Readonly<Partial<Record<FailureReason, number>>>;
  /** Failures of this account that carried or were given no address. */
  readonly failuresWithoutAddress: number;
  readonly addresses: Tally;
  readonly workstations: Tally;
  /** Locks and unlocks (at most 32), newest last. */
  readonly marks: readonly TrailRow[];
  readonly proofs: AccountProofs;
}

export type GapReason = 'logCleared' | 'recordsMissing' | 'logRebuilt' | 'beforeFirstRecord' | 'broken';
/** Evidence before `at` may be missing. */
export interface Gap {
  readonly at: Filetime;
  readonly reason: GapReason;
  readonly channel: string;
}

/** Which audit subcategories are on (R25): null when not read. */
export interface AuditingReading {
  readonly logonFailure: boolean | null;
  readonly accountLockoutFailure: boolean | null;
  readonly userAccountManagementSuccess: boolean | null;
}

/** An address seen near in time by another channel. */
export interface AddressHint {
  readonly kind: 'ssh' | 'rdpFailed' | 'rdpUser' | 'rdpConnection';
  readonly time: Filetime;
  readonly address: string;
  readonly user: string | null;
  readonly from: InferredFrom;
}

/** Where an account's password may be kept or used, for the admin to look at; proves nothing. */
export interface CauseHint {
  readonly kind: 'explicitCredentials' | 'rdpSession';
  readonly time: Filetime;
  readonly accountKey: string;
  readonly process: string | null;
  readonly target: string | null;
  readonly address: string | null;
  readonly clientName: string | null;
}

/** One failure as the whole instance sees it, for what happens across accounts. */
export interface RecentFailure {
  readonly time: Filetime;
  readonly accountKey: string;
  readonly exists: boolean;
  readonly address: string | null;
  readonly channel: string;
  readonly recordId: number;
  readonly eventId: number;
  /** A second event of the same attempt was merged into it (R26). */
  readonly merged: boolean;
}

/** A failure that a later hint may still give an address. */
export interface PendingAddress {
  readonly accountKey: string;
  readonly time: Filetime;
  readonly channel: string;
  readonly recordId: number;
  /** Strength of the hints that decided so far, 0 the strongest; null: none yet. */
  readonly decidedBy: number | null;
  /** Hints of that strength name different addresses: none is believed. */
  readonly ambiguous: boolean;
}

/** Which records of one channel have been taken in. */
export interface ChannelMark {
  /** Ids at or below it count as seen. */
  readonly floor: number;
  /** Ids above the floor that were seen, ascending. */
  readonly seen: readonly number[];
  readonly lastTime: Filetime;
}

/** The folded evidence of one instance: bounded, plain data, structured-cloneable. See `encodeModel`. */
export interface InstanceModel {
  readonly version: 1;
  /** The instance's own name, first label; null until known from events. */
  readonly computer: string | null;
  readonly role: InstanceRole;
  /** Instance clock minus our clock, in ticks. */
  readonly clockOffset: Ticks;
  readonly localPolicy: { readonly policy: LockoutPolicy; readonly at: Filetime } | null;
  readonly domainPolicy: { readonly policy: LockoutPolicy; readonly at: Filetime } | null;
  readonly auditing: (AuditingReading & { readonly at: Filetime }) | null;
  readonly accounts: ReadonlyMap<string, AccountRecord>;
  /** Accounts pushed out because there were too many. */
  readonly accountsForgotten: number;
  /** Names that do not exist here, by tries. */
  readonly unknownNames: Tally;
  readonly addresses: Tally;
  readonly recentFailures: readonly RecentFailure[];
  readonly addressHints: readonly AddressHint[];
  readonly pendingAddresses: readonly PendingAddress[];
  readonly causeHints: readonly CauseHint[];
  readonly gaps: readonly Gap[];
  /** By `computer|channel`. */
  readonly marks: ReadonlyMap<string, ChannelMark>;
  readonly eventsApplied: number;
  /** Time of the newest event. 0n: none. */
  readonly lastEventAt: Filetime;
}

export type AccountStatusState = 'locked' | 'counting' | 'clear' | 'unknown';

/** How the count is to be read. `atMost` is the rule for counts from events alone (R14). */
export type CountBound = 'exact' | 'atLeast' | 'atMost' | 'unknown';

export interface AccountStatus {
  readonly ref: AccountRef;
  readonly state: AccountStatusState;
  /** What the state rests on, or why it is unknown. First the weightiest. */
  readonly reasons: readonly Reason[];
  /** False when something in `reasons` casts doubt on the state. */
  readonly certain: boolean;
  /** When `state` is unknown: what was last known, if anything. */
  readonly lastKnown: Exclude<AccountStatusState, 'unknown'> | null;
  readonly enabled: boolean | null;
  /** Effective count (R6); null when not known at all. */
  readonly badPasswordCount: number | null;
  readonly countBound: CountBound;
  readonly badPasswordTime: Filetime | null;
  readonly threshold: number | null;
  /** When it locked; `lockedAtExact` false: at the latest then. */
  readonly lockedAt: Filetime | null;
  readonly lockedAtExact: boolean;
  /** First instant at which it is no longer locked; 'untilAdmin'; null when not locked or not known (R9). */
  readonly autoUnlockAt: Filetime | 'untilAdmin' | null;
  /** Built-in Administrator: only network logons are refused (R4). */
  readonly networkOnly: boolean;
  /** The next instant at which this answer changes without new evidence; null: never. */
  readonly nextChangeAt: Filetime | null;
}

export interface InstanceStatus {
  /** The worst state of its accounts judged here; unknown when nothing can be said. */
  readonly state: AccountStatusState;
  readonly reasons: readonly Reason[];
  readonly checkedAt: Filetime | null;
  readonly stale: boolean;
  readonly accounts: readonly AccountStatus[];
  readonly locked: number;
  readonly counting: number;
  readonly unknown: number;
  readonly nextChangeAt: Filetime | null;
}

/** How fresh the evidence is. Times on the instance's clock (`instanceTime`). */
export interface Freshness {
  readonly checkedAt: Filetime | null;
  readonly maxAge: Ticks;
}

/** The steady rhythm of an account's failures. */
export interface Pace {
  /** Mean ticks between counted failures lately. */
  readonly meanInterval: Ticks;
  /** Set when the intervals hardly vary. */
  readonly steadyPeriod: Ticks | null;
  readonly failures: number;
  readonly lastAt: Filetime;
  /** Whether a next failure is still due at this pace. */
  readonly alive: boolean;
}

export interface Forecast {
  /** Failures left before it locks; 'infinite' when it never locks; null when not known (R30). */
  readonly remaining: number | 'infinite' | null;
  readonly countResetsAt: Filetime | null;
  readonly autoUnlockAt: Filetime | 'untilAdmin' | null;
  readonly pace: Pace | null;
  /** When it locks if the pace holds; null: it does not, or nothing can be said. */
  readonly locksAt: Filetime | null;
  /** While locked: when it would lock again if the pace holds after the automatic unlock. */
  readonly relocksAt: Filetime | null;
  /** Ticks from an unlock to the next lock at this pace. */
  readonly relockAfter: Ticks | null;
  /** The source's period is longer than the observation window: it never locks alone. */
  readonly neverLocksAlone: boolean;
  readonly reasons: readonly Reason[];
}

export type VerdictKind = 'attack' | 'staleCredential' | 'typo' | 'ownDoing' | 'undetermined' | 'none';
export interface Verdict {
  readonly kind: VerdictKind;
  readonly confidence: 'low' | 'medium' | 'high';
  readonly reasons: readonly Reason[];
  /** Addresses are missing, or records are: the verdict may be wrong for it. */
  readonly evidenceIncomplete: boolean;
  readonly incompleteReasons: readonly Reason[];
}
