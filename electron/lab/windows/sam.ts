/**
 * A machine's account database with lockout by Windows' rules. It is the lab's own and shares nothing with the
 * app's model, so that the one can be checked against the other. Times are milliseconds since 1970.
 */
export interface SamPolicy {
  /** Failures that lock; 0 never locks. */
  readonly threshold: number;
  readonly windowMinutes: number;
  /** 0: until an admin unlocks. */
  readonly durationMinutes: number;
  /** Whether the built-in Administrator can be locked (R4). */
  readonly lockoutAdmins: boolean;
}

export interface SamAccount {
  readonly name: string;
  readonly rid: number;
  password: string;
  disabled: boolean;
  /** Whether it may unlock others; the built-in Administrator always may. */
  readonly administrator: boolean;
  /** As stored; may be stale (R6). */
  badPasswordCount: number;
  /** Null: never. */
  badPasswordTime: number | null;
  /** Null or in the past: not locked; an expired lock stays stored (R9). */
  lockoutTime: number | null;
  lastLogon: number | null;
}

/** How the password was presented: only network logons of the built-in Administrator are ever refused as locked. */
export type Presented = 'network' | 'interactive';
export type SamAnswer = 'success' | 'wrongPassword' | 'noSuchUser' | 'lockedOut' | 'disabled';

export interface SamOutcome {
  readonly answer: SamAnswer;
  readonly account: SamAccount | null;
  /** True for the one attempt that locked the account. */
  readonly locksNow: boolean;
}

const MINUTE = 60_000;

export class Sam {
  policy: SamPolicy;
  readonly #accounts = new Map<string, SamAccount>();

  constructor(policy: SamPolicy) {
    this.policy = policy;
  }

  add(name: string, rid: number, password: string, disabled = false, administrator = rid === 500): void {
    this.#accounts.set(name.toLowerCase(), {
      name,
      rid,
      password,
      disabled,
      administrator,
      badPasswordCount: 0,
      badPasswordTime: null,
      lockoutTime: null,
      lastLogon: null,
    });
  }

  find(name: string): SamAccount | null {
    return this.#accounts.get(name.toLowerCase()) ?? null;
  }

  accounts(): readonly SamAccount[] {
    return [...this.#accounts.values()];
  }

  /** R6: the stored count inside the window, boundary included, else 0. */
  effectiveCount(account: SamAccount, now: number): number {
    if (account.badPasswordTime === null) return 0;
    return now <= account.badPasswordTime + this.policy.windowMinutes * MINUTE ? account.badPasswordCount : 0;
  }

  /** R9: locked until the present policy's duration has passed, boundary included. */
  isLocked(account: SamAccount, now: number): boolean {
    if (account.lockoutTime === null) return false;
    const { durationMinutes } = this.policy;
    return durationMinutes === 0 || now <= account.lockoutTime + durationMinutes * MINUTE;
  }

  /** Null: not locked, or only an admin ends it. */
  unlocksAt(account: SamAccount, now: number): number | null {
    if (!this.isLocked(account, now) || this.policy.durationMinutes === 0) return null;
    return (account.lockoutTime ?? now) + this.policy.durationMinutes * MINUTE;
  }

  /** One attempt with a password (R7 to R10, R15). */
  logon(name: string, password: string, presented: Presented, now: number): SamOutcome {
    const account = this.find(name);
    if (!account) return { answer: 'noSuchUser', account: null, locksNow: false };
    const locked = this.isLocked(account, now);
    const console500 = account.rid === 500 && presented === 'interactive';
    if (locked && !console500) return { answer: 'lockedOut', account, locksNow: false };
    if (password !== account.password) {
      const locksNow = locked ? false : this.#countFailure(account, now);
      return { answer: 'wrongPassword', account, locksNow };
    }
    if (account.disabled) return { answer: 'disabled', account, locksNow: false };
    this.#succeed(account, presented, now);
    return { answer: 'success', account, locksNow: false };
  }

  /** R11: clears lock and count, keeps the time of the last failure. False when there was nothing to unlock. */
  unlock(name: string, now: number): boolean {
    const account = this.find(name);
    if (!account || !this.isLocked(account, now)) return false;
    account.lockoutTime = null;
    account.badPasswordCount = 0;
    return true;
  }

  /** R12: an admin's reset neither unlocks nor clears. */
  resetPassword(name: string, password: string): boolean {
    const account = this.find(name);
    if (!account) return false;
    account.password = password;
    return true;
  }

  #countFailure(account: SamAccount, now: number): boolean {
    const { threshold, lockoutAdmins } = this.policy;
    if (threshold === 0 || (account.rid === 500 && !lockoutAdmins)) return false;
    account.badPasswordCount = this.effectiveCount(account, now) + 1;
    account.badPasswordTime = now;
    if (account.badPasswordCount < threshold) return false;
    account.lockoutTime = now;
    return true;
  }

  #succeed(account: SamAccount, presented: Presented, now: number): void {
    const count = presented === 'network' ? this.effectiveCount(account, now) : account.badPasswordCount;
    const cleared = account.lockoutTime !== null || count !== 0;
    if (cleared) {
      account.lockoutTime = null;
      account.badPasswordCount = 0;
    }
    if (cleared || presented === 'interactive') account.lastLogon = now;
  }
}
