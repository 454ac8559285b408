import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Filetime } from '../../shared/time';

/** What two readings of an account at a PDC emulator told: failures that it counted, or a lock that was taken away. */
export interface DirectoryAttempt {
  readonly directoryId: string;
  readonly sid: string;
  readonly name: string;
  readonly what: 'wrong' | 'unlocked';
  /** Of the last failure, on the controller's clock: names what was seen, however often it is read. */
  readonly at: Filetime;
  /** The same on our clock. */
  readonly atMs: number;
  /** When the account was read before that, or all of the domain; null: never. */
  readonly sinceMs: number | null;
  readonly failures: number;
  /** The stored count afterwards. */
  readonly count: number;
}

export interface DirectoryAttemptRow {
  readonly id: number;
  readonly atMs: number;
  readonly sinceMs: number | null;
  readonly sid: string;
  readonly name: string;
  readonly what: DirectoryAttempt['what'];
  readonly failures: number;
}

export interface DirectoryAttemptsQuery {
  readonly directoryId: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The newest failure kept of an account. */
export interface LastFailure {
  readonly sid: string;
  readonly at: Filetime;
  readonly count: number;
}

const KIND = { wrong: 1, unlocked: 2 } as const;

/** Stores what is not stored yet, and says how many those were. */
export function keepAttempts(
  database: DatabaseSyncInstance,
  attempts: readonly DirectoryAttempt[],
): { stored: number } {
  const insert = database.prepare(
    `INSERT INTO directory_attempt (directory, sid, name, kind, ticks, at_ms, since_ms, failures, count)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (directory, sid, kind, ticks) DO NOTHING`,
  );
  let stored = 0;
  for (const { directoryId, sid, name, what, at, atMs, sinceMs, failures, count } of attempts) {
    stored += insert.run(
      directoryId,
      sid,
      name,
      KIND[what],
      at,
      Math.round(atMs),
      sinceMs === null ? null : Math.round(sinceMs),
      failures,
      count,
    ).changes;
  }
  return { stored };
}

export function lastFailures(database: DatabaseSyncInstance, directoryId: string): LastFailure[] {
  // With max() the other columns are those of the row that has it.
  const statement = database.prepare(
    'SELECT sid, max(ticks) AS at, count FROM directory_attempt WHERE directory = ? AND kind = 1 GROUP BY sid',
  );
  statement.setReadBigInts(true);
  const rows: { sid: string; at: bigint; count: bigint }[] = statement.all(directoryId);
  return rows.map(({ sid, at, count }) => ({ sid, at, count: Number(count) }));
}

/** The rows after a cursor (milliseconds and row id), at most `limit`, oldest first. */
export function directoryAttemptsAfter(
  database: DatabaseSyncInstance,
  { directoryId, fromMs, toMs }: DirectoryAttemptsQuery,
  after: { readonly atMs: number; readonly id: number },
  limit: number,
): DirectoryAttemptRow[] {
  return database
    .prepare(
      `SELECT id, at_ms AS atMs, since_ms AS sinceMs, sid, name, iif(kind = 1, 'wrong', 'unlocked') AS what, failures
       FROM directory_attempt
       WHERE directory = ? AND at_ms >= ? AND at_ms < ? AND (at_ms, id) > (?, ?) ORDER BY at_ms, id LIMIT ?`,
    )
    .all(directoryId, fromMs, toMs, after.atMs, after.id, limit);
}

/** Deletes at most `stepRows`: what is older than the time, then what is beyond the number, oldest first. */
export function forgetAttempts(
  database: DatabaseSyncInstance,
  beforeMs: number,
  mostRows: number,
  stepRows: number,
): number {
  const oldest = 'DELETE FROM directory_attempt WHERE id IN (SELECT id FROM directory_attempt';
  const aged = database.prepare(`${oldest} WHERE at_ms < ? LIMIT ?)`).run(beforeMs, stepRows).changes;
  const { rows }: { rows: number } = database.prepare('SELECT count(*) AS rows FROM directory_attempt').get();
  const over = Math.min(rows - mostRows, stepRows - aged);
  if (over <= 0) return aged;
  return aged + database.prepare(`${oldest} ORDER BY id LIMIT ?)`).run(over).changes;
}
