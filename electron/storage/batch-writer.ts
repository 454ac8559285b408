import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { msFromFiletime, TICKS_PER_MS } from '../../shared/time';
import {
  type BrokenNote,
  type EvidenceBatch,
  kindNumber,
  type StoredRecord,
  type StreamBookmark,
} from './evidence-types';
import type { Shapes } from './shapes';

/** Broken records kept for diagnosis, per instance; the newest. */
const MOST_BROKEN = 100;
const SIGNED = 64;

/** Writes batches into tables, within a transaction that its caller opens and ends. */
export class BatchWriter {
  readonly #database: DatabaseSyncInstance;
  readonly #shapes: Shapes;
  readonly #now: () => number;
  readonly #instances = new Map<string, number>();
  readonly #streams = new Map<string, number>();
  readonly #insert;
  readonly #amend;

  constructor(database: DatabaseSyncInstance, shapes: Shapes, now: () => number) {
    this.#database = database;
    this.#shapes = shapes;
    this.#now = now;
    this.#insert = database.prepare(
      `INSERT INTO evidence (instance, stream, record_id, at_ms, ticks, event_id, kind, account, address, inferred_from,
         workstation, explanation, keywords, task, shape, fields)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (stream, record_id, at_ms, ticks) DO NOTHING`,
    );
    // Of two records under one id the newer is meant: the log was rebuilt in between.
    this.#amend = database.prepare(
      `UPDATE evidence SET address = ?1, inferred_from = ?2
       WHERE id = (SELECT id FROM evidence WHERE stream = ?3 AND record_id = ?4 ORDER BY at_ms DESC LIMIT 1)
         AND (address IS NULL OR inferred_from IS NOT NULL)`,
    );
  }

  append(batch: EvidenceBatch): { stored: number; duplicates: number } {
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
      const { address, addressInferredFrom, recordId } = change;
      const stream = this.#stream(instance, change.computer, change.channel);
      this.#amend.run(address, addressInferredFrom, stream, recordId);
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
  }

  /** After a rollback, or when an instance was removed: ids that were learned may not be true any more. */
  forgetIds(): void {
    this.#instances.clear();
    this.#streams.clear();
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
        Number(record.time % TICKS_PER_MS),
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

  #run(sql: string, values: readonly (string | number | bigint | null)[]): number {
    return this.#database.prepare(sql).run(...values).changes;
  }
}
