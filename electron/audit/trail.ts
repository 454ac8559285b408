import { mkdir, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type AuditBreak,
  type AuditPage,
  type AuditQuery,
  type AuditRecord,
  type AuditRow,
  auditRecordSchema,
} from '../../shared/audit';
import { type AppError, appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { Notice } from '../../shared/snapshot';
import type { TextFiles } from '../profiles/text-files';
import { type AppendFile, openForAppend } from './append-file';
import { canonicalJson } from './canonical';
import { type ChainEnd, NO_HASH, parseRow, sealRow } from './chain';
import { type ExportFormat, exportChunks } from './export';
import { breakKey, HEAD_FILE, loadTrail, segmentName } from './load';
import { readPage, readRows } from './pages';
import { rowsIn, type Segment } from './segment';

export interface AuditTrailOptions {
  /** The data folder. */
  readonly folder: string;
  readonly files: TextFiles;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onNotices: (notices: readonly Notice[]) => void;
  /** Opens files; tests break it. */
  readonly open?: typeof open;
}

export interface AuditTrail {
  /** Reads and verifies every row. A break is announced with its place, and a new file is begun. */
  start(): Promise<void>;
  /** The row is on the disk when this succeeds. Rows that wait from before are written first. */
  append(record: AuditRecord): Promise<Result<AuditRow>>;
  /** For what has happened already: a row that cannot be written now waits, is announced, and is written later. */
  appendLater(record: AuditRecord): Promise<void>;
  page(query: AuditQuery): Promise<Result<AuditPage>>;
  /** Every row that holds, oldest first, into a file of the admin's choice. */
  exportTo(path: string, format: ExportFormat): Promise<Result<{ readonly rows: number }>>;
  dispose(): Promise<void>;
}

const LONGEST_TEXT = 2000;
const clip = (text: string): string => text.slice(0, LONGEST_TEXT);

const clipped = (record: AuditRecord): AuditRecord => ({
  ...record,
  admin: clip(record.admin),
  reason: clip(record.reason),
  incident: clip(record.incident),
  before: clip(record.before),
  after: clip(record.after),
  requestIds: record.requestIds.slice(0, 500).map((id) => id.slice(0, 128)),
});

function fileError(thrown: unknown, path: string, code: 'file.notReadable' | 'file.notWritable'): AppError {
  const system = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (typeof system !== 'string') throw thrown;
  return appError(system === 'ENOSPC' || system === 'EDQUOT' ? 'file.diskFull' : code, { file: path });
}

/** The audit trail: every action as one line, each line sealed with the hash of the line before it. */
export function createAuditTrail(options: AuditTrailOptions): AuditTrail {
  const { folder, files, now } = options;
  const openFile = options.open ?? open;
  let segments: Segment[] = [];
  let breaks: readonly AuditBreak[] = [];
  let end: ChainEnd = { seq: 0, hash: NO_HASH };
  let target: { file: AppendFile; segment: Segment } | null = null;
  /** Where the next row goes: the newest file, or one that is not there yet. */
  let beginNew = true;
  let newest = 0;
  let opened = false;
  const waiting: AuditRecord[] = [];
  let tail: Promise<unknown> = Promise.resolve();
  const raised = new Map<string, Notice>();

  function say(
    kind: string,
    severity: Notice['severity'],
    params: Record<string, string | number>,
    id = kind,
  ) {
    raised.set(id, {
      id: `audit.${id}`,
      severity,
      message: { key: `notice.audit.${kind}`, params },
      atMs: now(),
    });
    options.onNotices([...raised.values()]);
  }

  function unsay(id: string): void {
    if (raised.delete(id)) options.onNotices([...raised.values()]);
  }

  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  };

  async function openTarget(): Promise<{ file: AppendFile; segment: Segment }> {
    if (target) return target;
    const last = segments.at(-1);
    const number = beginNew || !last ? newest + 1 : newest;
    const path = join(folder, segmentName(number));
    const segment = beginNew || !last ? { path, firstSeq: end.seq + 1, offsets: [0] } : last;
    const file = await openForAppend(path, segment.offsets.at(-1) ?? 0, openFile);
    if (segment !== last) segments.push(segment);
    newest = number;
    beginNew = false;
    target = { file, segment };
    return target;
  }

  async function write(record: AuditRecord): Promise<Result<AuditRow>> {
    const row = sealRow(auditRecordSchema.parse(clipped(record)), end.seq + 1, now(), end.hash);
    const text = `${canonicalJson(row)}\n`;
    try {
      const { file, segment } = await openTarget();
      await file.append(text);
      segment.offsets.push((segment.offsets.at(-1) ?? 0) + Buffer.byteLength(text, 'utf8'));
    } catch (thrown) {
      const error = fileError(thrown, join(folder, segmentName(newest || 1)), 'file.notWritable');
      say('notWritable', 'error', { file: basename(segmentName(newest || 1)) });
      return err(error);
    }
    end = { seq: row.seq, hash: row.hash };
    // The row itself is safe; without its head only a cut at the very end would go unseen.
    await files.writeAtomic(join(folder, HEAD_FILE), `${JSON.stringify(end)}\n`);
    unsay('notWritable');
    return ok(row);
  }

  async function writeWaiting(): Promise<Result<null>> {
    for (let record = waiting[0]; record; record = waiting[0]) {
      const written = await write(record);
      if (!written.ok) return written;
      waiting.shift();
    }
    unsay('outcomePending');
    return ok(null);
  }

  async function load(): Promise<Result<null>> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const loaded = await loadTrail(folder, openFile);
      segments = [...loaded.segments];
      ({ breaks, end, newest } = loaded);
      beginNew = loaded.unannounced.length > 0 || newest === 0;
      for (const one of loaded.unannounced) {
        say(
          one.kind,
          one.kind === 'cutOff' ? 'warning' : 'error',
          { file: one.file, line: one.line },
          breakKey(one),
        );
        waiting.push(segmentRecord(one));
      }
    } catch (thrown) {
      say('notOpened', 'error', { folder });
      return err(fileError(thrown, folder, 'file.notReadable'));
    }
    opened = true;
    unsay('notOpened');
    return ok(null);
  }

  const ready = async (): Promise<Result<null>> => (opened ? ok(null) : load());

  return {
    start: () =>
      exclusive(async () => {
        if ((await ready()).ok) await writeWaiting();
      }),
    append: (record) =>
      exclusive(async () => {
        const loaded = await ready();
        if (!loaded.ok) return loaded;
        const before = await writeWaiting();
        return before.ok ? write(record) : before;
      }),
    appendLater: (record) =>
      exclusive(async () => {
        waiting.push(record);
        const loaded = await ready();
        const written = loaded.ok ? await writeWaiting() : loaded;
        if (!written.ok) say('outcomePending', 'error', { count: waiting.length });
      }),
    page: (query) =>
      exclusive(async () => {
        const loaded = await ready();
        if (!loaded.ok) return loaded;
        try {
          const page = await readPage(segments, query, openFile, parseRow);
          const total = segments.reduce((sum, segment) => sum + rowsIn(segment), 0);
          return ok({ ...page, total, breaks: [...breaks] });
        } catch (thrown) {
          return err(fileError(thrown, folder, 'file.notReadable'));
        }
      }),
    async exportTo(path, format) {
      const loaded = await exclusive(ready);
      if (!loaded.ok) return loaded;
      const fixed = segments.map((segment) => ({ ...segment, offsets: [...segment.offsets] }));
      try {
        const rows = readRows(fixed, openFile, parseRow);
        return ok({ rows: await exportChunks(path, format, rows, openFile) });
      } catch (thrown) {
        return err(fileError(thrown, path, 'file.notWritable'));
      }
    },
    dispose: () =>
      exclusive(async () => {
        await target?.file.close();
        target = null;
      }),
  };
}

function segmentRecord(broken: AuditBreak): AuditRecord {
  return {
    action: 'segmentBegun',
    outcome: 'noted',
    admin: '',
    instance: null,
    reason: '',
    incident: '',
    before: breakKey(broken),
    after: '',
    requestIds: [],
    error: null,
    entryId: null,
  };
}
