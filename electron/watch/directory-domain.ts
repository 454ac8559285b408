import type { Phrase, PolicyView } from '../../shared/account-status';
import {
  DIRECTORY_ACCOUNTS_SHOWN,
  type DirectoryAccount,
  type DirectoryPolicy,
} from '../../shared/directory';
import { secondsFromTicks } from '../../shared/time';
import { directoryAccount, type GoverningPolicy } from '../directory/judge-account';
import { policyWarnings } from '../lockout';
import type { StoredAccount } from '../sources/directory/accounts';
import type { FoundPolicy } from '../sources/directory/policies';
import type { Topology } from '../sources/directory/topology';

interface Held {
  readonly stored: StoredAccount;
  readonly readAtMs: number;
}

const RANK = { locked: 0, unknown: 1, counting: 2, clear: 3 } as const;

/** What the PDC emulator was seen to hold: accounts with a stored lock or count, policies, controllers. */
export class DomainState {
  readonly #accounts = new Map<string, Held>();
  readonly #psos = new Map<string, FoundPolicy>();
  #psosReadable = true;
  /** Govern somebody and are not among those that were read, by their names in lower case. */
  readonly #missing = new Map<string, string>();
  readonly #unreadable = new Set<string>();
  policy: FoundPolicy | null = null;
  policyReadAtMs = 0;
  topology: Topology | null = null;
  clockOffsetMs = 0;

  setPolicies(domain: FoundPolicy, psos: readonly FoundPolicy[] | null, nowMs: number): void {
    this.policy = domain;
    this.policyReadAtMs = nowMs;
    this.#psosReadable = psos !== null;
    this.#psos.clear();
    this.#missing.clear();
    this.#unreadable.clear();
    for (const { stored } of this.#accounts.values()) this.note(stored);
    for (const pso of psos ?? []) this.putPso(pso.dn, pso);
  }

  /** A reading of the whole domain took the place of all before it, but of what was read since it began. */
  replaceAll(accounts: readonly StoredAccount[], begunAtMs: number, readAtMs: number): void {
    const named = new Set(accounts.map(({ key }) => key));
    for (const [key, held] of this.#accounts) {
      if (!named.has(key) && held.readAtMs < begunAtMs) this.#accounts.delete(key);
    }
    for (const stored of accounts) {
      this.note(stored);
      const held = this.#accounts.get(stored.key);
      if (!held || held.readAtMs < begunAtMs) this.#accounts.set(stored.key, { stored, readAtMs });
    }
  }

  put(stored: StoredAccount, readAtMs: number): void {
    this.note(stored);
    const nothing = stored.lockoutTime === 0n && stored.badPasswordCount === 0;
    if (nothing && stored.odd.length === 0) this.#accounts.delete(stored.key);
    else this.#accounts.set(stored.key, { stored, readAtMs });
  }

  /** Password settings objects to be read one by one. */
  missingPsos(): readonly string[] {
    return [...this.#missing.values()];
  }

  /** One of them; null: it may not be read, and is not asked for again before everything is. */
  putPso(dn: string, pso: FoundPolicy | null): void {
    const key = dn.toLowerCase();
    this.#missing.delete(key);
    if (pso) this.#psos.set(key, pso);
    else this.#unreadable.add(key);
  }

  get psoUnreadable(): boolean {
    return this.#unreadable.size > 0;
  }

  /** Whoever is judged needs its policy: what of it is not known is to be read. */
  note({ psoDn }: StoredAccount): void {
    if (psoDn === null) return;
    const key = psoDn.toLowerCase();
    if (!this.#psos.has(key) && !this.#unreadable.has(key)) this.#missing.set(key, psoDn);
  }

  /** R3: the account's own password settings object, else the domain's policy; null: not readable. */
  governing(stored: StoredAccount): GoverningPolicy | null {
    if (stored.psoDn !== null) {
      const pso = this.#psos.get(stored.psoDn.toLowerCase());
      return pso ? { policy: pso.policy, name: pso.name } : null;
    }
    if (!this.policy) return null;
    return { policy: this.policy.policy, name: this.domainLabel };
  }

  get domainLabel(): string {
    return this.topology?.netbiosName ?? this.policy?.name ?? '';
  }

  view(stored: StoredAccount, readAtMs: number, nowMs: number): ReturnType<typeof directoryAccount> {
    return directoryAccount({
      stored,
      governing: this.governing(stored),
      nowMs,
      readAtMs,
      clockOffsetMs: this.clockOffsetMs,
    });
  }

  /** All accounts that are not clear at `nowMs`, worst first, and when that changes by itself. */
  evaluate(nowMs: number): {
    readonly accounts: readonly DirectoryAccount[];
    readonly nextChangeAtMs: number | null;
  } {
    let next: number | null = null;
    const accounts: DirectoryAccount[] = [];
    for (const { stored, readAtMs } of this.#accounts.values()) {
      const { account, nextChangeAtMs } = this.view(stored, readAtMs, nowMs);
      if (nextChangeAtMs !== null && (next === null || nextChangeAtMs < next)) next = nextChangeAtMs;
      if (account.status !== 'clear') accounts.push(account);
    }
    accounts.sort(
      (a, b) =>
        RANK[a.status] - RANK[b.status] ||
        (b.lockedAtMs ?? 0) - (a.lockedAtMs ?? 0) ||
        (b.badPasswordCount ?? 0) - (a.badPasswordCount ?? 0) ||
        (a.name < b.name ? -1 : 1),
    );
    return { accounts, nextChangeAtMs: next };
  }

  policyView(): DirectoryPolicy | null {
    return this.policy ? this.#describe(this.policy, this.domainLabel) : null;
  }

  psoViews(): DirectoryPolicy[] | null {
    if (!this.#psosReadable) return null;
    return [...this.#psos.values()].map((pso) => this.#describe(pso, pso.name));
  }

  #describe(found: FoundPolicy, sourceName: string): DirectoryPolicy {
    const { policy } = found;
    const until = policy.lockoutDuration;
    const view: PolicyView = {
      threshold: policy.threshold,
      observationWindowSeconds: secondsFromTicks(policy.observationWindow),
      lockoutDurationSeconds: until === 'untilAdmin' ? null : secondsFromTicks(until),
      lockoutAdmins: policy.lockoutAdmins,
      source: policy.source,
      readAtMs: this.policyReadAtMs,
      warnings: policyWarnings(policy).map(({ key, params }): Phrase => ({ key, params: { ...params } })),
    };
    return {
      ...view,
      sourceName,
      precedence: found.precedence,
      passwordHistoryLength: policy.passwordHistoryLength ?? null,
    };
  }
}

export const shownAccounts = (accounts: readonly DirectoryAccount[]): DirectoryAccount[] =>
  accounts.slice(0, DIRECTORY_ACCOUNTS_SHOWN);
