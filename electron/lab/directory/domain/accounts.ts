/** A lockout policy of the practice domain; minutes, 0 for the duration: until an admin unlocks. */
export interface DomainPolicy {
  readonly threshold: number;
  readonly windowMinutes: number;
  readonly durationMinutes: number;
}

export type ControllerName = 'dc1' | 'dc2';
export const PDC: ControllerName = 'dc1';
export const CONTROLLERS: readonly ControllerName[] = ['dc1', 'dc2'];

/** What one controller keeps of an account for itself; nothing of it is replicated (R20). Times in milliseconds, 0: never. */
export interface LocalCounts {
  badPasswordCount: number;
  badPasswordTime: number;
  lastLogon: number;
  logonCount: number;
}

/** A domain account: what is replicated, and what each controller counts. */
export interface DomainAccount {
  readonly name: string;
  readonly rid: number;
  readonly policy: () => DomainPolicy;
  /** May unlock others. */
  readonly administrator: boolean;
  password: string;
  disabled: boolean;
  passwordSetMs: number;
  /** Null: never written; 0: written and none. */
  lockoutTime: number | null;
  readonly at: Record<ControllerName, LocalCounts>;
  /** Update numbers by controller. */
  readonly changed: Record<ControllerName, number>;
}

export type BindAnswer = 'success' | 'wrongPassword' | 'noSuchUser' | 'lockedOut' | 'disabled';

const MINUTE_MS = 60_000;

const counts = (): LocalCounts => ({ badPasswordCount: 0, badPasswordTime: 0, lastLogon: 0, logonCount: 0 });

export function domainAccount(
  fields: Pick<DomainAccount, 'name' | 'rid' | 'policy' | 'password' | 'passwordSetMs'> &
    Partial<Pick<DomainAccount, 'administrator' | 'disabled'>>,
): DomainAccount {
  return {
    administrator: false,
    disabled: false,
    lockoutTime: null,
    at: { dc1: counts(), dc2: counts() },
    changed: { dc1: 0, dc2: 0 },
    ...fields,
  };
}

/** R9. */
export function isLocked(account: DomainAccount, nowMs: number): boolean {
  const { lockoutTime } = account;
  if (lockoutTime === null || lockoutTime === 0) return false;
  const { durationMinutes } = account.policy();
  return durationMinutes === 0 || nowMs <= lockoutTime + durationMinutes * MINUTE_MS;
}

/** R6, as one controller sees it. */
export function effectiveCount(account: DomainAccount, controller: ControllerName, nowMs: number): number {
  const { badPasswordCount, badPasswordTime } = account.at[controller];
  const windowMs = account.policy().windowMinutes * MINUTE_MS;
  return nowMs <= badPasswordTime + windowMs ? badPasswordCount : 0;
}

/**
 * The domain's accounts, counted as domain controllers do: another controller asks the PDC about a failure, the PDC
 * counts, then it counts itself (R20), and the PDC locks. The lab's own: it shares nothing with the app's model.
 */
export class DomainAccounts {
  readonly #accounts: readonly DomainAccount[];
  readonly #now: () => number;
  #update = 12_000;

  constructor(accounts: readonly DomainAccount[], now: () => number) {
    this.#accounts = accounts;
    this.#now = now;
    for (const account of accounts) this.#touch(account);
  }

  get all(): readonly DomainAccount[] {
    return this.#accounts;
  }

  get highestUpdate(): number {
    return this.#update;
  }

  find(name: string): DomainAccount | undefined {
    const wanted = name.toLowerCase();
    return this.#accounts.find((account) => account.name.toLowerCase() === wanted);
  }

  /** R7, R8, R10, R15: one attempt with a password at one controller. */
  attempt(account: DomainAccount, password: string, at: ControllerName): BindAnswer {
    const now = this.#now();
    if (isLocked(account, now)) return 'lockedOut';
    const involved = at === PDC ? [PDC] : [PDC, at];
    if (password !== account.password) {
      for (const controller of involved) this.#countFailure(account, controller, now);
      return 'wrongPassword';
    }
    if (account.disabled) return 'disabled';
    for (const controller of involved) account.at[controller].badPasswordCount = 0;
    const here = account.at[at];
    here.lastLogon = now;
    here.logonCount += 1;
    if (account.lockoutTime) {
      account.lockoutTime = 0;
      this.#touch(account);
    }
    return 'success';
  }

  /** R11, R21: at the PDC by way of the controller that was asked; others keep a stale count. */
  unlock(account: DomainAccount, at: ControllerName): void {
    account.lockoutTime = 0;
    for (const controller of [PDC, at]) account.at[controller].badPasswordCount = 0;
    this.#touch(account);
  }

  #countFailure(account: DomainAccount, controller: ControllerName, now: number): void {
    const { threshold } = account.policy();
    if (threshold === 0) return;
    const here = account.at[controller];
    here.badPasswordCount = Math.min(threshold, effectiveCount(account, controller, now) + 1);
    here.badPasswordTime = now;
    if (controller !== PDC || here.badPasswordCount < threshold) return;
    account.lockoutTime = now;
    this.#touch(account);
  }

  #touch(account: DomainAccount): void {
    this.#update += 1;
    for (const controller of CONTROLLERS) account.changed[controller] = this.#update;
  }
}
