import type { AccountView } from '../../../shared/account-status';
import type { Category } from './notification';
import type { Member, Storms } from './storms';

export interface AccountMemory {
  readonly status: AccountView['status'] | null;
  /** The lock that has been noticed and is not over. */
  readonly lock: { readonly atMs: number | null; readonly autoUnlockAtMs: number | null } | null;
  readonly imminent: boolean;
  readonly badPasswordCount: number;
  readonly held: boolean;
  /** What was last said about it, and when. */
  readonly said: { readonly category: Category; readonly atMs: number } | null;
  readonly saidAtMs: Partial<Readonly<Record<Category, number>>>;
}

export interface InstanceMemory {
  readonly known: boolean;
  readonly failingSinceMs: number | null;
  readonly outageSaid: boolean;
  readonly saidAtMs: number | null;
  readonly accounts: ReadonlyMap<string, AccountMemory>;
}

export interface PolicyMemory {
  readonly instances: ReadonlyMap<string, InstanceMemory>;
  readonly storms: Storms;
}

export const emptyMemory: PolicyMemory = { instances: new Map(), storms: new Map() };

/** Something that might be said. */
export interface Candidate {
  readonly member: Member;
  readonly stormKey: string | null;
  readonly throttled: boolean;
}

export const newAccount: AccountMemory = {
  status: null,
  lock: null,
  imminent: false,
  badPasswordCount: 0,
  held: false,
  said: null,
  saidAtMs: {},
};
export const newInstance: InstanceMemory = {
  known: false,
  failingSinceMs: null,
  outageSaid: false,
  saidAtMs: null,
  accounts: new Map(),
};

/** What has been said of something is not said again for so long, in milliseconds. */
export const THROTTLE_MS: Readonly<Record<Category, number>> = {
  lockout: 15 * 60_000,
  imminent: 5 * 60_000,
  unlock: 30 * 60_000,
  unreachable: 15 * 60_000,
  isolation: 0,
  address: 0,
};
