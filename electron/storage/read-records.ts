import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { EventRecord } from '../../shared/evidence';
import { filetimeFromMs } from '../../shared/time';
import type { Shapes } from './shapes';

type Numbers = 'id' | 'record_id' | 'at_ms' | 'ticks' | 'event_id' | 'keywords' | 'task' | 'shape';
type Row = Readonly<Record<Numbers, bigint> & Record<'computer' | 'channel' | 'fields', string>>;

/** Events of one instance after a row, in the order they were stored, exactly as they were appended. */
export function readRecords(
  database: DatabaseSyncInstance,
  shapes: Shapes,
  instanceId: string,
  after: number,
  limit: number,
): { records: EventRecord[]; lastId: number } {
  const statement = database.prepare(
    `SELECT e.id, s.computer, s.channel, record_id, at_ms, ticks, event_id, keywords, task, shape, fields
     FROM evidence e JOIN stream s ON s.id = e.stream
     WHERE e.instance = (SELECT id FROM instance WHERE uuid = ?) AND e.id > ? ORDER BY e.id LIMIT ?`,
  );
  statement.setReadBigInts(true);
  const rows: Row[] = statement.all(instanceId, after, limit);
  const records = rows.map((row) => {
    const { provider, fields } = shapes.decode(Number(row.shape), row.fields);
    return {
      computer: row.computer,
      channel: row.channel,
      provider,
      recordId: Number(row.record_id),
      eventId: Number(row.event_id),
      time: filetimeFromMs(Number(row.at_ms)) + row.ticks,
      keywords: BigInt.asUintN(64, row.keywords),
      task: Number(row.task),
      data: fields,
    };
  });
  return { records, lastId: Number(rows.at(-1)?.id ?? after) };
}
