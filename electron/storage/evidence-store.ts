import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { appError } from '../../shared/errors';
import type { EventRecord } from '../../shared/evidence';
import { err, ok, type Result } from '../../shared/result';
import { BatchWriter } from './batch-writer';
import { type DirectoryAttempt, keepAttempts, type LastFailure, lastFailures } from './directory-attempts';
import { EvidenceQueries } from './evidence-queries';
import type { EvidenceBatch, StreamBookmark } from './evidence-types';
import { type OpenOptions, openDatabase } from './open-database';
import { readRecords } from './read-records';
import { type RetentionLimits, type RetentionStep, retentionStep } from './retention';
import { Shapes } from './shapes';
import { databaseError } from './sqlite-errors';

export interface SavedModel {
  readonly text: string;
  readonly savedMs: number;
}

/**
 * The evidence of all instances on SQLite. Synchronous: used in the evidence process only, never in main. Every
 * method gives expected failures (full disk, unreadable file) as values; after one, nothing of that call is stored.
 */
export class EvidenceStore {
  readonly queries: EvidenceQueries;
  readonly #database: DatabaseSyncInstance;
  readonly #path: string;
  readonly #now: () => number;
  readonly #shapes: Shapes;
  readonly #writer: BatchWriter;

  constructor(database: DatabaseSyncInstance, path: string, now: () => number) {
    this.#database = database;
    this.#path = path;
    this.#now = now;
    this.#shapes = new Shapes(database);
    this.queries = new EvidenceQueries(database, path, this.#shapes);
    this.#writer = new BatchWriter(database, this.#shapes, now);
  }

  /**
   * Stores records, bookmarks, model and notes in one transaction. A record stored before (same instance, computer,
   * channel, record id and time) is a duplicate and ignored; the time is part of it because the ids of a rebuilt log
   * start again. Errors: `file.diskFull` (the bookmark has not moved: offer the batch again later), `file.corrupt`
   * (close, and open again with `thorough`).
   */
  appendBatch(batch: EvidenceBatch): Result<{ stored: number; duplicates: number }> {
    return this.#transaction(() => this.#writer.append(batch));
  }

  /** How far each channel of the instance has been read. */
  bookmarks(instanceId: string): Result<StreamBookmark[]> {
    return this.#read(() => {
      const statement = this.#database.prepare(
        `SELECT computer, channel, bookmark_record AS record, bookmark_time AS time FROM stream
         WHERE instance = (SELECT id FROM instance WHERE uuid = ?) AND bookmark_record IS NOT NULL ORDER BY id`,
      );
      statement.setReadBigInts(true);
      const rows: { computer: string; channel: string; record: bigint; time: bigint }[] =
        statement.all(instanceId);
      return rows.map(({ computer, channel, record, time }) => ({
        computer,
        channel,
        recordId: Number(record),
        time,
      }));
    });
  }

  /** The instance's model as it was last saved; null when there is none. */
  model(instanceId: string): Result<SavedModel | null> {
    return this.#read(() => {
      const row: { text: string; saved_ms: number } | undefined = this.#database
        .prepare('SELECT text, saved_ms FROM model WHERE instance = (SELECT id FROM instance WHERE uuid = ?)')
        .get(instanceId);
      return row ? { text: row.text, savedMs: row.saved_ms } : null;
    });
  }

  /**
   * Events as they were written, in the order they were stored, at most `limit`, after the row `after`; null: after
   * those that the saved model holds (all, when none is saved). To fold again what a crash cut off. Go on with
   * `lastId` until no record comes.
   */
  records(
    instanceId: string,
    after: number | null,
    limit = 1000,
  ): Result<{ records: EventRecord[]; lastId: number }> {
    return this.#read(() => {
      const model: { last_evidence: number } | undefined = this.#database
        .prepare('SELECT last_evidence FROM model WHERE instance = (SELECT id FROM instance WHERE uuid = ?)')
        .get(instanceId);
      return readRecords(this.#database, this.#shapes, instanceId, after ?? model?.last_evidence ?? 0, limit);
    });
  }

  /** Stores what PDC emulators were seen to count; what is stored already (same account, same time) is ignored. */
  keepDirectoryAttempts(attempts: readonly DirectoryAttempt[]): Result<{ stored: number }> {
    return this.#transaction(() => keepAttempts(this.#database, attempts));
  }

  /** The newest failure kept of each account of a directory. */
  lastDirectoryFailures(directoryId: string): Result<LastFailure[]> {
    return this.#read(() => lastFailures(this.#database, directoryId));
  }

  get(key: string): Result<string | null> {
    return this.#read(() => {
      const row: { value: string } | undefined = this.#database
        .prepare('SELECT value FROM kv WHERE key = ?')
        .get(key);
      return row?.value ?? null;
    });
  }

  set(key: string, value: string): Result<void> {
    return this.#transaction(() => {
      this.#run(
        'INSERT INTO kv (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        [key, value],
      );
    });
  }

  /** Forgets an instance's bookmarks, model, notes and, at most `stepRows` a call, its evidence. True when all is gone. */
  removeInstance(instanceId: string, stepRows = 5000): Result<boolean> {
    return this.#transaction(() => {
      const row: { id: number } | undefined = this.#database
        .prepare('SELECT id FROM instance WHERE uuid = ?')
        .get(instanceId);
      if (!row) return true;
      const removed = this.#run(
        'DELETE FROM evidence WHERE id IN (SELECT id FROM evidence WHERE instance = ? LIMIT ?)',
        [row.id, stepRows],
      );
      for (const table of ['model', 'broken', 'gap'])
        this.#run(`DELETE FROM ${table} WHERE instance = ?`, [row.id]);
      this.#run('UPDATE stream SET bookmark_record = NULL, bookmark_time = NULL WHERE instance = ?', [
        row.id,
      ]);
      this.#run('UPDATE instance SET rows = max(0, rows - ?) WHERE id = ?', [removed, row.id]);
      if (removed === stepRows) return false;
      this.#run('DELETE FROM stream WHERE instance = ?', [row.id]);
      this.#run('DELETE FROM instance WHERE id = ?', [row.id]);
      this.#writer.forgetIds();
      return true;
    });
  }

  /** One short step of keeping within the limits; call again while it is not `done`, with a pause between. */
  retention(limits: RetentionLimits, stepRows = 1000): Result<RetentionStep> {
    const step = this.#transaction(() => retentionStep(this.#database, limits, this.#now(), stepRows));
    if (!step.ok) return step;
    return this.#read(() => {
      this.#database.exec('PRAGMA incremental_vacuum(256)');
      return step.value;
    });
  }

  /**
   * Writes everything into the one file and closes it. The library keeps the file open until this object is collected:
   * to rename a corrupt database on Windows, end the process first.
   */
  close(): void {
    if (!this.#database.isOpen) return;
    this.#read(() => this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    this.#database.close();
  }

  #transaction<T>(work: () => T): Result<T> {
    if (!this.#database.isOpen) return err(appError('store.unavailable', { file: this.#path }));
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const value = work();
      this.#database.exec('COMMIT');
      return ok(value);
    } catch (thrown) {
      const error = databaseError(thrown, this.#path);
      this.#afterFailure();
      return err(error);
    }
  }

  /** SQLite may have rolled back by itself. What was learned within the transaction is not true any more. */
  #afterFailure(): void {
    this.#writer.forgetIds();
    try {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#shapes.reload();
    } catch (thrown) {
      databaseError(thrown, this.#path);
    }
  }

  #read<T>(work: () => T): Result<T> {
    if (!this.#database.isOpen) return err(appError('store.unavailable', { file: this.#path }));
    try {
      return ok(work());
    } catch (thrown) {
      return err(databaseError(thrown, this.#path));
    }
  }

  #run(sql: string, values: readonly (string | number | bigint | null)[]): number {
    return this.#database.prepare(sql).run(...values).changes;
  }
}

/** Opens the evidence store; see `openDatabase`. `keptAside` is to be announced to the user. */
export function openEvidenceStore(
  path: string,
  options: OpenOptions,
): Result<{ store: EvidenceStore; keptAside: string | null }> {
  const opened = openDatabase(path, options);
  if (!opened.ok) return opened;
  const { database, keptAside } = opened.value;
  try {
    return ok({ store: new EvidenceStore(database, path, options.now), keptAside });
  } catch (thrown) {
    database.close();
    return err(databaseError(thrown, path));
  }
}
