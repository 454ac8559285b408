import type { DirectoryReading } from '../../shared/directory';
import type { AppError } from '../../shared/errors';
import type { WatchLevel } from '../../shared/instance';
import { ok, type Result } from '../../shared/result';
import {
  type AccountName,
  mayReadState,
  readChangedSince,
  readLockedAndCounting,
  readNamed,
  type StoredAccount,
} from '../sources/directory/accounts';
import { readAllPsos, readDomainPolicy, readPso } from '../sources/directory/policies';
import type { ControllerSession, SearchCost } from '../sources/directory/session';
import { type RootDse, readRootDse, type Topology } from '../sources/directory/topology';
import type { Clock } from './clock';
import type { DomainState } from './directory-domain';
import { DIRECTORY_TUNING, POLICIES_AFTER_CHANGE_MS, POLICIES_EVERY_MS } from './directory-tuning';

export interface FollowerEvents {
  /** Everything was read, and again after every look. */
  read(): void;
  /** Until the time is over or somebody is in a hurry. */
  pause(ms: number): Promise<void>;
  goesOn(): boolean;
}

export interface FollowedDomain {
  setTopology(topology: Topology): void;
  /** Why it ended; null when `goesOn` said so or the signal fired. */
  follow(
    session: ControllerSession,
    root: RootDse,
    signal: AbortSignal,
    events: FollowerEvents,
  ): Promise<AppError | null>;
}

export interface FollowerOptions {
  readonly clock: Clock;
  readonly level: Exclude<WatchLevel, 'off'>;
  readonly domain: DomainState;
  /** Accounts to read at every look, whatever has changed. */
  readonly wanted: () => readonly AccountName[];
  readonly onWanted: (accounts: readonly StoredAccount[], readAtMs: number) => void;
  /** Every reading, with when it began; whole: of all accounts with a stored lock or count. */
  readonly onRead: (accounts: readonly StoredAccount[], begunAtMs: number, whole: boolean) => void;
}

interface Reading {
  readonly accounts: readonly StoredAccount[];
  readonly begunAtMs: number;
  readonly atMs: number;
  readonly cost: Pick<DirectoryReading, 'durationMs' | 'bytes' | 'entries'>;
}

/** Reads one domain at its PDC emulator: all of it now and then, what changed at every look. */
export class DirectoryFollower implements FollowedDomain {
  readonly #options: FollowerOptions;
  checkedAtMs: number | null = null;
  lastFull: DirectoryReading | null = null;
  lastIncremental: DirectoryReading | null = null;
  readable = true;
  #fullDueAtMs = 0;
  #settingsName: string | null = null;
  #usn: bigint | null = null;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  setTopology(topology: Topology): void {
    this.#options.domain.topology = topology;
  }

  /** The next look reads everything. */
  readAllNow(): void {
    this.#fullDueAtMs = 0;
  }

  async follow(
    session: ControllerSession,
    root: RootDse,
    signal: AbortSignal,
    events: FollowerEvents,
  ): Promise<AppError | null> {
    const { level } = this.#options;
    const may = await mayReadState(session, root.domainName, signal);
    if (!may.ok) return may.error;
    this.readable = may.value;
    // Another controller, or the same one's database put back to an earlier state, counts its own way.
    if (this.#settingsName !== root.settingsName) this.#usn = null;
    this.#settingsName = root.settingsName;
    const first = await readPolicies(session, root.domainName, this.#options, signal);
    if (!first.ok) return first.error;
    this.#fullDueAtMs = 0;
    while (!signal.aborted && events.goesOn()) {
      const looked = await this.#look(session, root, signal);
      if (!looked.ok) return looked.error;
      events.read();
      await events.pause(DIRECTORY_TUNING[level].pollMs);
    }
    return null;
  }

  /** One look: what the directory's own count of changes says, and only what it gives reason to read. */
  async #look(session: ControllerSession, root: RootDse, signal: AbortSignal): Promise<Result<null>> {
    const { clock, level, domain } = this.#options;
    const begunAtMs = clock.now();
    const now = await readRootDse(session, () => clock.now(), signal);
    if (!now.ok) return now;
    const { clockOffsetMs, highestUsn } = now.value;
    if (clockOffsetMs !== null) this.#setClockOffset(clockOffsetMs);
    const before = this.#usn;
    const rewound = before !== null && highestUsn !== null && highestUsn < before;
    const changed = before === null || highestUsn === null || highestUsn !== before;
    const policyAge = begunAtMs - domain.policyReadAtMs;
    if (policyAge > POLICIES_EVERY_MS || (changed && policyAge > POLICIES_AFTER_CHANGE_MS)) {
      const policies = await readPolicies(session, root.domainName, this.#options, signal);
      if (!policies.ok) return policies;
    }
    if (before === null || rewound || begunAtMs >= this.#fullDueAtMs) {
      const full = await this.#readAll(session, root, signal);
      if (!full.ok) return full;
      this.#fullDueAtMs = begunAtMs + DIRECTORY_TUNING[level].fullMs;
    } else if (changed) {
      const some = await this.#readChanges(session, root, before + 1n, signal);
      if (!some.ok) return some;
    }
    this.#usn = highestUsn;
    const wanted = await this.#readWanted(session, root, signal);
    if (!wanted.ok) return wanted;
    const psos = await readMissingPsos(session, domain, signal);
    if (!psos.ok) return psos;
    this.checkedAtMs = begunAtMs;
    return ok(null);
  }

  /** The reading is of whole seconds: a change smaller than that is none. */
  #setClockOffset(offsetMs: number): void {
    const { domain } = this.#options;
    if (Math.abs(offsetMs) < 1500) domain.clockOffsetMs = 0;
    else if (Math.abs(offsetMs - domain.clockOffsetMs) > 1500) domain.clockOffsetMs = Math.round(offsetMs);
  }

  async #readAll(session: ControllerSession, root: RootDse, signal: AbortSignal): Promise<Result<null>> {
    const { domain, onRead } = this.#options;
    const read = await this.#reading((take) => readLockedAndCounting(session, root.domainName, take, signal));
    if (!read.ok) return read;
    const { accounts, begunAtMs, atMs, cost } = read.value;
    domain.replaceAll(accounts, begunAtMs, atMs);
    onRead(accounts, begunAtMs, true);
    this.lastFull = { kind: 'full', atMs, ...cost };
    return ok(null);
  }

  async #readChanges(
    session: ControllerSession,
    root: RootDse,
    fromUsn: bigint,
    signal: AbortSignal,
  ): Promise<Result<null>> {
    const read = await this.#reading((take) =>
      readChangedSince(session, root.domainName, fromUsn, take, signal),
    );
    if (!read.ok) return read;
    this.#putSome(read.value);
    this.lastIncremental = { kind: 'incremental', atMs: read.value.atMs, ...read.value.cost };
    return ok(null);
  }

  async #readWanted(session: ControllerSession, root: RootDse, signal: AbortSignal): Promise<Result<null>> {
    const { wanted, onWanted } = this.#options;
    const names = wanted();
    if (names.length === 0) return ok(null);
    const read = await this.#reading((take) => readNamed(session, root.domainName, names, take, signal));
    if (!read.ok) return read;
    this.#putSome(read.value);
    onWanted(read.value.accounts, read.value.atMs);
    return ok(null);
  }

  /** One reading: the accounts it gave, when it began and ended, and what it cost. */
  async #reading(
    read: (take: (account: StoredAccount) => void) => Promise<Result<SearchCost>>,
  ): Promise<Result<Reading>> {
    const { clock } = this.#options;
    const begunAtMs = clock.now();
    const accounts: StoredAccount[] = [];
    const done = await read((account) => accounts.push(account));
    if (!done.ok) return done;
    const atMs = clock.now();
    const { bytes, entries } = done.value;
    return ok({ accounts, begunAtMs, atMs, cost: { durationMs: atMs - begunAtMs, bytes, entries } });
  }

  /** Accounts of a reading that leaves all others as they were. */
  #putSome({ accounts, begunAtMs, atMs }: Reading): void {
    const { domain, onRead } = this.#options;
    for (const account of accounts) domain.put(account, atMs);
    onRead(accounts, begunAtMs, false);
  }
}

/** The domain's own policy and all password settings objects that may be read. */
export async function readPolicies(
  session: ControllerSession,
  domainName: string,
  { domain, clock }: { readonly domain: DomainState; readonly clock: Clock },
  signal: AbortSignal,
): Promise<Result<null>> {
  const policy = await readDomainPolicy(session, domainName, signal);
  if (!policy.ok) return policy;
  const psos = await readAllPsos(session, domainName, signal);
  if (!psos.ok) return psos;
  domain.setPolicies(policy.value, psos.value, clock.now());
  return ok(null);
}

/** Password settings objects that govern somebody and were not among those that were read (R3). */
export async function readMissingPsos(
  session: ControllerSession,
  domain: DomainState,
  signal: AbortSignal,
): Promise<Result<null>> {
  for (const dn of domain.missingPsos()) {
    const pso = await readPso(session, dn, signal);
    if (!pso.ok) return pso;
    domain.putPso(dn, pso.value);
  }
  return ok(null);
}
