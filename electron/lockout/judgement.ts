import type { LockoutPolicy } from '../../shared/policy';
import type { Filetime, Ticks } from '../../shared/time';
import { countInForce, lockInForce } from './evidence-state';
import { exemption } from './policy-facts';
import type {
  AccountRecord,
  AccountStatusState,
  CountBound,
  EvidenceState,
  Freshness,
  Gap,
  InstanceModel,
  LockEvidence,
  Reason,
} from './types';

/** Boundaries are inclusive: an answer changes one tick after them. */
export const LATER: Ticks = 1n;

/** What the evidence says of one account, its age left aside. */
export interface Judgement {
  readonly state: AccountStatusState;
  /** For unknown: what it would be without the doubt. */
  readonly leaning: Exclude<AccountStatusState, 'unknown'> | null;
  readonly reasons: readonly Reason[];
  readonly certain: boolean;
  readonly count: number | null;
  readonly bound: CountBound;
  /** Instants at which this may change by itself. */
  readonly changes: readonly Filetime[];
}

const reason = (name: string, params: Reason['params'] = {}): Reason => ({
  key: `lockout.reason.${name}`,
  params,
});

const PROOF: Record<LockEvidence['proof'], string> = {
  event: 'lockEvent',
  attribute: 'lockAttribute',
  flag: 'lockFlag',
  refusal: 'lockRefusal',
};

/** One account on its evidence at `now` (ticks). See `accountStatus`. */
export function judgeAccount(
  model: InstanceModel,
  record: AccountRecord,
  policy: LockoutPolicy | null,
  freshness: Freshness,
  now: Filetime,
): Judgement {
  const { state, ref } = record;
  if (state.lock && lockInForce(state.lock, policy, now)) {
    return judgeLocked(model, record, state.lock, policy, freshness, now);
  }
  const readLately = state.settledAt > 0n && now - state.settledAt <= freshness.maxAge;
  const read = state.countBasis === 'reading' || state.countBasis === 'readingAndEvents';
  const unknown = (why: Reason, leaning: Judgement['leaning'], changes: Filetime[] = []): Judgement => ({
    state: 'unknown',
    leaning,
    reasons: [why],
    certain: false,
    count: policy || read ? count : null,
    bound: policy || read ? 'atLeast' : 'unknown',
    changes,
  });
  const inForce = countInForce(state, policy, now);
  const count = inForce ? state.badPasswordCount : 0;
  const leaning = count > 0 ? 'counting' : 'clear';
  if (ref.authority === 'elsewhere' && !read) return unknown(reason('authorityElsewhere'), leaning);
  if (!policy) return unknown(reason('noPolicy'), null);
  const settled = (name: string): Judgement => ({
    state: 'clear',
    leaning: null,
    reasons: [reason(name)],
    certain: true,
    count: 0,
    bound: 'exact',
    changes: [],
  });
  if (policy.threshold === 0) {
    return { ...settled('neverLocks'), count: read ? state.badPasswordCount : 0 };
  }
  const exempt = exemption(policy, ref);
  if (exempt === 'exempt') {
    return { ...settled('administratorExempt'), count: read ? state.badPasswordCount : 0 };
  }
  const resetAt = inForce && count > 0 ? [state.badPasswordTime + policy.observationWindow + LATER] : [];
  const gap = lockGap(model.gaps, state.unlockedSeenAt, policy, now);
  if (gap) {
    const until = policy.lockoutDuration === 'untilAdmin' ? [] : [gap.at + longest(policy) + LATER];
    return unknown(gapReason(gap), leaning, [...resetAt, ...until]);
  }
  const blind = blindness(model);
  const failuresUnseen = model.auditing?.logonFailure === false;
  if (!readLately) {
    // What was counted before is no count of now: any number may have been added unseen.
    if (blind && failuresUnseen) {
      return { ...unknown(blind, leaning, resetAt), count: null, bound: 'unknown' };
    }
    if (blind) return unknown(blind, leaning, resetAt);
  }
  const readUntil = blind ? [state.settledAt + freshness.maxAge + LATER] : [];
  const doubts: Reason[] = [];
  if (blind) doubts.push(blind);
  if (exempt === 'unknown' && count > 0) doubts.push(reason('administratorExemptionUnknown'));
  if (model.auditing === null && !readLately) doubts.push(reason('auditingUnknown'));
  const maybe = uncertainInForce(state, policy, now);
  const maybeUntil = maybe ? [state.uncertainAt + policy.observationWindow + LATER] : [];
  const missed = countGap(model.gaps, state.settledAt, policy, now);
  const missedUntil = missed ? [missed.at + policy.observationWindow + LATER] : [];
  const changes = [...resetAt, ...readUntil, ...maybeUntil, ...missedUntil];
  if (maybe) doubts.push(reason('uncertainFailures', { failures: state.uncertainFailures }));
  if (missed) doubts.push(gapReason(missed));
  if (count === 0) {
    const why = maybe ? reason('uncertainFailures', { failures: state.uncertainFailures }) : null;
    if (why) return unknown(why, 'clear', changes);
    if (missed) return unknown(gapReason(missed), 'clear', changes);
    return {
      state: 'clear',
      leaning: null,
      reasons: doubts,
      certain: doubts.length === 0,
      count,
      bound: failuresUnseen ? 'atLeast' : 'exact',
      changes,
    };
  }
  const reached = count >= policy.threshold && state.lock === null;
  // Without 4740 in the log a lock shows only with the next attempt.
  const unseen = model.auditing?.userAccountManagementSuccess !== true && state.judgedPastThreshold === 0;
  if (reached && unseen && exempt !== 'unknown') {
    return unknown(reason('probablyLocked', { threshold: policy.threshold }), 'counting', changes);
  }
  if (reached) doubts.unshift(reason('thresholdReachedWithoutLock', { threshold: policy.threshold }));
  const bound: CountBound =
    maybe || missed || failuresUnseen ? 'atLeast' : state.countBasis === 'reading' ? 'exact' : 'atMost';
  return {
    state: 'counting',
    leaning: null,
    reasons: doubts,
    certain: doubts.length === 0,
    count,
    bound,
    changes,
  };
}

function judgeLocked(
  model: InstanceModel,
  record: AccountRecord,
  lock: LockEvidence,
  policy: LockoutPolicy | null,
  freshness: Freshness,
  now: Filetime,
): Judgement {
  const reasons = [reason(PROOF[lock.proof])];
  const doubts: Reason[] = [];
  const seenLately = now - lock.lastSeen <= freshness.maxAge;
  const elsewhere = record.ref.authority === 'elsewhere';
  if (!policy) doubts.push(reason('noPolicy'));
  else if (policy.notStated?.includes('lockoutDuration')) doubts.push(reason('durationUnknown'));
  if (elsewhere && !seenLately) doubts.push(reason('authorityElsewhere'));
  if (model.auditing?.userAccountManagementSuccess === false && !seenLately) {
    doubts.push(reason('unlocksNotAudited'));
  }
  const gap = model.gaps.findLast((g) => g.at > lock.lastSeen);
  if (gap) doubts.push(gapReason(gap));
  const ends =
    policy && policy.lockoutDuration !== 'untilAdmin' && !policy.notStated?.includes('lockoutDuration')
      ? [lock.at + policy.lockoutDuration + LATER]
      : [];
  return {
    state: 'locked',
    leaning: null,
    reasons: [...reasons, ...doubts],
    certain: doubts.length === 0,
    count: policy ? record.state.badPasswordCount : null,
    bound: policy ? 'exact' : 'unknown',
    changes: ends,
  };
}

const gapReason = (gap: Gap): Reason => reason(`gap.${gap.reason}`, { channel: gap.channel });

const longest = (policy: LockoutPolicy): Ticks =>
  policy.lockoutDuration !== 'untilAdmin' && policy.lockoutDuration > policy.observationWindow
    ? policy.lockoutDuration
    : policy.observationWindow;

/** Security alone shows failures, locks and unlocks; a gap in another channel only costs addresses. */
const matters = (gap: Gap): boolean => gap.channel === 'Security';

/** R29: the newest gap that may hide a lock still in force at `now`. */
function lockGap(
  gaps: readonly Gap[],
  unlockedSeenAt: Filetime,
  policy: LockoutPolicy,
  now: Filetime,
): Gap | undefined {
  const gap = gaps.findLast((g) => matters(g) && g.at > unlockedSeenAt);
  if (!gap || policy.lockoutDuration === 'untilAdmin') return gap;
  return now <= gap.at + longest(policy) ? gap : undefined;
}

/** R29: the newest gap that may hide failures still in the count at `now`. */
function countGap(
  gaps: readonly Gap[],
  settledAt: Filetime,
  policy: LockoutPolicy,
  now: Filetime,
): Gap | undefined {
  const gap = gaps.findLast((g) => matters(g) && g.at > settledAt);
  return gap && now <= gap.at + policy.observationWindow ? gap : undefined;
}

const uncertainInForce = (state: EvidenceState, policy: LockoutPolicy, now: Filetime): boolean =>
  state.uncertainFailures > 0 && now <= state.uncertainAt + policy.observationWindow;

/** What auditing leaves out, so that silence proves nothing; null when enough is on, or it was not read. */
function blindness({ auditing }: InstanceModel): Reason | null {
  if (auditing?.logonFailure === false) return reason('failuresNotAudited');
  if (auditing?.userAccountManagementSuccess === false && auditing.accountLockoutFailure === false) {
    return reason('locksNotAudited');
  }
  return null;
}

/** Why silence about accounts does not mean that all is clear; `remarks` hold even while a fresh reading says so. */
export function doubtsAboutInstance(
  model: InstanceModel,
  freshness: Freshness,
  now: Filetime,
): {
  readonly reasons: readonly Reason[];
  readonly remarks: readonly Reason[];
  readonly changes: readonly Filetime[];
} {
  const policy = model.role === 'domainController' ? model.domainPolicy?.policy : model.localPolicy?.policy;
  if (!policy) return { reasons: [reason('noPolicy')], remarks: [], changes: [] };
  if (policy.threshold === 0) return { reasons: [], remarks: [], changes: [] };
  const blind = blindness(model);
  const remarks = blind ? [blind] : [];
  let settledAt = 0n;
  for (const record of model.accounts.values()) {
    if (record.ref.authority === 'here' && record.trail.some((row) => row.kind === 'reading')) {
      if (record.state.settledAt > settledAt) settledAt = record.state.settledAt;
    }
  }
  const gap = lockGap(model.gaps, settledAt, policy, now);
  if (gap) {
    const until = policy.lockoutDuration === 'untilAdmin' ? [] : [gap.at + longest(policy) + LATER];
    return { reasons: [gapReason(gap)], remarks, changes: until };
  }
  const readLately = settledAt > 0n && now - settledAt <= freshness.maxAge;
  if (blind && !readLately) return { reasons: [blind], remarks, changes: [] };
  if (model.auditing === null && !readLately) {
    return { reasons: [reason('auditingUnknown')], remarks, changes: [] };
  }
  return { reasons: [], remarks, changes: [] };
}
