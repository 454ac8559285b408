import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ok } from '../../shared/result';
import { createMemoryFiles, type MemoryFiles } from './testing/memory-files';
import type { DocumentFormat } from './versioned-document';
import { createVersionedFile } from './versioned-file';

interface Body {
  readonly items: readonly string[];
}

const format: DocumentFormat<Body> = {
  version: 3,
  schema: z.object({ items: z.array(z.string()) }),
  migrations: [
    { from: 1, migrate: (body) => ({ list: body.things }) },
    { from: 2, migrate: (body) => ({ items: body.list }) },
  ],
};

const path = '/data/items.json';
const start = Date.UTC(2026, 0, 5, 12);

function open(files: MemoryFiles) {
  let now = start;
  const file = createVersionedFile<Body>({
    path,
    format,
    empty: () => ({ items: [] }),
    files,
    now: () => now,
    backups: true,
  });
  const add = (item: string) => {
    now += 1000;
    return file.update((current) => ok({ next: { items: [...current.items, item] }, output: item }));
  };
  return { file, add, setNow: (ms: number) => (now = ms) };
}

const backups = (files: MemoryFiles) =>
  [...files.contents.keys()].filter((name) => name.includes('/backups/'));

describe('a versioned file', () => {
  it('begins empty, and writes its version', async () => {
    const files = createMemoryFiles();
    const { file, add } = open(files);
    expect(await file.open()).toEqual([]);
    expect(file.value()).toEqual({ items: [] });
    expect(await add('a')).toMatchObject({ ok: true });
    expect(JSON.parse(files.contents.get(path) ?? '')).toEqual({ version: 3, items: ['a'] });
  });

  it('takes an old file through every migration and keeps it as it was', async () => {
    const old = JSON.stringify({ version: 1, things: ['a'] });
    const files = createMemoryFiles({ [path]: old });
    const { file } = open(files);
    expect(await file.open()).toEqual([]);
    expect(file.value()).toEqual({ items: ['a'] });
    expect(files.contents.get('/data/backups/items.v1.json')).toBe(old);
    expect(JSON.parse(files.contents.get(path) ?? '')).toEqual({ version: 3, items: ['a'] });
  });

  it.each([
    ['a broken byte', '{"version":3,"items":["a\u0000"]'],
    ['another shape', '{"version":3,"items":"a"}'],
    ['no version', '{"items":[]}'],
    ['nothing', ''],
    ['a list', '[]'],
  ])('keeps a file with %s aside and announces it', async (_what, text) => {
    const files = createMemoryFiles({ [path]: text });
    const { file, add } = open(files);
    const notices = await file.open();
    expect(notices).toMatchObject([{ severity: 'error', message: { key: 'notice.file.corrupt' } }]);
    const aside = String(notices[0]?.message.params.aside);
    expect(files.contents.get(aside)).toBe(text);
    await add('b');
    expect(files.contents.get(aside)).toBe(text);
    expect(file.value()).toEqual({ items: ['b'] });
  });

  it('restores the newest good backup in place of a corrupt file', async () => {
    const files = createMemoryFiles();
    const first = open(files);
    await first.file.open();
    await first.add('a');
    await first.add('b');
    files.contents.set(path, '{"version":3,');
    files.contents.set('/data/backups/items-20270101T000000000Z.json', 'broken too');
    const { file } = open(files);
    expect(await file.open()).toMatchObject([{ message: { key: 'notice.file.corruptRestored' } }]);
    expect(file.value()).toEqual({ items: ['a', 'b'] });
    expect(JSON.parse(files.contents.get(path) ?? '')).toEqual({ version: 3, items: ['a', 'b'] });
  });

  it('keeps a newer file aside, untouched', async () => {
    const text = '{"version":4,"items":["a"],"more":true}';
    const files = createMemoryFiles({ [path]: text });
    const { file } = open(files);
    const [notice] = await file.open();
    expect(notice?.message).toMatchObject({ key: 'notice.file.newer', params: { version: 4 } });
    expect(files.contents.get(String(notice?.message.params.aside))).toBe(text);
  });

  it.each(['read', 'move'] as const)('writes nothing over a file when %s fails', async (call) => {
    const files = createMemoryFiles({ [path]: 'broken' });
    files.failing = { [call]: 'file.notReadable' };
    const { file, add } = open(files);
    expect(await file.open()).toHaveLength(1);
    expect(await add('a')).toMatchObject({ ok: false, error: { code: 'file.notWritable' } });
    expect(files.contents.get(path)).toBe('broken');
    expect(file.value()).toEqual({ items: [] });
  });

  it('keeps the old value when the disk is full, and goes on when there is room', async () => {
    const files = createMemoryFiles();
    const { file, add } = open(files);
    await file.open();
    await add('a');
    files.failing = { writeAtomic: 'file.diskFull' };
    expect(await add('b')).toMatchObject({ ok: false, error: { code: 'file.diskFull' } });
    expect(file.value()).toEqual({ items: ['a'] });
    files.failing = {};
    await add('c');
    expect(file.value()).toEqual({ items: ['a', 'c'] });
  });

  it('does changes one after the other', async () => {
    const { file, add } = open(createMemoryFiles());
    await file.open();
    await Promise.all(['a', 'b', 'c', 'd'].map(add));
    expect(file.value().items).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps few backups: the newest and the last of each day', async () => {
    const files = createMemoryFiles();
    const { file, add, setNow } = open(files);
    await file.open();
    for (let day = 0; day < 20; day += 1) {
      setNow(start + day * 86_400_000);
      for (const part of ['morning', 'noon', 'evening']) await add(`${day} ${part}`);
    }
    const kept = backups(files);
    expect(kept).toHaveLength(17);
    const newest = files.contents.get(kept.toSorted().at(-1) ?? '');
    expect(newest).toBe(files.contents.get(path));
  });
});
