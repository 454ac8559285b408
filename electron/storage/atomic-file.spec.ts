import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TextFiles } from '../profiles/text-files';
import { createDiskFiles, type DiskCalls } from './atomic-file';
import { must, temporaryFolder } from './testing/make-records';
import { canMakeSmallDisk, smallDisk } from './testing/small-disk';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'deeper', 'settings.json');
});
afterEach(() => folder.remove());

const failing = (code: string): Error => Object.assign(new Error(code), { code });

describe('createDiskFiles', () => {
  it('is what the versioned files ask for', () => {
    const files: TextFiles = createDiskFiles();
    expect(files).toBeDefined();
  });

  it('writes, reads, moves, lists and removes', async () => {
    const files = createDiskFiles();
    expect(await files.read(path)).toEqual({ ok: true, value: null });
    expect(await files.list(join(folder.path, 'deeper'))).toEqual({ ok: true, value: [] });
    must(await files.writeAtomic(path, 'grün'));
    must(await files.writeAtomic(path, 'grüner'));
    expect(must(await files.read(path))).toBe('grüner');
    expect(must(await files.list(join(folder.path, 'deeper')))).toEqual(['settings.json']);
    must(await files.move(path, `${path}.old`));
    expect(must(await files.read(`${path}.old`))).toBe('grüner');
    must(await files.remove(`${path}.old`));
    must(await files.remove(`${path}.old`));
    expect(must(await files.list(join(folder.path, 'deeper')))).toEqual([]);
  });

  it('lets only the owner read', async () => {
    must(await createDiskFiles().writeAtomic(path, 'x'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('says what is wrong', async () => {
    const files = createDiskFiles();
    mkdirSync(path, { recursive: true });
    expect(await files.read(path)).toMatchObject({ error: { code: 'file.notReadable' } });
    expect(await files.writeAtomic(path, 'x')).toMatchObject({ error: { code: 'file.notWritable' } });
    expect(await files.move(join(folder.path, 'none'), path)).toMatchObject({
      error: { code: 'file.notWritable' },
    });
    const broken = join(folder.path, 'broken.json');
    writeFileSync(broken, Buffer.from([0x7b, 0xff, 0x7d]));
    expect(await files.read(broken)).toMatchObject({ error: { code: 'file.corrupt' } });
    expect(await files.list(broken)).toMatchObject({ error: { code: 'file.notReadable' } });
  });

  it.each([
    ['ENOSPC', 'file.diskFull'],
    ['EDQUOT', 'file.diskFull'],
    ['EIO', 'file.notWritable'],
  ])('leaves the old file and nothing else when writing fails with %s', async (code, expected) => {
    must(await createDiskFiles().writeAtomic(path, 'old'));
    const failingOpen: DiskCalls['open'] = async (...args) => {
      const handle = await open(...args);
      handle.sync = () => Promise.reject(failing(code));
      return handle;
    };
    const files = createDiskFiles({ open: failingOpen });
    expect(await files.writeAtomic(path, 'new')).toMatchObject({
      ok: false,
      error: { code: expected, retryable: true },
    });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(join(folder.path, 'deeper'))).toEqual(['settings.json']);
  });

  it('waits on Windows while another program holds the file, and not forever', async () => {
    const pauses: number[] = [];
    let held = 3;
    const renameWhileHeld: DiskCalls['rename'] = (from, to) =>
      held-- > 0 ? Promise.reject(failing('EPERM')) : rename(from, to);
    const wait = (milliseconds: number): Promise<void> => {
      pauses.push(milliseconds);
      return Promise.resolve();
    };
    const files = createDiskFiles({ rename: renameWhileHeld, wait, platform: 'win32' });
    must(await files.writeAtomic(path, 'x'));
    expect(pauses).toEqual([10, 30, 100]);
    held = 100;
    expect(await files.writeAtomic(path, 'y')).toMatchObject({ error: { code: 'file.notWritable' } });
    expect(readFileSync(path, 'utf8')).toBe('x');
  });

  it('clears what a killed writer left, and nothing else', async () => {
    mkdirSync(join(folder.path, 'deeper'));
    for (const name of ['settings.json.123-4.tmp', 'settings.json.mine', 'settings.json.1.tmp']) {
      writeFileSync(join(folder.path, 'deeper', name), '');
    }
    must(await createDiskFiles().writeAtomic(path, 'x'));
    expect(readdirSync(join(folder.path, 'deeper')).sort()).toEqual([
      'settings.json',
      'settings.json.1.tmp',
      'settings.json.mine',
    ]);
  });

  it('is whole after its writer was killed in the middle, six times', async () => {
    const writer = join(__dirname, 'testing', 'rewrite-forever.ts');
    let newest = 0;
    for (let time = 0; time < 6; time++) {
      const child = spawn(process.execPath, ['--import', 'tsx', writer, path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const closed = once(child, 'close');
      let last = 0;
      // Killed in the midst of the write after the n-th: the child never pauses between two writes.
      for await (const line of createInterface({ input: child.stdout })) {
        last = Number(line);
        if (last >= 3 + 10 * time) child.kill('SIGKILL');
      }
      await closed;
      const { round, body, end } = JSON.parse(readFileSync(path, 'utf8'));
      expect(end).toBe(round);
      expect(body).toHaveLength(String(round).length * 20_000);
      expect(round).toBeGreaterThanOrEqual(last);
      newest = Math.max(newest, round);
    }
    expect(newest).toBeGreaterThan(50);
    must(await createDiskFiles().writeAtomic(path, '{}'));
    expect(readdirSync(join(folder.path, 'deeper'))).toEqual(['settings.json']);
  }, 60_000);

  it.runIf(canMakeSmallDisk)(
    'keeps the old file when a real disk is full, and writes when there is room',
    async () => {
      const disk = smallDisk(64);
      try {
        const files = createDiskFiles();
        const file = join(disk.path, 'settings.json');
        must(await files.writeAtomic(file, 'old'));
        expect(await files.writeAtomic(file, 'x'.repeat(200_000))).toMatchObject({
          error: { code: 'file.diskFull' },
        });
        expect(must(await files.read(file))).toBe('old');
        expect(readdirSync(disk.path)).toEqual(['settings.json']);
        must(await files.writeAtomic(file, 'new'));
        expect(must(await files.read(file))).toBe('new');
      } finally {
        disk.remove();
      }
    },
  );

  it.runIf(process.getuid?.() !== 0)('says when a folder may not be written to', async () => {
    mkdirSync(join(folder.path, 'deeper'));
    chmodSync(join(folder.path, 'deeper'), 0o500);
    expect(await createDiskFiles().writeAtomic(path, 'x')).toMatchObject({
      error: { code: 'file.notWritable' },
    });
  });
});
