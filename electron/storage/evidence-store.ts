import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { appError } from '../../shared/errors';
import type { EventRecord } from '../../shared/evidence';
import { err, ok, type Result } from '../../shared/result';
import { filetimeFromMs, msFromFiletime, TICKS_PER_MS } from '../../shared/time';
import { EvidenceQueries } from './evidence-queries';
import {
  type BrokenNote,
  type EvidenceBatch,
  kindNumber,
  type StoredRecord,
  type StreamBookmark,
} from './evidence-types';
import { type OpenOptions, openDatabase } from './open-database';
import { readRecords } from './read-records';
import { type RetentionLimits, type RetentionStep, retentionStep } from './retention';
import { Shapes } from './shapes';
import { databaseError } from './sqlite-errors';

/** Broken records kept for diagnosis, per instance; the newest. */
const MOST_BROKEN = 100;
const SIGNED = 64;

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
  readonly #instances = new Map<string, number>();
  readonly #streams = new Map<string, number>();
  readonly #insert;

  constructor(database: DatabaseSyncInstance, path: string, now: () => number) {
    this.#database = database;
    this.#path = path;
    this.#now = now;
    this.#shapes = new Shapes(database);
    this.queries = new EvidenceQueries(database, path, this.#shapes);
    this.#insert = database.prepare(
      `INSERT INTO evidence (instance, stream, record_id, at_ms, ticks, event_id, kind, account, address, inferred_from,
         workstation, explanation, keywords, task, shape, fields)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (stream, record_id, at_ms, ticks) DO NOTHING`,
    );
  }

  /**
   * Stores records, bookmarks, model and notes in one transaction. A record stored before (same instance, computer,
   * channel, record id and time) is a duplicate and ignored; the time is part of it because the ids of a rebuilt log
   * start again. Errors: `file.diskFull` (the bookmark has not moved: offer the batch again later), `file.corrupt`
   * (close, and open again with `thorough`).
   */
  appendBatch(batch: EvidenceBatch): Result<{ stored: number; duplicates: number }> {
    return this.#transaction(() => {
      const instance = this.#instance(batch.instanceId);
      const stored = this.#storeRecords(instance, batch.records);
      for (const bookmark of batch.bookmarks ?? []) this.#storeBookmark(instance, bookmark);
      for (const gap of batch.gaps ?? []) {
        this.#run('INSERT OR IGNORE INTO gap (instance, at_ms, channel, reason) VALUES (?, ?, ?, ?)', [
          instance,
          gap.atMs,
          gap.channel,
          gap.reason,
        ]);
      }
      for (const change of batch.amendments ?? []) {
        this.#run(
          `UPDATE evidence SET address = ?, inferred_from = ?
           WHERE stream = ? AND record_id = ? AND (address IS NULL OR inferred_from IS NOT NULL)`,
          [
            change.address,
            change.addressInferredFrom,
            this.#stream(instance, change.computer, change.channel),
            change.recordId,
          ],
        );
      }
      const broken = batch.broken ?? [];
      this.#storeBroken(instance, broken);
      this.#run('UPDATE instance SET rows = rows + ?, broken = broken + ? WHERE id = ?', [
        stored,
        batch.brokenCount ?? broken.length,
        instance,
      ]);
      if (batch.modelText !== undefined) this.#storeModel(instance, batch.modelText);
      return { stored, duplicates: batch.records.length - stored };
    });
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
      this.#instances.clear();
      this.#streams.clear();
      return true;
    });
  }

  /** One short step of keeping within the limits; call again while it is not `done`, with a pause between. */
  retention(limits: RetentionLimits, stepRows = 2000): Result<RetentionStep> {
    const step = this.#transaction(() => retentionStep(this.#database, limits, this.#now(), stepRows));
    if (!step.ok) return step;
    return this.#read(() => {
      this.#database.exec('PRAGMA incremental_vacuum(512)');
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
    this.#instances.clear();
    this.#streams.clear();
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

  #storeRecords(instance: number, records: readonly StoredRecord[]): number {
    let stored = 0;
    for (const { record, kind, account, address, addressInferredFrom, workstation, explanation } of records) {
      const atMs = msFromFiletime(record.time);
      const { shape, fields } = this.#shapes.encode(record.provider, record.data);
      stored += this.#insert.run(
        instance,
        this.#stream(instance, record.computer, record.channel),
        record.recordId,
        atMs,
        Number((record.time - filetimeFromMs(0)) % TICKS_PER_MS),
        record.eventId,
        kindNumber(kind),
        account,
        address,
        addressInferredFrom,
        workstation,
        explanation === null ? null : JSON.stringify(explanation),
        BigInt.asIntN(SIGNED, record.keywords),
        record.task,
        shape,
        fields,
      ).changes;
    }
    return stored;
  }

  #storeBookmark(instance: number, { computer, channel, recordId, time }: StreamBookmark): void {
    this.#run('UPDATE stream SET bookmark_record = ?, bookmark_time = ? WHERE id = ?', [
      recordId,
      time,
      this.#stream(instance, computer, channel),
    ]);
  }

  #storeBroken(instance: number, broken: readonly BrokenNote[]): void {
    if (broken.length === 0) return;
    for (const { channel, reason, excerpt } of broken.slice(-MOST_BROKEN)) {
      this.#run('INSERT INTO broken (instance, at_ms, channel, reason, excerpt) VALUES (?, ?, ?, ?, ?)', [
        instance,
        this.#now(),
        channel,
        reason,
        excerpt,
      ]);
    }
    this.#run(
      `DELETE FROM broken WHERE instance = ?1 AND id <=
         (SELECT id FROM broken WHERE instance = ?1 ORDER BY id DESC LIMIT 1 OFFSET ${MOST_BROKEN})`,
      [instance],
    );
  }

  #storeModel(instance: number, text: string): void {
    this.#run(
      `INSERT INTO model (instance, text, last_evidence, saved_ms)
       VALUES (?1, ?2, (SELECT coalesce(max(id), 0) FROM evidence), ?3)
       ON CONFLICT (instance) DO UPDATE SET text = excluded.text, last_evidence = excluded.last_evidence,
         saved_ms = excluded.saved_ms`,
      [instance, text, this.#now()],
    );
  }

  #instance(uuid: string): number {
    const known = this.#instances.get(uuid);
    if (known !== undefined) return known;
    this.#run('INSERT OR IGNORE INTO instance (uuid) VALUES (?)', [uuid]);
    const row: { id: number } = this.#database.prepare('SELECT id FROM instance WHERE uuid = ?').get(uuid);
    this.#instances.set(uuid, row.id);
    return row.id;
  }

  #stream(instance: number, computer: string, channel: string): number {
    const key = `${instance}\u0000${computer}\u0000${channel}`;
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const values = [instance, computer, channel];
    this.#run('INSERT OR IGNORE INTO stream (instance, computer, channel) VALUES (?, ?, ?)', values);
    const row: { id: number } = this.#database
      .prepare('SELECT id FROM stream WHERE instance = ? AND computer = ? AND channel = ?')
      .get(...values);
    this.#streams.set(key, row.id);
    return row.id;
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
