import type { open } from 'node:fs/promises';
import type { AuditPage, AuditQuery, AuditRow } from '../../shared/audit';
import { matchesQuery } from './query';
import { rowsIn, type Segment } from './segment';

type OpenFile = typeof open;
type ParseRow = (text: string) => AuditRow | null;

/** Rows read from the disk at once: what is in memory does not grow with the trail. */
const ROWS_AT_ONCE = 256;

/** Rows `from` up to `to` (not included) of a file, counted from 0. Rows changed since the start are left out. */
async function readSlice(
  segment: Segment,
  from: number,
  to: number,
  openFile: OpenFile,
  parse: ParseRow,
): Promise<AuditRow[]> {
  const begin = segment.offsets[from] ?? 0;
  const bytes = Buffer.alloc((segment.offsets[to] ?? begin) - begin);
  const handle = await openFile(segment.path, 'r');
  try {
    await handle.read(bytes, 0, bytes.length, begin);
  } finally {
    await handle.close();
  }
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap((line) => parse(line) ?? []);
}

/** A page of rows, newest first. */
export async function readPage(
  segments: readonly Segment[],
  query: AuditQuery,
  openFile: OpenFile,
  parse: ParseRow,
): Promise<Pick<AuditPage, 'rows' | 'nextBeforeSeq'>> {
  const rows: AuditRow[] = [];
  const before = query.beforeSeq ?? Number.POSITIVE_INFINITY;
  for (const segment of segments.toReversed()) {
    let to = Math.min(rowsIn(segment), Math.max(0, before - segment.firstSeq));
    while (to > 0) {
      const from = Math.max(0, to - ROWS_AT_ONCE);
      const slice = await readSlice(segment, from, to, openFile, parse);
      for (const row of slice.toReversed()) {
        if (!matchesQuery(row, query)) continue;
        if (rows.length === query.limit) return { rows, nextBeforeSeq: rows.at(-1)?.seq ?? null };
        rows.push(row);
      }
      to = from;
    }
  }
  return { rows, nextBeforeSeq: null };
}

/** Every row, oldest first, a few at a time. */
export async function* readRows(
  segments: readonly Segment[],
  openFile: OpenFile,
  parse: ParseRow,
): AsyncGenerator<AuditRow> {
  for (const segment of segments)
    for (let from = 0; from < rowsIn(segment); from += ROWS_AT_ONCE)
      yield* await readSlice(segment, from, Math.min(rowsIn(segment), from + ROWS_AT_ONCE), openFile, parse);
}
