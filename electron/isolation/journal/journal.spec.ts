import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../shared/isolation';
import { createDiskFiles, type DiskCalls } from '../../storage/atomic-file';
import { sampleEntry } from '../testing/sample-entry';
import { ensureFolder } from './folder';
import { createJournal, type Journal } from './journal';

let root: string;
let folder: string;
const now = (): number => Date.UTC(2026, 0, 5, 13);

const journalWith = (disk: Partial<DiskCalls> = {}): Journal =>
  createJournal({ folder, files: createDiskFiles(disk), ensureFolder, now });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'journal-'));
  folder = join(root, 'isolation');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the journal', () => {
  it('reads back what it wrote, in a file that people can read', async () => {
    const journal = journalWith();
    expect(await journal.open()).toEqual([]);
    const entry = sampleEntry();
    expect(await journal.create(entry)).toEqual({ ok: true, value: entry });
    expect(await readdir(folder)).toEqual(['i-1-20260105T120000-000Z.json']);
    const text = await readFile(join(folder, 'i-1-20260105T120000-000Z.json'), 'utf8');
    expect(text).toContain('"version": 1,\n');
    expect(text).toContain('"description": "remote desktop"');
    const again = journalWith();
    await again.open();
    expect(again.openEntryOf('i-1')).toEqual(entry);
    expect(again.openEntryOf('i-2')).toBeNull();
  });

  it('has the file and its folder flushed before it answers', async () => {
    const order: string[] = [];
    const journal = journalWith({
      open: async (path, flags, mode) => {
        const handle = await open(path, flags, mode);
        const sync = handle.sync.bind(handle);
        handle.sync = async () => {
          await sync();
          order.push(String(path) === folder ? 'folder flushed' : 'file flushed');
        };
        return handle;
      },
    });
    await journal.open();
    await journal.create(sampleEntry());
    order.push('answered');
    expect(order).toEqual(['file flushed', 'folder flushed', 'answered']);
  });

  it('never overwrites an original: not by a second entry, not by a change', async () => {
    const journal = journalWith();
    await journal.open();
    const entry = sampleEntry();
    await journal.create(entry);
    expect(await journal.create({ ...entry, id: 'i-1-later' })).toMatchObject({
      ok: false,
      error: { code: 'app.busy' },
    });
    const tampered = (before: JournalEntry): JournalEntry => ({
      ...before,
      original: { ...before.original, groups: [] },
    });
    await expect(journal.update(entry.id, tampered)).rejects.toThrow('original is fixed');
    await journal.update(entry.id, (before) => ({ ...before, state: 'restored' }));
    expect(await journal.create(entry)).toMatchObject({ ok: false, error: { code: 'app.busy' } });
    expect(await journal.read(entry.id)).toMatchObject({ ok: true, value: { original: entry.original } });
  });

  it('lets go of an entry whose original is back, and can still read it', async () => {
    const journal = journalWith();
    await journal.open();
    const entry = sampleEntry();
    await journal.create(entry);
    await journal.update(entry.id, (before) => ({ ...before, state: 'restored' }));
    expect(journal.openEntryOf('i-1')).toBeNull();
    expect(await journal.ids()).toEqual({ ok: true, value: [entry.id] });
    expect(await journal.read(entry.id)).toMatchObject({
      ok: true,
      value: { state: 'restored', updatedAtMs: now() },
    });
  });

  it('keeps what it cannot read aside and says so, and goes on with the rest', async () => {
    const journal = journalWith();
    await journal.open();
    const entry = sampleEntry();
    await journal.create(entry);
    await writeFile(join(folder, 'i-9-torn.json'), '{"version":1,"id":');
    await writeFile(join(folder, 'i-8-newer.json'), '{"version":99}');
    const again = journalWith();
    expect((await again.open()).map(({ message }) => message.key).sort()).toEqual([
      'notice.journal.corrupt',
      'notice.journal.newer',
    ]);
    expect(again.openEntries().map(({ id }) => id)).toEqual([entry.id]);
    expect((await readdir(folder)).sort()).toEqual([
      'i-1-20260105T120000-000Z.json',
      'i-8-newer.json',
      `i-9-torn.corrupt-${now()}`,
    ]);
    expect(await journalWith().open()).toHaveLength(1);
  });

  it('records nothing while its folder cannot be read', async () => {
    await writeFile(folder, 'a file stands where the folder should');
    const journal = journalWith();
    expect(await journal.open()).toMatchObject([{ message: { key: 'notice.journal.notReadable' } }]);
    expect(await journal.create(sampleEntry())).toMatchObject({
      ok: false,
      error: { code: 'file.notReadable' },
    });
  });

  it('keeps the entry before when the disk is full', async () => {
    let full = false;
    const journal = journalWith({
      open: async (path, flags, mode) => {
        if (full && flags === 'wx') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        return open(path, flags, mode);
      },
    });
    await journal.open();
    const entry = sampleEntry();
    await journal.create(entry);
    full = true;
    const changed = await journal.update(entry.id, (before) => ({ ...before, state: 'applying' }));
    expect(changed).toMatchObject({ ok: false, error: { code: 'file.diskFull' } });
    expect(journal.openEntryOf('i-1')?.state).toBe('recorded');
    const again = journalWith();
    await again.open();
    expect(again.openEntryOf('i-1')).toEqual(entry);
  });
});
