import type { DirectoryId } from '../../shared/directory';
import type { Result } from '../../shared/result';
import { filetimeFromMs, msFromFiletime } from '../../shared/time';
import { type CountReading, failuresBetween, openedBetween } from '../lockout';
import type { StoredAccount } from '../sources/directory/accounts';
import type { DirectoryAttempt } from '../storage/directory-attempts';
import type { EvidenceStore } from '../storage/evidence-store';

/** Where attempts that a PDC emulator counted are kept: the evidence store. */
export type PdcAttemptStore = Pick<EvidenceStore, 'keepDirectoryAttempts' | 'lastDirectoryFailures'>;

export interface ReadAccounts {
  readonly accounts: readonly StoredAccount[];
  /** On our clock, when the reading began. */
  readonly readAtMs: number;
  /** The controller's clock minus ours. */
  readonly clockOffsetMs: number;
  /** Every account of the domain with a stored lock or count is among them. */
  readonly whole: boolean;
}

interface Known extends CountReading {
  readonly readAtMs: number | null;
}

/** Sees from one reading of a domain to the next what its PDC emulator counted in between, and keeps it. */
export class PdcAttempts {
  readonly #directoryId: DirectoryId;
  readonly #store: () => PdcAttemptStore | undefined;
  #known: Map<string, Known> | undefined;
  #wholeReadAtMs: number | null = null;

  constructor(directoryId: DirectoryId, store: () => PdcAttemptStore | undefined) {
    this.#directoryId = directoryId;
    this.#store = store;
  }

  /** While the store is not there, or full, nothing is taken as seen: the next reading tells it again. */
  seen(read: ReadAccounts): Result<{ stored: number }> | undefined {
    const store = this.#store();
    const known = store && this.#load(store);
    if (!store || !known) return undefined;
    const accounts = read.accounts.filter(({ kind }) => kind !== 'trust');
    const attempts = accounts.flatMap((account) => this.#between(account, known.get(account.key), read));
    const kept = attempts.length > 0 ? store.keepDirectoryAttempts(attempts) : undefined;
    if (kept && !kept.ok) return kept;
    const { readAtMs } = read;
    if (read.whole) {
      const named = new Set(read.accounts.map(({ key }) => key));
      for (const [key, before] of known) {
        if (!named.has(key)) known.set(key, { ...before, badPasswordCount: 0, lockoutTime: 0n, readAtMs });
      }
      this.#wholeReadAtMs = readAtMs;
    }
    for (const { key, badPasswordCount, badPasswordTime, lockoutTime } of accounts) {
      known.set(key, { badPasswordCount, badPasswordTime, lockoutTime, readAtMs });
    }
    return kept;
  }

  #load(store: PdcAttemptStore): Map<string, Known> | undefined {
    if (this.#known) return this.#known;
    const last = store.lastDirectoryFailures(this.#directoryId);
    if (!last.ok) return undefined;
    this.#known = new Map(
      last.value.map(({ sid, at, count }) => [
        sid,
        { badPasswordCount: count, badPasswordTime: at, lockoutTime: null, readAtMs: null },
      ]),
    );
    return this.#known;
  }

  #between(
    account: StoredAccount,
    before: Known | undefined,
    { readAtMs, clockOffsetMs }: ReadAccounts,
  ): DirectoryAttempt[] {
    const { key: sid, name, badPasswordTime } = account;
    const found = { directoryId: this.#directoryId, sid, name, count: account.badPasswordCount ?? 0 };
    const sinceMs = before ? before.readAtMs : this.#wholeReadAtMs;
    const attempts: DirectoryAttempt[] = [];
    const failures = failuresBetween(before, account);
    if (failures > 0 && badPasswordTime !== null) {
      const atMs = msFromFiletime(badPasswordTime) - clockOffsetMs;
      attempts.push({ ...found, what: 'wrong', at: badPasswordTime, atMs, sinceMs, failures });
    }
    if (openedBetween(before, account)) {
      const at = filetimeFromMs(readAtMs + clockOffsetMs);
      attempts.push({ ...found, what: 'unlocked', at, atMs: readAtMs, sinceMs, failures: 0 });
    }
    return attempts;
  }
}
