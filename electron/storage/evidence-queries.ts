import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { appError } from '../../shared/errors';
import type {
  EvidencePage,
  EvidenceQuery,
  EvidenceRow,
  SourceRow,
  Timeline,
} from '../../shared/evidence-view';
import type { IncidentEvidenceQuery } from '../../shared/incident';
import { err, ok, type Result } from '../../shared/result';
import {
  type AddressSurvey,
  type AttemptRow,
  type AttemptsQuery,
  attemptsAfter,
  surveyAddresses,
} from './attempts';
import {
  type DirectoryAttemptRow,
  type DirectoryAttemptsQuery,
  directoryAttemptsAfter,
} from './directory-attempts';
import { type BrokenNote, kindNumber, kindOf } from './evidence-types';
import { type IncidentCounts, incidentEvidence } from './incident-evidence';
import type { Shapes } from './shapes';
import { databaseError } from './sqlite-errors';

type Values = (string | number | bigint | null)[];

interface DatabaseRow {
  readonly id: number;
  readonly at_ms: number;
  readonly computer: string;
  readonly channel: string;
  readonly record_id: number;
  readonly event_id: number;
  readonly kind: number;
  readonly account: string | null;
  readonly address: string | null;
  readonly inferred_from: string | null;
  readonly workstation: string | null;
  readonly explanation: string | null;
  readonly shape: number;
  readonly fields: string;
}

const FAILURE = kindNumber('failure');
const THIS_INSTANCE = 'instance = (SELECT id FROM instance WHERE uuid = ?)';
const MOST_SOURCES = 500;
const MOST_ACCOUNTS_PER_SOURCE = 50;

/** The part of a source's row that the database knows; whether an address is internal is not its business. */
export type SourceCount = Omit<SourceRow, 'scope'>;

/** What the screens ask the evidence store. All times in milliseconds since 1970. */
export class EvidenceQueries {
  constructor(
    readonly database: DatabaseSyncInstance,
    readonly path: string,
    readonly shapes: Shapes,
  ) {}

  /** Rows of one instance, newest first, before the cursor; `text` is looked for in addresses, names and values. */
  page(query: EvidenceQuery): Result<EvidencePage> {
    return this.#read(() => {
      const { where, values } = filters(query);
      const rows: DatabaseRow[] = this.database
        .prepare(
          `SELECT e.id, at_ms, s.computer, s.channel, record_id, event_id, kind, account, address, inferred_from, workstation,
             explanation, shape, fields
           FROM evidence e JOIN stream s ON s.id = e.stream
           WHERE e.${THIS_INSTANCE} ${where} ORDER BY at_ms DESC, e.id DESC LIMIT ?`,
        )
        .all(query.instanceId, ...values, query.limit + 1);
      return {
        rows: rows.slice(0, query.limit).map((row) => this.#view(row)),
        more: rows.length > query.limit,
      };
    });
  }

  /**
   * Failures between two times in `buckets` equal stretches, with locks, unlocks and gaps; `to` is not included. With
   * an account (the model's key) only its failures and marks; a gap concerns every account.
   */
  timeline(
    instanceId: string,
    asked: { readonly fromMs: number; readonly toMs: number },
    buckets: number,
    account: string | null = null,
  ): Result<Timeline> {
    return this.#read(() => {
      const { fromMs, toMs } = wholeSpan(asked);
      // Rounded up: the last instant before `to` falls into the last bucket at most.
      const bucketMs = Math.max(1, Math.ceil((toMs - fromMs) / buckets));
      const counted = new Array<number>(buckets).fill(0);
      const notCounted = new Array<number>(buckets).fill(0);
      const onAccount = account === null ? '' : 'AND account = ?5';
      const accountValue = account === null ? [] : [account];
      const rows: { bucket: number; kind: number; failures: number }[] = this.database
        .prepare(
          `SELECT CAST((at_ms - ?1) / ?2 AS INTEGER) AS bucket, kind, count(*) AS failures FROM evidence
           WHERE instance = (SELECT id FROM instance WHERE uuid = ?3) AND at_ms >= ?1 AND at_ms < ?4 AND kind IN (1, 2)
             ${onAccount} GROUP BY bucket, kind`,
        )
        .all(fromMs, bucketMs, instanceId, toMs, ...accountValue);
      for (const { bucket, kind, failures } of rows)
        (kind === FAILURE ? counted : notCounted)[bucket] = failures;
      const marks: { atMs: number; kind: 'lock' | 'unlock' | 'gap'; account: string | null }[] = this.database
        .prepare(
          `SELECT at_ms AS atMs, iif(kind = 3, 'lock', 'unlock') AS kind, account FROM evidence
             WHERE kind IN (3, 4) AND ${THIS_INSTANCE} AND at_ms >= ? AND at_ms < ? ${account === null ? '' : 'AND account = ?'}
           UNION ALL SELECT at_ms, 'gap', NULL FROM gap WHERE ${THIS_INSTANCE} AND at_ms >= ? AND at_ms < ?
           ORDER BY 1 DESC LIMIT 2000`,
        )
        .all(instanceId, fromMs, toMs, ...accountValue, instanceId, fromMs, toMs);
      return { fromMs, toMs, bucketMs, counted, notCounted, marks: marks.reverse() };
    });
  }

  /** Where the failures since a time came from, most failures first, at most 500 sources. */
  sources(instanceId: string, sinceMs: number, account: string | null = null): Result<SourceCount[]> {
    return this.#read(() => {
      const onAccount = account === null ? '' : 'AND account = ?';
      const rows: Iterable<{
        address: string | null;
        workstation: string | null;
        account: string | null;
        failures: number;
        first: number;
        last: number;
        inferred: number;
      }> = this.database
        .prepare(
          `SELECT address, workstation, account, count(*) AS failures, min(at_ms) AS first, max(at_ms) AS last,
             min(inferred_from IS NOT NULL) AS inferred
           FROM evidence WHERE ${THIS_INSTANCE} AND at_ms >= ? AND kind IN (1, 2) ${onAccount}
           GROUP BY address, workstation, account`,
        )
        .iterate(instanceId, sinceMs, ...(account === null ? [] : [account]));
      const sources = new Map<string, SourceCount>();
      for (const row of rows) {
        const key = JSON.stringify([row.address, row.workstation]);
        const known = sources.get(key);
        const accounts = known?.accounts ?? [];
        if (row.account !== null && accounts.length < MOST_ACCOUNTS_PER_SOURCE) accounts.push(row.account);
        sources.set(key, {
          address: row.address,
          workstation: row.workstation,
          inferred: (known?.inferred ?? true) && row.inferred === 1,
          failures: (known?.failures ?? 0) + row.failures,
          accounts,
          firstMs: Math.min(known?.firstMs ?? row.first, row.first),
          lastMs: Math.max(known?.lastMs ?? row.last, row.last),
        });
      }
      return [...sources.values()]
        .sort((a, b) => b.failures - a.failures || b.lastMs - a.lastMs)
        .slice(0, MOST_SOURCES);
    });
  }

  /** Timeline, sources and numbers of an incident's failures. */
  incident(asked: IncidentEvidenceQuery): Result<IncidentCounts> {
    return this.#read(() => incidentEvidence(this.database, asked));
  }

  /** What each address did between two times, for telling guessers from users. */
  addressSurvey(query: AttemptsQuery): Result<AddressSurvey[]> {
    return this.#read(() => surveyAddresses(this.database, query));
  }

  /** Attempts on accounts that exist after a cursor, oldest first: page by page, so that nobody waits long. */
  attempts(
    query: AttemptsQuery,
    after: { readonly atMs: number; readonly id: number },
    limit: number,
  ): Result<AttemptRow[]> {
    return this.#read(() => attemptsAfter(this.database, query, after, limit));
  }

  /** What a PDC emulator was seen to count after a cursor, oldest first. */
  directoryAttempts(
    query: DirectoryAttemptsQuery,
    after: { readonly atMs: number; readonly id: number },
    limit: number,
  ): Result<DirectoryAttemptRow[]> {
    return this.#read(() => directoryAttemptsAfter(this.database, query, after, limit));
  }

  /** Evidence rows and broken records of one instance. */
  count(instanceId: string): Result<{ rows: number; broken: number }> {
    return this.#read(() => {
      const row: { rows: number; broken: number } | undefined = this.database
        .prepare('SELECT rows, broken FROM instance WHERE uuid = ?')
        .get(instanceId);
      return { rows: row?.rows ?? 0, broken: row?.broken ?? 0 };
    });
  }

  /** The newest broken records that were kept for diagnosis. */
  broken(instanceId: string): Result<(BrokenNote & { atMs: number })[]> {
    return this.#read(() =>
      this.database
        .prepare(
          `SELECT at_ms AS atMs, channel, reason, excerpt FROM broken WHERE ${THIS_INSTANCE} ORDER BY id DESC`,
        )
        .all(instanceId),
    );
  }

  #view(row: DatabaseRow): EvidenceRow {
    return {
      id: row.id,
      atMs: row.at_ms,
      computer: row.computer,
      channel: row.channel,
      recordId: row.record_id,
      eventId: row.event_id,
      kind: kindOf(row.kind),
      account: row.account,
      address: row.address,
      addressInferredFrom: row.inferred_from,
      workstation: row.workstation,
      explanation: row.explanation === null ? null : JSON.parse(row.explanation),
      fields: this.shapes.decode(row.shape, row.fields).fields,
    };
  }

  #read<T>(work: () => T): Result<T> {
    if (!this.database.isOpen) return err(appError('store.unavailable', { file: this.path }));
    try {
      return ok(work());
    } catch (thrown) {
      return err(databaseError(thrown, this.path));
    }
  }
}

/** The last instant that JavaScript has a date for. */
const END_OF_TIME_MS = 8.64e15;

/** A span in whole milliseconds of this era, never backwards: whatever was asked, the arithmetic stays exact. */
function wholeSpan({ fromMs, toMs }: { fromMs: number; toMs: number }): { fromMs: number; toMs: number } {
  const within = (ms: number) => Math.min(Math.max(ms, 0), END_OF_TIME_MS);
  const from = Math.floor(within(fromMs));
  return { fromMs: from, toMs: Math.max(from, Math.ceil(within(toMs))) };
}

const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, (special) => `\\${special}`)}%`;

function filters(query: EvidenceQuery): { where: string; values: Values } {
  const conditions: string[] = [];
  const values: Values = [];
  if (query.kinds !== null) {
    conditions.push(`kind IN (${query.kinds.map(() => '?').join(', ')})`);
    values.push(...query.kinds.map(kindNumber));
  }
  if (query.account !== null) {
    conditions.push('account = ?');
    values.push(query.account);
  }
  if (query.text !== null && query.text !== '') {
    const plain = likePattern(query.text);
    const inJson = likePattern(JSON.stringify(query.text).slice(1, -1));
    conditions.push(
      `(fields LIKE ? ESCAPE '\\' OR account LIKE ? ESCAPE '\\' OR address LIKE ? ESCAPE '\\'
        OR workstation LIKE ? ESCAPE '\\' OR s.computer LIKE ? ESCAPE '\\' OR CAST(event_id AS TEXT) LIKE ? ESCAPE '\\')`,
    );
    values.push(inJson, plain, plain, plain, plain, plain);
  }
  if (query.before !== null) {
    conditions.push('(at_ms, e.id) < (?, ?)');
    values.push(query.before.atMs, query.before.id);
  }
  return { where: conditions.map((condition) => `AND ${condition}`).join(' '), values };
}
