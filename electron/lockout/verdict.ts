import { type Filetime, TICKS_PER_MINUTE, TICKS_PER_SECOND, type Ticks } from '../../shared/time';
import { addressScope } from './address';
import { paceOf, rhythmOf, sourceOf } from './pace';
import type {
  AccountRecord,
  InstanceModel,
  Reason,
  RecentFailure,
  TrailRow,
  Verdict,
  VerdictKind,
} from './types';

/** Failures older than this say nothing about what goes on now. */
const HORIZON: Ticks = 24n * 60n * TICKS_PER_MINUTE;
/** Names tried within this time of the account's own failures belong to one happening. */
const TOGETHER: Ticks = 60n * TICKS_PER_MINUTE;
/** A person forgives himself within this time. */
const SOON: Ticks = 10n * TICKS_PER_MINUTE;
/** Nobody types this fast for long. */
const MACHINE_INTERVAL: Ticks = 5n * TICKS_PER_SECOND;
const RELENTLESS_INTERVAL: Ticks = TICKS_PER_SECOND;
const MACHINE_FAILURES = 8;
const MANY = 4;
const TYPO_AT_MOST = 4;
const SERVICE_LOGONS = new Set([4, 5]);

export interface VerdictOptions {
  /** Addresses of the admin's own machines as the instance sees them, normalised. */
  readonly ownAddresses: readonly string[];
}

interface Found {
  readonly rows: readonly TrailRow[];
  readonly addresses: ReadonlySet<string>;
  readonly internet: number;
  readonly withoutAddress: number;
  readonly inferred: number;
  readonly names: number;
  readonly machine: boolean;
  readonly interval: Ticks | null;
  readonly sources: number;
}

const reason = (name: string, params: Reason['params'] = {}): Reason => ({
  key: `lockout.verdict.${name}`,
  params,
});

type Score = { points: number; reasons: Reason[] };
const add = (score: Score, points: number, why: Reason): void => {
  score.points += points;
  score.reasons.push(why);
};

/**
 * Who is behind an account's failures of the last 24 hours before `now` (ticks): an attack, a stale credential, a typo,
 * or the admin. Points are given for what the evidence shows; too few make it undetermined, never a guess.
 */
export function verdict(
  model: InstanceModel,
  record: AccountRecord,
  options: VerdictOptions,
  now: Filetime,
): Verdict {
  const found = look(model, record, now);
  if (found.rows.length === 0) {
    return {
      kind: 'none',
      confidence: 'high',
      reasons: [],
      evidenceIncomplete: false,
      incompleteReasons: [],
    };
  }
  const incompleteReasons = incompleteness(model, found);
  const { kind, points, reasons } = decide(record, found, options);
  const doubtful = found.withoutAddress * 2 > found.rows.length || found.inferred * 2 > found.rows.length;
  const level = (points >= 4 ? 2 : points === 3 ? 1 : 0) - (doubtful && points >= 3 ? 1 : 0);
  return {
    kind,
    confidence: level === 2 ? 'high' : level === 1 ? 'medium' : 'low',
    reasons,
    evidenceIncomplete: incompleteReasons.length > 0,
    incompleteReasons,
  };
}

function look(model: InstanceModel, record: AccountRecord, now: Filetime): Found {
  const rows = record.trail.filter(
    (row) => row.kind === 'failure' && now - row.time <= HORIZON && row.reason !== 'environment',
  );
  const addresses = new Set<string>();
  const sources = new Set<string>();
  let [internet, withoutAddress, inferred] = [0, 0, 0];
  for (const row of rows) {
    sources.add(sourceOf(row));
    if (row.address === null) withoutAddress++;
    else addresses.add(row.address);
    if (row.inferredFrom) inferred++;
  }
  for (const address of addresses) if (addressScope(address) === 'internet') internet++;
  const pace = paceOf(record, now);
  const machine = pace !== null && rows.length >= MACHINE_FAILURES && pace.meanInterval <= MACHINE_INTERVAL;
  const names = namesTogether(model, rows, addresses);
  return {
    rows,
    addresses,
    internet,
    withoutAddress,
    inferred,
    names,
    machine,
    interval: pace?.meanInterval ?? null,
    sources: sources.size,
  };
}

/** Whole instances are judged account by account on one list: its addresses are looked at once. */
const judgedLists = new WeakMap<readonly RecentFailure[], readonly boolean[]>();
function internetAmong(failures: readonly RecentFailure[]): readonly boolean[] {
  const known = judgedLists.get(failures);
  if (known) return known;
  const judged = failures.map(({ address }) => address !== null && addressScope(address) === 'internet');
  judgedLists.set(failures, judged);
  return judged;
}

/** How many names the same sources tried, this one included; all of the internet is one source, and so is the unknown. */
function namesTogether(
  model: InstanceModel,
  rows: readonly TrailRow[],
  addresses: ReadonlySet<string>,
): number {
  const [first, last] = [rows[0], rows[rows.length - 1]];
  if (!first || !last) return 0;
  const names = new Set<string>();
  const fromInternet = [...addresses].some((address) => addressScope(address) === 'internet');
  const internet = internetAmong(model.recentFailures);
  for (const [i, failure] of model.recentFailures.entries()) {
    if (failure.time < first.time - TOGETHER || failure.time > last.time + TOGETHER) continue;
    const { address } = failure;
    const shared =
      address === null
        ? addresses.size === 0
        : addresses.has(address) || (fromInternet && internet[i] === true);
    if (shared) names.add(failure.accountKey);
  }
  return names.size;
}

function incompleteness(model: InstanceModel, found: Found): Reason[] {
  const reasons: Reason[] = [];
  const { withoutAddress: missing, rows } = found;
  if (missing > 0) reasons.push(reason('incomplete.addressMissing', { missing, failures: rows.length }));
  if (found.inferred > 0) {
    reasons.push(reason('incomplete.addressInferred', { inferred: found.inferred, failures: rows.length }));
  }
  const start = rows[0]?.time ?? 0n;
  const gap = model.gaps.findLast((g) => g.at > start);
  if (gap) reasons.push(reason(`incomplete.gap.${gap.reason}`, { channel: gap.channel }));
  return reasons;
}

function decide(record: AccountRecord, found: Found, options: VerdictOptions): Score & { kind: VerdictKind } {
  const own = ownDoing(found, options);
  if (own.points > 0) return { kind: 'ownDoing', ...own };
  const attack = attackScore(found);
  const stale = staleScore(record, found);
  if (attack.points >= 2 && attack.points > stale.points) return { kind: 'attack', ...attack };
  if (stale.points >= 2) return { kind: 'staleCredential', ...stale };
  const typo = typoScore(record, found);
  if (typo.points > 0) return { kind: 'typo', ...typo };
  const reasons =
    attack.reasons.length > 0 ? attack.reasons : [reason('noPattern', { failures: found.rows.length })];
  return { kind: 'undetermined', points: 0, reasons };
}

function ownDoing(found: Found, { ownAddresses }: VerdictOptions): Score {
  const score: Score = { points: 0, reasons: [] };
  if (found.addresses.size === 0) return score;
  for (const address of found.addresses) if (!ownAddresses.includes(address)) return score;
  // Failures without an address may be anybody's: then the admin's own are not the whole story.
  if (found.withoutAddress * 2 > found.rows.length) return score;
  const address = [...found.addresses][0] ?? '';
  add(
    score,
    found.withoutAddress === 0 ? 4 : 3,
    reason('ownAddress', { address, failures: found.rows.length }),
  );
  return score;
}

/** A short burst at machine pace may be one program's retries; one that goes on is not, less so at several a second. */
function machinePoints({ rows, interval }: Found): number {
  if (rows.length < 4 * MACHINE_FAILURES) return 1;
  return interval !== null && interval <= RELENTLESS_INTERVAL ? 3 : 2;
}

function attackScore(found: Found): Score {
  const score: Score = { points: 0, reasons: [] };
  const { names, internet, rows } = found;
  if (names >= MANY) add(score, 2, reason('manyNames', { names }));
  // Many addresses weigh more than that they are on the internet: one reason says both.
  if (internet >= MANY) add(score, 3, reason('manyAddresses', { addresses: internet }));
  else if (internet > 0) add(score, 1, reason('internetSource', { addresses: internet }));
  if (found.machine) add(score, machinePoints(found), reason('machinePace', { failures: rows.length }));
  return score;
}

function staleScore(record: AccountRecord, found: Found): Score {
  const score: Score = { points: 0, reasons: [] };
  const service = found.rows.filter((row) => SERVICE_LOGONS.has(row.logonType ?? -1)).length;
  const rhythm = rhythmOf(record);
  const single = found.sources === 1 || found.addresses.size + (found.withoutAddress > 0 ? 1 : 0) === 1;
  if (!single && service === 0) return score;
  if (rhythm && single) {
    const seconds = Math.round(Number(rhythm.period) / Number(TICKS_PER_SECOND));
    add(score, 2, reason('steadyPeriod', { seconds, retries: rhythm.retries, burst: rhythm.burst }));
  }
  if (service > 0) add(score, 2, reason('serviceLogon', { failures: service }));
  if (score.points === 0) return score;
  if (single) add(score, 1, reason('oneSource'));
  if (found.internet > 0) add(score, -1, reason('internetSource', { addresses: found.internet }));
  return score;
}

/** A few failures from one source, then the right password soon after. */
function typoScore(record: AccountRecord, found: Found): Score {
  const score: Score = { points: 0, reasons: [] };
  const last = found.rows[found.rows.length - 1];
  if (!last || found.machine) return score;
  const success = record.trail.find(
    (row) => row.kind === 'success' && row.time >= last.time && row.time - last.time <= SOON,
  );
  if (!success) return score;
  const run = found.rows.filter((row) => last.time - row.time <= SOON);
  if (run.length > TYPO_AT_MOST) return score;
  const sameSource =
    run.every((row) => row.address === success.address) && run.every((row) => row.logonType !== 5);
  if (!sameSource) return score;
  const params = { failures: run.length };
  add(score, success.address === null ? 2 : 4, reason('fewThenSuccess', params));
  return score;
}
