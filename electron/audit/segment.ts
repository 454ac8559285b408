import type { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AuditBreak, AuditRow } from '../../shared/audit';
import { type ChainEnd, type CheckedLine, checkLine } from './chain';
import { readLines } from './lines';

/** Where the rows of one file lie: numbers without a gap, and where each begins. */
export interface Segment {
  readonly path: string;
  firstSeq: number;
  /** Byte offset of each row, and at the end where the next one begins. */
  offsets: number[];
}

export interface ReadSegment {
  readonly segment: Segment;
  /** The last row that holds; null when none does. */
  readonly end: ChainEnd | null;
  /** The first row; it tells what the file joins on. */
  readonly first: AuditRow | null;
  readonly broken: AuditBreak | null;
}

/** Reads a file of the trail from its beginning up to the first line that does not hold. */
export async function readSegment(
  path: string,
  openFile: typeof open,
  onRow: (row: AuditRow) => void,
): Promise<ReadSegment> {
  const segment: Segment = { path, firstSeq: 0, offsets: [0] };
  let end: ChainEnd | null = null;
  let first: AuditRow | null = null;
  let number = 0;
  const result = (broken: AuditBreak | null): ReadSegment => ({ segment, end, first, broken });
  const at = (kind: AuditBreak['kind']): AuditBreak => ({ file: basename(path), line: number, kind });
  for await (const line of readLines(path, openFile)) {
    number += 1;
    if (!line.ended) return result(at('cutOff'));
    const checked: CheckedLine = line.text === null ? { kind: 'unreadable' } : checkLine(line.text, end);
    if (checked.kind !== 'ok') return result(at(checked.kind));
    const row: AuditRow = checked.row;
    if (first === null) {
      first = row;
      segment.firstSeq = row.seq;
    }
    end = { seq: row.seq, hash: row.hash };
    segment.offsets.push(line.offset + Buffer.byteLength(line.text ?? '', 'utf8') + 1);
    onRow(row);
  }
  return result(null);
}

export const rowsIn = (segment: Segment): number => segment.offsets.length - 1;
