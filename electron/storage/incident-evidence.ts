import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { IncidentEvidenceQuery } from '../../shared/incident';
import type { SourceCount } from './evidence-queries';

/** What the database knows of one incident's failures; whether an address is internal is not its business. */
export interface IncidentCounts {
  readonly failures: number;
  readonly addresses: number;
  readonly firstMs: number | null;
  readonly sources: SourceCount[];
  readonly counted: number[];
  readonly notCounted: number[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly bucketMs: number;
  readonly marks: { atMs: number; kind: 'lock' | 'unlock' | 'gap'; account: string | null }[];
}

const MOST_SOURCES = 200;
const MOST_ACCOUNTS_PER_SOURCE = 20;
const MOST_MARKS = 1000;
const FAILURE = 1;

interface Group {
  readonly address: string | null;
  readonly workstation: string | null;
  readonly account: string | null;
  readonly failures: number;
  readonly first: number;
  readonly last: number;
  readonly inferred: number;
}

/**
 * Timeline, sources and numbers of an incident's failures between two times (milliseconds, both included): those of
 * the accounts named, or of all but those left out. The timeline begins with the first failure.
 */
export function incidentEvidence(
  database: DatabaseSyncInstance,
  { id, fromMs, toMs, buckets, accounts, except }: IncidentEvidenceQuery,
): IncidentCounts {
  const names = accounts ?? except;
  const list = names.map(() => '?').join(', ');
  const whose =
    accounts !== null
      ? `AND account IN (${list})`
      : names.length > 0
        ? `AND (account IS NULL OR account NOT IN (${list}))`
        : '';
  const scope = `instance = (SELECT id FROM instance WHERE uuid = ?) AND at_ms >= ? AND at_ms <= ?`;
  const values = [id, Math.floor(fromMs), Math.ceil(toMs)];

  const groups: Iterable<Group> = database
    .prepare(
      `SELECT address, workstation, account, count(*) AS failures, min(at_ms) AS first, max(at_ms) AS last,
         min(inferred_from IS NOT NULL) AS inferred
       FROM evidence WHERE ${scope} AND kind IN (1, 2) ${whose} GROUP BY address, workstation, account`,
    )
    .iterate(...values, ...names);
  const { sources, failures, addresses, firstMs } = bySource(groups);

  const start = Math.min(firstMs ?? fromMs, toMs);
  const end = Math.ceil(toMs) + 1;
  const bucketMs = Math.max(1, Math.ceil((end - start) / buckets));
  const counted = new Array<number>(buckets).fill(0);
  const notCounted = new Array<number>(buckets).fill(0);
  // One plain count a bucket along the index: grouping would sort every failure first.
  const inBucket = database.prepare(
    `SELECT sum(kind = ${FAILURE}) AS counted, count(*) AS failures
     FROM evidence WHERE ${scope} AND kind IN (1, 2) ${whose}`,
  );
  for (let bucket = 0; failures > 0 && bucket < buckets; bucket++) {
    const from = Math.floor(start) + bucket * bucketMs;
    const row: { counted: number | null; failures: number } | undefined = inBucket.get(
      id,
      from,
      Math.min(from + bucketMs, end) - 1,
      ...names,
    );
    counted[bucket] = row?.counted ?? 0;
    notCounted[bucket] = (row?.failures ?? 0) - (row?.counted ?? 0);
  }

  const marks: IncidentCounts['marks'] = database
    .prepare(
      `SELECT at_ms AS atMs, iif(kind = 3, 'lock', 'unlock') AS kind, account FROM evidence
         WHERE kind IN (3, 4) AND ${scope} ${whose}
       UNION ALL SELECT at_ms, 'gap', NULL FROM gap WHERE ${scope}
       ORDER BY 1 DESC LIMIT ${MOST_MARKS}`,
    )
    .all(...values, ...names, ...values);
  return {
    failures,
    addresses,
    firstMs,
    sources,
    counted,
    notCounted,
    fromMs: Math.floor(start),
    toMs: end,
    bucketMs,
    marks: marks.reverse(),
  };
}

function bySource(groups: Iterable<Group>) {
  const sources = new Map<string, SourceCount & { accounts: string[] }>();
  const addresses = new Set<string>();
  let failures = 0;
  let firstMs: number | null = null;
  for (const group of groups) {
    failures += group.failures;
    if (group.address !== null) addresses.add(group.address);
    firstMs = Math.min(firstMs ?? group.first, group.first);
    const key = JSON.stringify([group.address, group.workstation]);
    const known = sources.get(key);
    const accounts = known?.accounts ?? [];
    if (group.account !== null && accounts.length < MOST_ACCOUNTS_PER_SOURCE) accounts.push(group.account);
    sources.set(key, {
      address: group.address,
      workstation: group.workstation,
      inferred: (known?.inferred ?? true) && group.inferred === 1,
      failures: (known?.failures ?? 0) + group.failures,
      accounts,
      firstMs: Math.min(known?.firstMs ?? group.first, group.first),
      lastMs: Math.max(known?.lastMs ?? group.last, group.last),
    });
  }
  return {
    sources: [...sources.values()]
      .sort((a, b) => b.failures - a.failures || b.lastMs - a.lastMs)
      .slice(0, MOST_SOURCES),
    addresses: addresses.size,
    failures,
    firstMs,
  };
}
