import type { Phrase, Status } from '../../shared/account-status';
import type { DirectoryAccount } from '../../shared/directory';
import type { LockoutPolicy } from '../../shared/policy';
import { type Filetime, filetimeFromMs, msFromFiletime } from '../../shared/time';
import { type AccountState, autoUnlockAt, effectiveCount, isLocked } from '../lockout/account';
import type { StoredAccount } from '../sources/directory/accounts';

/** The policy that governs an account (R3), with the name of where it stands; null: it could not be read. */
export interface GoverningPolicy {
  readonly policy: LockoutPolicy;
  readonly name: string;
}

/** What a controller's clock says while ours says `nowMs`. */
export const controllerTime = (nowMs: number, clockOffsetMs: number): Filetime =>
  filetimeFromMs(nowMs + clockOffsetMs);

export interface Judged {
  readonly status: Status;
  readonly reason: Phrase | null;
  readonly badPasswordCount: number | null;
  readonly lockedAt: Filetime | null;
  readonly autoUnlockAt: Filetime | null;
  readonly lockedUntilAdmin: boolean;
  readonly countResetsAt: Filetime | null;
  /** When this changes by itself; null: never. */
  readonly nextChangeAt: Filetime | null;
}

const reason = (name: string, params: Phrase['params'] = {}): Phrase => ({
  key: `directory.reason.${name}`,
  params,
});

const nothing = {
  reason: null,
  badPasswordCount: null,
  lockedAt: null,
  autoUnlockAt: null,
  lockedUntilAdmin: false,
  countResetsAt: null,
  nextChangeAt: null,
};

/**
 * What a controller's stored values mean at `now` on its own clock (R6, R9): a stored lockout time alone proves no lock,
 * and what may not be read, or is no number, is never clear. The controller's own flag is believed for a lock whose
 * times cannot be read.
 */
export function judge(stored: StoredAccount, governing: GoverningPolicy | null, now: Filetime): Judged {
  const { badPasswordCount: raw, badPasswordTime, lockoutTime, kind } = stored;
  if (kind === 'trust') return { ...nothing, status: 'clear', reason: null, badPasswordCount: raw };
  const odd = stored.odd.find((name) => ['badPwdCount', 'badPasswordTime', 'lockoutTime'].includes(name));
  if (lockoutTime === null) {
    if (stored.lockedFlag === true) return { ...nothing, status: 'locked' };
    return {
      ...nothing,
      status: 'unknown',
      reason: odd ? reason('odd', { attribute: odd }) : reason('notReadable'),
    };
  }
  if (!governing) {
    if (stored.lockedFlag === true) return { ...nothing, status: 'locked', lockedAt: lockoutTime };
    return { ...nothing, status: 'unknown', reason: reason('policyUnknown') };
  }
  const { policy } = governing;
  const state: AccountState = {
    kind,
    enabled: stored.enabled ?? true,
    badPasswordCount: raw ?? 0,
    badPasswordTime: badPasswordTime ?? 0n,
    lockoutTime,
    lastLogon: 0n,
    logonCount: 0,
    passwordLastSet: 0n,
  };
  if (isLocked(state, policy, now)) {
    const ends = autoUnlockAt(state, policy, now);
    const at = typeof ends === 'bigint' ? ends : null;
    return {
      ...nothing,
      status: 'locked',
      badPasswordCount: raw === null || badPasswordTime === null ? null : raw,
      lockedAt: lockoutTime,
      autoUnlockAt: at,
      lockedUntilAdmin: ends === 'untilAdmin',
      nextChangeAt: at,
    };
  }
  if (raw === null || badPasswordTime === null) {
    return {
      ...nothing,
      status: 'unknown',
      reason: odd ? reason('odd', { attribute: odd }) : reason('notReadable'),
    };
  }
  const count = effectiveCount(state, policy, now);
  if (count === 0 || policy.threshold === 0) {
    return { ...nothing, status: 'clear', badPasswordCount: count };
  }
  const resets = badPasswordTime + policy.observationWindow + 1n;
  return {
    ...nothing,
    status: 'counting',
    badPasswordCount: count,
    countResetsAt: resets,
    nextChangeAt: resets,
  };
}

export interface AccountViewInput {
  readonly stored: StoredAccount;
  readonly governing: GoverningPolicy | null;
  readonly nowMs: number;
  readonly readAtMs: number;
  readonly clockOffsetMs: number;
}

/** One account as it is shown; its times on our clock. */
export function directoryAccount(input: AccountViewInput): {
  readonly account: DirectoryAccount;
  readonly nextChangeAtMs: number | null;
} {
  const { stored, governing, nowMs, clockOffsetMs } = input;
  const judged = judge(stored, governing, controllerTime(nowMs, clockOffsetMs));
  const ms = (at: Filetime | null): number | null =>
    at === null || at === 0n ? null : msFromFiletime(at) - clockOffsetMs;
  const next = ms(judged.nextChangeAt);
  return {
    nextChangeAtMs: next === null ? null : next + 1,
    account: {
      key: stored.key,
      name: stored.name,
      displayName: stored.displayName,
      userPrincipalName: stored.userPrincipalName,
      distinguishedName: stored.dn,
      status: judged.status,
      reason: judged.reason,
      disabled: stored.enabled === null ? null : !stored.enabled,
      builtinAdministrator: stored.kind === 'builtinAdministrator',
      rawCount: stored.badPasswordCount,
      badPasswordCount: judged.badPasswordCount,
      threshold: governing?.policy.threshold ?? null,
      lastBadPasswordAtMs: ms(stored.badPasswordTime),
      lockedAtMs: ms(judged.lockedAt),
      autoUnlockAtMs: ms(judged.autoUnlockAt),
      lockedUntilAdmin: judged.lockedUntilAdmin,
      countResetsAtMs: ms(judged.countResetsAt),
      passwordSetAtMs: ms(stored.passwordSet),
      policyName: governing?.name ?? null,
      readAtMs: input.readAtMs,
    },
  };
}
