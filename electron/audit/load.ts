import type { open } from 'node:fs/promises';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { AuditBreak } from '../../shared/audit';
import { type ChainEnd, NO_HASH } from './chain';
import { type ReadSegment, readSegment, rowsIn, type Segment } from './segment';

export const HEAD_FILE = 'audit-head.json';
const SEGMENT = /^audit(?:-(\d+))?\.jsonl$/;
const headSchema = z.object({ seq: z.number().int(), hash: z.string() });

export const segmentName = (number: number): string =>
  number === 1 ? 'audit.jsonl' : `audit-${number}.jsonl`;

/** How a break is named in the row that begins the next file, so that it is announced once. */
export const breakKey = ({ file, line, kind }: AuditBreak): string => `${file}:${line}:${kind}`;

export interface LoadedTrail {
  readonly segments: readonly Segment[];
  /** The last row that holds, over all files. */
  readonly end: ChainEnd;
  readonly breaks: readonly AuditBreak[];
  /** Those that no row tells of yet. */
  readonly unannounced: readonly AuditBreak[];
  /** Number of the newest file; 0 when there is none. */
  readonly newest: number;
}

const numberOf = (name: string): number => {
  const match = SEGMENT.exec(name);
  return match ? Number(match[1] ?? 1) : 0;
};

/** The row that was last written, as kept beside the files: rows that vanish from the end leave no other trace. */
async function readHead(folder: string): Promise<ChainEnd | null> {
  try {
    const parsed = headSchema.safeParse(JSON.parse(await readFile(join(folder, HEAD_FILE), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function joinBreak(read: ReadSegment, before: ReadSegment, end: ChainEnd): AuditBreak | null {
  const { first, segment } = read;
  if (first === null) return null;
  const joins = first.previous === end.hash;
  if (joins && (first.seq === end.seq + 1 || before.broken !== null)) return null;
  const file = basename(before.segment.path);
  if (first.seq > end.seq + 1) return { file, line: rowsIn(before.segment) + 1, kind: 'removed' };
  return { file: basename(segment.path), line: 1, kind: 'changed' };
}

/** Reads and verifies every file of the trail. Throws what the file system throws; a missing folder is an empty trail. */
export async function loadTrail(folder: string, openFile: typeof open): Promise<LoadedTrail> {
  const names = (await readdir(folder)).filter((name) => SEGMENT.test(name));
  names.sort((a, b) => numberOf(a) - numberOf(b));
  const head = await readHead(folder);
  const announced = new Set<string>();
  const breaks: AuditBreak[] = [];
  const segments: Segment[] = [];
  let end: ChainEnd = { seq: 0, hash: NO_HASH };
  let before: ReadSegment | null = null;
  const headBreaks: AuditBreak[] = [];
  for (const name of names) {
    let line = 0;
    const read = await readSegment(join(folder, name), openFile, (row) => {
      line += 1;
      if (row.action === 'segmentBegun') announced.add(row.before);
      if (head?.seq === row.seq && row.hash !== head.hash)
        headBreaks.push({ file: name, line, kind: 'changed' });
    });
    const joint: AuditBreak | null = before ? joinBreak(read, before, end) : null;
    if (!before && read.first !== null && (read.first.previous !== NO_HASH || read.first.seq !== 1))
      breaks.push({ file: name, line: 1, kind: 'removed' });
    if (joint) breaks.push(joint);
    if (read.broken) breaks.push(read.broken);
    segments.push(read.segment);
    end = read.end ?? end;
    before = read;
  }
  breaks.push(...headBreaks);
  if (head && head.seq > end.seq && !before?.broken)
    breaks.push({
      file: names.at(-1) ?? segmentName(1),
      line: before ? rowsIn(before.segment) + 1 : 1,
      kind: 'removed',
    });
  // Rows once written are never counted anew, or the file that follows would hide that some are gone.
  if (head && head.seq > end.seq) end = { seq: head.seq, hash: end.hash };
  const unannounced = breaks.filter((one) => !announced.has(breakKey(one)));
  return { segments, end, breaks, unannounced, newest: Math.max(0, ...names.map(numberOf)) };
}
