import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { forgetAttempts } from './directory-attempts';

export interface RetentionLimits {
  readonly maxAgeMs: number;
  readonly maxBytes: number;
  readonly maxRows: number;
}

export interface RetentionStep {
  readonly deleted: number;
  /** False: there is more to delete. */
  readonly done: boolean;
}

/** What PDC emulators counted is small; it is bounded by itself. */
const MOST_DIRECTORY_ATTEMPTS = 500_000;

interface InstanceRows {
  readonly id: number;
  readonly rows: number;
}

const number = (database: DatabaseSyncInstance, pragma: string): number => {
  const row: Record<string, number> = database.prepare(`PRAGMA ${pragma}`).get();
  return row[pragma] ?? 0;
};

/** Bytes in use, without the free pages that later evidence fills again. */
export const usedBytes = (database: DatabaseSyncInstance): number =>
  (number(database, 'page_count') - number(database, 'freelist_count')) * number(database, 'page_size');

const OLDEST = 'DELETE FROM evidence WHERE id IN (SELECT id FROM evidence WHERE instance = ?';

function forget(database: DatabaseSyncInstance, instance: number, deleted: number): number {
  if (deleted > 0) {
    database.prepare('UPDATE instance SET rows = max(0, rows - ?) WHERE id = ?').run(deleted, instance);
  }
  return deleted;
}

/**
 * Deletes at most `stepRows` rows: first what is older than the age, then, above the size or number, the oldest rows of
 * the instance that holds the most, so that one attacked instance does not push out the history of the quiet ones.
 */
export function retentionStep(
  database: DatabaseSyncInstance,
  limits: RetentionLimits,
  nowMs: number,
  stepRows: number,
): RetentionStep {
  const before = nowMs - limits.maxAgeMs;
  const instances: InstanceRows[] = database
    .prepare('SELECT id, rows FROM instance ORDER BY rows DESC')
    .all();
  let deleted = 0;
  const aged = database.prepare(`${OLDEST} AND at_ms < ? ORDER BY at_ms LIMIT ?)`);
  for (const { id } of instances) {
    if (deleted >= stepRows) break;
    deleted += forget(database, id, aged.run(id, before, stepRows - deleted).changes);
  }
  for (const table of ['gap', 'broken']) database.prepare(`DELETE FROM ${table} WHERE at_ms < ?`).run(before);
  deleted += forgetAttempts(database, before, MOST_DIRECTORY_ATTEMPTS, Math.max(0, stepRows - deleted));
  if (deleted >= stepRows) return { deleted, done: false };

  const most = instances[0];
  const total = instances.reduce((sum, { rows }) => sum + rows, 0) - deleted;
  const over = total - limits.maxRows;
  const tooLarge = usedBytes(database) > limits.maxBytes;
  if (!most || total <= 0 || (over <= 0 && !tooLarge)) return { deleted, done: true };
  const room = stepRows - deleted;
  const oldest = database.prepare(`${OLDEST} ORDER BY at_ms LIMIT ?)`);
  const removed = forget(
    database,
    most.id,
    oldest.run(most.id, tooLarge ? room : Math.min(room, over)).changes,
  );
  return { deleted: deleted + removed, done: removed === 0 };
}
