import type { LockoutPolicy } from '../../shared/policy';
import type { Filetime } from '../../shared/time';
import { doubtsAboutInstance, type Judgement, judgeAccount, LATER } from './judgement';
import { policyFor, unlockInstant } from './policy-facts';
import type {
  AccountRecord,
  AccountStatus,
  AccountStatusState,
  Freshness,
  InstanceModel,
  InstanceStatus,
  Reason,
} from './types';

const RANK: Record<AccountStatusState, number> = { locked: 3, counting: 2, unknown: 1, clear: 0 };

/** Whether the evidence is too old to say anything at `now`; never checked is stale too. */
export const isStale = (freshness: Freshness, now: Filetime): boolean =>
  freshness.checkedAt === null || now - freshness.checkedAt > freshness.maxAge;

const staleReason = (freshness: Freshness): Reason => ({
  key: freshness.checkedAt === null ? 'lockout.reason.neverChecked' : 'lockout.reason.stale',
  params: {},
});

const soonest = (instants: readonly (Filetime | null)[], now: Filetime): Filetime | null => {
  let best: Filetime | null = null;
  for (const instant of instants) {
    if (instant !== null && instant > now && (best === null || instant < best)) best = instant;
  }
  return best;
};

/**
 * One account at `now` (ticks, instance's clock): locked, counting, clear, or unknown with why (R6, R9, R29). Stale
 * evidence is never clear, and without a policy only a proven lock is more than unknown (R5).
 */
export function accountStatus(
  model: InstanceModel,
  record: AccountRecord,
  freshness: Freshness,
  now: Filetime,
): AccountStatus {
  const policy = policyFor(model, record);
  const judged = judgeAccount(model, record, policy, freshness, now);
  const stale = isStale(freshness, now);
  const staleAt = freshness.checkedAt === null ? null : freshness.checkedAt + freshness.maxAge + LATER;
  const state = stale ? 'unknown' : judged.state;
  const { lock } = record.state;
  const locked = judged.state === 'locked' && lock !== null;
  return {
    ref: record.ref,
    state,
    reasons: stale ? [staleReason(freshness), ...judged.reasons] : judged.reasons,
    certain: !stale && judged.certain,
    lastKnown: lastKnown(state, judged),
    enabled: record.enabled,
    badPasswordCount: judged.count,
    countBound: judged.bound,
    badPasswordTime: record.state.badPasswordTime === 0n ? null : record.state.badPasswordTime,
    threshold: policy?.threshold ?? null,
    lockedAt: locked ? lock.at : null,
    lockedAtExact: locked && lock.exact,
    autoUnlockAt: locked && policy ? unlockInstant(policy, lock.at) : null,
    networkOnly: locked && record.ref.builtinAdministrator === 'yes' && networkOnly(policy),
    nextChangeAt: soonest([...judged.changes, staleAt], now),
  };
}

const networkOnly = (policy: LockoutPolicy | null): boolean => policy?.lockoutAdmins === true;

function lastKnown(state: AccountStatusState, judged: Judgement): AccountStatus['lastKnown'] {
  if (state !== 'unknown') return null;
  return judged.state === 'unknown' ? judged.leaning : judged.state;
}

/**
 * The instance at `now` (ticks, instance's clock): every account's status, worst first, and one state for the tray.
 * Accounts judged elsewhere raise it only when they are locked. `nextChangeAt`: evaluate again then.
 */
export function instanceStatus(model: InstanceModel, freshness: Freshness, now: Filetime): InstanceStatus {
  const accounts = [...model.accounts.values()]
    .map((record) => accountStatus(model, record, freshness, now))
    .sort((a, b) => RANK[b.state] - RANK[a.state] || (a.ref.key < b.ref.key ? -1 : 1));
  const stale = isStale(freshness, now);
  const own = accounts.filter((account) => account.ref.authority === 'here' || account.state === 'locked');
  const doubts = doubtsAboutInstance(model, freshness, now);
  const worst = own[0]?.state ?? 'clear';
  const state: AccountStatusState = stale
    ? 'unknown'
    : worst === 'clear' && doubts.reasons.length > 0
      ? 'unknown'
      : worst;
  const reasons = stale
    ? [staleReason(freshness)]
    : state !== 'unknown'
      ? doubts.remarks
      : doubts.reasons.length > 0
        ? doubts.reasons
        : (own[0]?.reasons ?? []);
  const staleAt = freshness.checkedAt === null ? null : freshness.checkedAt + freshness.maxAge + LATER;
  return {
    state,
    reasons,
    checkedAt: freshness.checkedAt,
    stale,
    accounts,
    locked: own.filter((account) => account.state === 'locked').length,
    counting: own.filter((account) => account.state === 'counting').length,
    unknown: own.filter((account) => account.state === 'unknown').length,
    nextChangeAt: soonest([...accounts.map((a) => a.nextChangeAt), ...doubts.changes, staleAt], now),
  };
}
