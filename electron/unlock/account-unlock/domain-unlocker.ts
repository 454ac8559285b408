import type { AccountInspection, UnlockAnswer, UnlockTarget } from '../../../shared/account-unlock';
import type { Result } from '../../../shared/result';

/** A domain's account as an instance names it. */
export interface DomainAccount extends UnlockTarget {
  /** NetBIOS or DNS name, as the evidence has it. */
  readonly domain: string | null;
}

/** Where a domain's account can be unlocked, and how it stands there. */
export interface DomainPlace {
  /** Names the place for `unlock`. */
  readonly key: string;
  /** What it is called for the admin. */
  readonly where: string;
  readonly inspection: AccountInspection;
}

/** A way to unlock a domain's account. A directory that is read over LDAP is one more of these. */
export interface DomainUnlocker {
  /** Null: it knows no controller of this account's domain. The PDC emulator is preferred where there is a choice. */
  inspect(account: DomainAccount): Promise<Result<DomainPlace | null>>;
  /** One attempt, never repeated. Errors other than `account.notConnected` and `windows.accessDenied` may leave it done. */
  unlock(key: string, target: UnlockTarget): Promise<Result<UnlockAnswer>>;
}
