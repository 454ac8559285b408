import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditQuery, AuditRecord } from '../../shared/audit';
import type { Notice } from '../../shared/snapshot';
import { createDiskFiles } from '../storage/atomic-file';
import { canonicalJson } from './canonical';
import { NO_HASH, sealRow } from './chain';
import { type AuditTrail, createAuditTrail } from './trail';

const record = (changes: Partial<AuditRecord> = {}): AuditRecord => ({
  action: 'isolate',
  outcome: 'succeeded',
  admin: 'erin',
  instance: { region: 'cn-hangzhou', instanceId: 'i-1', name: 'web-1' },
  reason: 'brute force',
  incident: 'inc-7',
  before: 'open',
  after: 'closed',
  requestIds: ['r-1'],
  error: null,
  entryId: 'i-1-20260105',
  ...changes,
});
const everything: AuditQuery = {
  search: '',
  actions: [],
  instanceId: null,
  fromMs: null,
  toMs: null,
  beforeSeq: null,
  limit: 50,
};

let folder: string;
let notices: readonly Notice[];
let trail: AuditTrail;
let time: number;

async function begin(openFile: typeof open = open): Promise<AuditTrail> {
  notices = [];
  trail = createAuditTrail({
    folder,
    files: createDiskFiles(),
    now: () => time++,
    onNotices: (said) => {
      notices = said;
    },
    open: openFile,
  });
  await trail.start();
  return trail;
}

const restart = async (): Promise<AuditTrail> => {
  await trail.dispose();
  return begin();
};

async function append(count: number, changes: Partial<AuditRecord> = {}): Promise<void> {
  for (let number = 0; number < count; number++)
    expect(await trail.append(record({ incident: `inc-${number}`, ...changes }))).toMatchObject({ ok: true });
}

async function rowsOf(query: Partial<AuditQuery> = {}) {
  const page = await trail.page({ ...everything, ...query });
  if (!page.ok) throw new Error(page.error.code);
  return page.value;
}

/** Lays down rows as a trail of long ago would have them, without waiting for the disk at each. */
async function layDown(records: readonly AuditRecord[]): Promise<void> {
  await trail.dispose();
  let previous = NO_HASH;
  const lines = records.map((one, index) => {
    const row = sealRow(one, index + 1, time++, previous);
    previous = row.hash;
    return `${canonicalJson(row)}\n`;
  });
  await writeFile(file(), lines.join(''));
  await begin();
}

const file = (name = 'audit.jsonl') => join(folder, name);
async function changeLine(line: number, change: (text: string) => string): Promise<void> {
  const lines = (await readFile(file(), 'utf8')).split('\n');
  lines[line - 1] = change(lines[line - 1] ?? '');
  await writeFile(file(), lines.join('\n'));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  time = Date.UTC(2026, 0, 5);
  await begin();
});
afterEach(async () => {
  await trail.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('the audit trail', () => {
  it('chains every row to the one before and carries on after a restart', async () => {
    await append(2);
    await restart();
    await append(1, { outcome: 'failed', error: 'cloud.denied' });
    expect(notices).toEqual([]);
    const { rows, total } = await rowsOf();
    expect(rows.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect(total).toBe(3);
    expect(rows[0]?.previous).toBe(rows[1]?.hash);
    expect(rows[2]?.previous).toBe(NO_HASH);
  });

  it.each([
    ['a changed value', (text: string) => text.replace('brute force', 'maintenance'), 'changed'],
    ['a key added by hand', (text: string) => text.replace('{', '{"aaa":1,'), 'changed'],
    ['what is no row', () => '{"seq":', 'unreadable'],
    ['a row left out', () => '', 'unreadable'],
  ])('announces %s with its place, once, and begins a new file', async (_name, change, kind) => {
    await append(4);
    await trail.dispose();
    await changeLine(3, change);
    const damaged = await readFile(file(), 'utf8');
    await begin();
    expect(notices).toMatchObject([
      {
        severity: 'error',
        message: { key: `notice.audit.${kind}`, params: { file: 'audit.jsonl', line: 3 } },
      },
    ]);
    await append(1);
    expect(await readFile(file(), 'utf8')).toBe(damaged);
    await restart();
    expect(notices).toEqual([]);
    const { rows, breaks } = await rowsOf();
    expect(breaks).toEqual([{ file: 'audit.jsonl', line: 3, kind }]);
    expect(rows.map(({ action }) => action)).toEqual(['isolate', 'segmentBegun', 'isolate', 'isolate']);
    expect((await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort()).toEqual([
      'audit-2.jsonl',
      'audit.jsonl',
    ]);
  });

  it('finds a whole chain written anew', async () => {
    await append(2);
    await trail.dispose();
    const first = sealRow(record({ reason: 'forged' }), 1, 1, NO_HASH);
    const second = sealRow(record(), 2, 2, first.hash);
    await writeFile(file(), `${canonicalJson(first)}\n${canonicalJson(second)}\n`);
    await begin();
    expect(notices).toMatchObject([{ message: { key: 'notice.audit.changed', params: { line: 2 } } }]);
  });

  it('finds rows gone from the end, and does not give their numbers again', async () => {
    await append(3);
    await trail.dispose();
    await writeFile(file(), `${(await readFile(file(), 'utf8')).split('\n').slice(0, 2).join('\n')}\n`);
    await begin();
    expect(notices).toMatchObject([{ message: { key: 'notice.audit.removed', params: { line: 3 } } }]);
    await append(1);
    await restart();
    expect(notices).toEqual([]);
    expect((await rowsOf()).rows.map(({ seq }) => seq)).toEqual([5, 4, 2, 1]);
  });

  it('finds the whole file gone', async () => {
    await append(2);
    await trail.dispose();
    await rm(file());
    await begin();
    expect(notices).toMatchObject([{ message: { key: 'notice.audit.removed', params: { line: 1 } } }]);
    await append(1);
    await restart();
    expect(notices).toEqual([]);
  });

  it('takes a row cut off by a crash for what it is', async () => {
    await append(2);
    await trail.dispose();
    await writeFile(file(), (await readFile(file(), 'utf8')) + canonicalJson(record()).slice(0, 40));
    await begin();
    expect(notices).toMatchObject([
      { severity: 'warning', message: { key: 'notice.audit.cutOff', params: { line: 3 } } },
    ]);
    await append(1);
    await restart();
    expect(notices).toEqual([]);
    expect((await rowsOf()).rows).toHaveLength(4);
  });

  it('finds a change in an older file', async () => {
    await append(3);
    await trail.dispose();
    await changeLine(3, () => 'x');
    await begin();
    await append(1);
    await trail.dispose();
    await changeLine(1, (text) => text.replace('erin', 'kim'));
    await begin();
    expect(notices.map(({ message }) => message.params)).toContainEqual({ file: 'audit.jsonl', line: 1 });
  });
});

describe('a full disk', () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  let isFull = false;
  /** Writes half of what it is given, then fails. */
  const filling: typeof open = async (path, flags, mode) => {
    const handle = await open(path, flags, mode);
    if (flags !== 'a') return handle;
    const appendFile = handle.appendFile.bind(handle);
    handle.appendFile = async (data, settings) => {
      if (!isFull) return appendFile(data, settings);
      await appendFile(String(data).slice(0, 30), settings);
      throw full;
    };
    return handle;
  };

  it('leaves no half row, says so, and keeps outcomes for later', async () => {
    await trail.dispose();
    isFull = false;
    await begin(filling);
    await append(1);
    isFull = true;
    expect(await trail.append(record())).toMatchObject({ ok: false, error: { code: 'file.diskFull' } });
    await trail.appendLater(record({ outcome: 'failed' }));
    expect(notices.map(({ id }) => id)).toEqual(['audit.notWritable', 'audit.outcomePending']);
    isFull = false;
    await append(1);
    expect(notices).toEqual([]);
    await restart();
    expect(notices).toEqual([]);
    expect((await rowsOf()).rows.map(({ outcome }) => outcome)).toEqual(['succeeded', 'failed', 'succeeded']);
  });
});

describe('reading', () => {
  it('pages and searches from the newest on', async () => {
    const times = (count: number, changes: Partial<AuditRecord> = {}) =>
      Array.from({ length: count }, () => record(changes));
    await layDown([...times(700), ...times(3, { reason: 'Noisy SCANNER', action: 'undo' }), ...times(300)]);
    expect(notices).toEqual([]);
    const first = await rowsOf({ limit: 40 });
    const second = await rowsOf({ limit: 40, beforeSeq: first.nextBeforeSeq });
    expect([first.rows[0]?.seq, second.rows[0]?.seq, second.rows.at(-1)?.seq]).toEqual([1003, 963, 924]);
    expect((await rowsOf({ search: 'scanner' })).rows.map(({ seq }) => seq)).toEqual([703, 702, 701]);
    expect((await rowsOf({ actions: ['undo'], limit: 2 })).nextBeforeSeq).toBe(702);
    expect((await rowsOf({ instanceId: 'i-2' })).rows).toEqual([]);
    expect((await rowsOf({ search: 'r-1', fromMs: first.rows[9]?.atMs ?? 0 })).rows).toHaveLength(10);
  });

  it('exports JSON that reads back and CSV that no spreadsheet runs', async () => {
    const evil = '=HYPERLINK("http://x")';
    await trail.append(
      record({ reason: evil, admin: '@erin', incident: '＝1+1', after: 'two\nlines, "quoted"' }),
    );
    await append(1);
    expect(await trail.exportTo(join(folder, 'out.json'), 'json')).toEqual({ ok: true, value: { rows: 2 } });
    const back: unknown = JSON.parse(await readFile(join(folder, 'out.json'), 'utf8'));
    expect(back).toMatchObject([{ reason: evil }, { seq: 2 }]);
    await trail.exportTo(join(folder, 'out.csv'), 'csv');
    const csv = await readFile(join(folder, 'out.csv'), 'utf8');
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(csv).toContain(`"'@erin"`);
    // Some languages' spreadsheets read the wide signs as well.
    expect(csv).toContain(`"'＝1+1"`);
    expect(csv).toContain('"two\nlines, ""quoted"""');
    expect(await trail.exportTo(join(folder, 'none', 'out.csv'), 'csv')).toMatchObject({ ok: false });
  });
});
