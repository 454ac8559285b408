import type {
  AccountProofs,
  AccountView,
  InstanceView,
  Phrase,
  PolicyView,
  ProofEvent,
  Status,
  Verdict,
} from '../../shared/account-status';
import {
  type Filetime,
  filetimeFromMs,
  msFromFiletime,
  secondsFromTicks,
  ticksFromSeconds,
} from '../../shared/time';
import { type InstanceModel, instanceStatus, instanceTime, ourTime, policyWarnings } from '../lockout';
import type {
  AccountRecord,
  AccountStatus,
  Forecast,
  ProofEvent as ModelProofEvent,
  Verdict as ModelVerdict,
  TrailRow,
} from '../lockout/types';
import type { AccountDetails, DetailCache } from './account-details';
import type { WatcherReport } from './protocol';

export interface ViewInput {
  readonly model: InstanceModel;
  readonly report: WatcherReport;
  readonly nowMs: number;
  readonly staleAfterSeconds: number;
  /** Readings from before then are stale however young: we slept, or the watcher was not there. */
  readonly staleBeforeMs: number;
  readonly ownAddresses: readonly string[];
  /** What was found out about the accounts before. */
  readonly details: DetailCache;
}

export interface Evaluated {
  readonly view: InstanceView;
  /** When to evaluate again without anything new; null: never. */
  readonly nextChangeAtMs: number | null;
  /** False: evaluate again soon, some accounts are not up to date. */
  readonly finished: boolean;
}

const noVerdict: Verdict = { kind: 'undecided', confidence: 'low', reasons: [], evidenceIncomplete: false };

/** Model and watcher of one instance to what is shown of it at `nowMs`. Times come out on our clock. */
export function evaluate(input: ViewInput): Evaluated {
  const { model, report, nowMs } = input;
  const now = instanceTime(model, filetimeFromMs(nowMs));
  const toMs = (at: Filetime): number => msFromFiletime(ourTime(model, at));
  const { checkedAtMs } = report;
  const overslept = checkedAtMs !== null && checkedAtMs < input.staleBeforeMs;
  const freshness = {
    checkedAt: checkedAtMs === null ? null : instanceTime(model, filetimeFromMs(checkedAtMs)),
    maxAge: overslept ? -1n : ticksFromSeconds(input.staleAfterSeconds),
  };
  const status = instanceStatus(model, freshness, now);
  const { details, ownAddresses } = input;
  details.begin(model);
  const views = status.accounts.flatMap((account) => {
    const record = model.accounts.get(account.ref.key);
    if (!record) return [];
    return [accountView(account, record, details.of(model, record, account, ownAddresses, now, nowMs), toMs)];
  });
  const off = report.connection === 'off';
  const state: Status = off ? 'unknown' : status.state;
  const view: InstanceView = {
    id: report.id,
    status: state,
    reason: off
      ? { key: 'watch.reason.off', params: {} }
      : state === 'unknown'
        ? firstOf(status.reasons)
        : null,
    checkedAtMs,
    evaluatedAtMs: nowMs,
    connection: report.connection,
    failure: report.failure,
    nextAttemptAtMs: report.nextAttemptAtMs,
    catchUpProgress: report.catchUpProgress,
    computer: report.computer,
    system: report.system,
    clockOffsetMs: report.clockOffsetMs,
    policy: policyView(model, toMs),
    auditing: auditingOf(model),
    accounts: views,
    lastFailureAtMs: lastFailureAtMs(model, toMs),
    verdict: worstVerdict(views),
    eventsStored: report.eventsStored,
    brokenRecords: report.brokenRecords,
    doubts: [...report.doubts, ...(state === 'unknown' ? [] : status.reasons.map(phrase))],
  };
  const next = status.nextChangeAt;
  // Rounded up: evaluated a moment too early, nothing would have changed yet.
  return { view, nextChangeAtMs: next === null ? null : toMs(next) + 1, finished: !details.behind };
}

const phrase = (reason: { readonly key: string; readonly params: Phrase['params'] }): Phrase => ({
  key: reason.key,
  params: { ...reason.params },
});
const firstOf = (reasons: readonly { key: string; params: Readonly<Phrase['params']> }[]): Phrase | null =>
  reasons[0] ? phrase(reasons[0]) : null;

const CERTAINTY = { exact: 'exact', atMost: 'atMost', atLeast: 'uncertain', unknown: 'uncertain' } as const;

function accountView(
  status: AccountStatus,
  record: AccountRecord,
  { forecast, verdict }: AccountDetails,
  toMs: (at: Filetime) => number,
): AccountView {
  const { ref } = status;
  const failure = record.trail.findLast((row) => row.kind === 'failure');
  const all = Object.values(record.failuresByReason).reduce((sum, count) => sum + count, 0);
  const counted = record.failuresCounted;
  const at = (instant: Filetime | 'untilAdmin' | null): number | null =>
    typeof instant === 'bigint' ? toMs(instant) : null;
  return {
    key: ref.key,
    name: ref.name,
    domain: ref.domain,
    sid: ref.sid,
    authority: ref.authority === 'here' ? 'local' : 'elsewhere',
    builtinAdministrator: ref.builtinAdministrator !== 'no',
    disabled: status.enabled === null ? null : !status.enabled,
    status: status.state,
    reason: status.state === 'unknown' ? firstOf(status.reasons) : null,
    badPasswordCount: status.badPasswordCount,
    countCertainty: CERTAINTY[status.countBound],
    threshold: status.threshold,
    lockedAtMs: at(status.lockedAt),
    autoUnlockAtMs: at(status.autoUnlockAt),
    lockedUntilAdmin: status.autoUnlockAt === 'untilAdmin',
    countResetsAtMs: at(forecast.countResetsAt),
    remaining: typeof forecast.remaining === 'number' ? forecast.remaining : null,
    locksAtMs: at(forecast.locksAt),
    paceSeconds: paceSeconds(forecast),
    relockSeconds: forecast.relockAfter === null ? null : secondsFromTicks(forecast.relockAfter),
    lastFailureAtMs: failure ? toMs(failure.time) : null,
    lastSource: failure ? sourceOf(failure) : null,
    failuresCounted: counted,
    failuresNotCounted: Math.max(0, all - counted),
    proofs: proofsView(record.proofs, toMs),
    verdict: verdictView(verdict),
    doubts: status.state === 'unknown' || status.certain ? [] : status.reasons.map(phrase),
  };
}

function proofsView(proofs: AccountRecord['proofs'], toMs: (at: Filetime) => number): AccountProofs {
  const event = (proof: ModelProofEvent | null): ProofEvent | null =>
    proof && { atMs: toMs(proof.at), address: proof.address, by: proof.by };
  const instant = (at: Filetime): number | null => (at === 0n ? null : toMs(at));
  return {
    consoleSignIn: event(proofs.consoleSignIn),
    remoteDesktopSignIn: event(proofs.remoteDesktopSignIn),
    networkSignIn: event(proofs.networkSignIn),
    unlock: event(proofs.unlock),
    passwordReset: event(proofs.passwordReset),
    readUnlockedAtMs: instant(proofs.readUnlockedAt),
    lockSeenAtMs: instant(proofs.lockSeenAt),
    failureAtMs: instant(proofs.failureAt),
    countedAtMs: instant(proofs.countedAt),
  };
}

function lastFailureAtMs(model: InstanceModel, toMs: (at: Filetime) => number): number | null {
  let last = 0n;
  for (const { time } of model.recentFailures) if (time > last) last = time;
  for (const { proofs } of model.accounts.values()) if (proofs.failureAt > last) last = proofs.failureAt;
  return last === 0n ? null : toMs(last);
}

const paceSeconds = ({ pace }: Forecast): number | null =>
  pace?.alive ? secondsFromTicks(pace.meanInterval) : null;

const sourceOf = (row: TrailRow): AccountView['lastSource'] => ({
  address: row.address,
  workstation: row.workstation,
  inferred: row.inferredFrom !== null,
});

function verdictView(verdict: ModelVerdict): Verdict {
  const { kind } = verdict;
  return {
    kind: kind === 'none' || kind === 'undetermined' ? 'undecided' : kind,
    confidence: kind === 'none' ? 'low' : verdict.confidence,
    reasons: [...verdict.reasons, ...verdict.incompleteReasons].map(phrase),
    evidenceIncomplete: verdict.evidenceIncomplete,
  };
}

/** The verdict of the worst account that has one; accounts come worst first. */
function worstVerdict(accounts: readonly AccountView[]): Verdict {
  const failing = accounts.filter((account) => account.verdict.reasons.length > 0);
  const decided = failing.find((account) => account.verdict.kind !== 'undecided') ?? failing[0];
  return decided?.verdict ?? noVerdict;
}

function policyView(model: InstanceModel, toMs: (at: Filetime) => number): PolicyView | null {
  const held =
    model.role === 'domainController' ? model.domainPolicy : (model.localPolicy ?? model.domainPolicy);
  if (!held) return null;
  const { policy, at } = held;
  const until = policy.lockoutDuration;
  return {
    threshold: policy.threshold,
    observationWindowSeconds: secondsFromTicks(policy.observationWindow),
    lockoutDurationSeconds: until === 'untilAdmin' ? null : secondsFromTicks(until),
    lockoutAdmins: policy.lockoutAdmins,
    source: policy.source,
    readAtMs: toMs(at),
    warnings: policyWarnings(policy).map(phrase),
  };
}

/** Failures, refusals of locked accounts, and locks themselves: all three are needed to see everything (R25). */
function auditingOf({ auditing }: InstanceModel): InstanceView['auditing'] {
  if (!auditing) return 'unknown';
  const settings = [
    auditing.logonFailure,
    auditing.accountLockoutFailure,
    auditing.userAccountManagementSuccess,
  ];
  if (settings.every((setting) => setting === true)) return 'on';
  if (settings.every((setting) => setting === false)) return 'off';
  return settings.includes(false) ? 'partial' : 'unknown';
}
