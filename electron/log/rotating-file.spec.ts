import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRotatingFile } from './rotating-file';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockwatch-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the rotating log file', () => {
  it('makes its folder and appends', async () => {
    const file = createRotatingFile(join(folder, 'logs', 'main.log'), 1000);
    file.write('one\n');
    file.write('two\n');
    await file.flush();
    expect(await readFile(join(folder, 'logs', 'main.log'), 'utf8')).toBe('one\ntwo\n');
  });

  it('keeps one older file once it is full', async () => {
    const path = join(folder, 'main.log');
    const file = createRotatingFile(path, 10);
    for (const line of ['12345678\n', 'abcdefgh\n', 'ABCDEFGH\n']) {
      file.write(line);
      await file.flush();
    }
    expect(await readFile(path, 'utf8')).toBe('ABCDEFGH\n');
    expect(await readFile(`${path}.old`, 'utf8')).toBe('abcdefgh\n');
  });

  it('survives a path that cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const file = createRotatingFile(join(folder, 'file', 'main.log'), 10);
    file.write('lost\n');
    await expect(file.flush()).resolves.toBeUndefined();
  });
});
