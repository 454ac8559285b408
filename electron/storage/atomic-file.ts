import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type AppError, appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';

/** The calls that touch the world; tests replace some. */
export interface DiskCalls {
  readonly open: typeof open;
  readonly rename: typeof rename;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  readonly platform: NodeJS.Platform;
}

/** Text files that are replaced as a whole or not at all. Shaped for `createVersionedFile`. */
export interface DiskFiles {
  /** The file's text; null when there is no such file. `file.corrupt` when it is not UTF-8. */
  read(path: string): Promise<Result<string | null>>;
  /**
   * Replaces the file, with text in UTF-8 or with bytes: a temporary file beside it, written and flushed to the disk, takes its name; then the folder is
   * flushed where the system can. Readable by the owner only. Makes the folder. On any failure the old file is
   * as it was; `file.diskFull` and `file.notWritable` may be tried again.
   */
  writeAtomic(path: string, content: string | Uint8Array): Promise<Result<null>>;
  move(from: string, to: string): Promise<Result<null>>;
  /** Names in a folder; none when it does not exist. */
  list(directory: string): Promise<Result<readonly string[]>>;
  /** Removing what is not there succeeds. */
  remove(path: string): Promise<Result<null>>;
}

const OWNER_FILE = 0o600;
const OWNER_FOLDER = 0o700;
/** Virus scanners and indexers on Windows hold new files open for a moment. In milliseconds. */
const RENAME_PAUSES = [10, 30, 100, 300, 600];
const HELD_OPEN = new Set(['EPERM', 'EACCES', 'EBUSY']);
const TEMPORARY = /^\.\d+-\d+\.tmp$/;

const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;

function failure(
  thrown: unknown,
  path: string,
  otherwise: 'file.notReadable' | 'file.notWritable',
): AppError {
  const code = codeOf(thrown);
  if (code === undefined) throw thrown;
  if (code === 'ENOSPC' || code === 'EDQUOT') return appError('file.diskFull', { file: path });
  return appError(otherwise, { file: path });
}

async function flushFolder(folder: string, calls: DiskCalls): Promise<void> {
  if (calls.platform === 'win32') return;
  const handle = await calls.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What writers that were killed left beside the file. */
async function removeLeftovers(path: string): Promise<void> {
  const names = await readdir(dirname(path)).catch(() => []);
  const base = basename(path);
  for (const name of names) {
    if (!name.startsWith(base) || !TEMPORARY.test(name.slice(base.length))) continue;
    await rm(join(dirname(path), name), { force: true }).catch(() => undefined);
  }
}

async function renameOver(from: string, to: string, calls: DiskCalls): Promise<void> {
  for (const pause of [...RENAME_PAUSES, null]) {
    try {
      return await calls.rename(from, to);
    } catch (thrown) {
      const passing = calls.platform === 'win32' && HELD_OPEN.has(codeOf(thrown) ?? '');
      if (!passing || pause === null) throw thrown;
      await calls.wait(pause);
    }
  }
}

/** Files on the disk. One per process: the first write to a path clears what killed writers left there. */
export function createDiskFiles(replaced: Partial<DiskCalls> = {}): DiskFiles {
  const calls: DiskCalls = { open, rename, wait, platform: process.platform, ...replaced };
  const cleared = new Set<string>();
  let written = 0;

  async function replace(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: OWNER_FOLDER });
    if (!cleared.has(path)) await removeLeftovers(path);
    cleared.add(path);
    const temporary = `${path}.${process.pid}-${written++}.tmp`;
    try {
      const handle = await calls.open(temporary, 'wx', OWNER_FILE);
      try {
        await handle.writeFile(content, 'utf8');
        await handle.sync();
      } finally {
        await handle.close();
      }
      await renameOver(temporary, path, calls);
    } catch (thrown) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw thrown;
    }
    await flushFolder(dirname(path), calls);
  }

  return {
    async read(path) {
      let bytes: Uint8Array;
      try {
        bytes = await readFile(path);
      } catch (thrown) {
        return codeOf(thrown) === 'ENOENT' ? ok(null) : err(failure(thrown, path, 'file.notReadable'));
      }
      try {
        return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
      } catch {
        return err(appError('file.corrupt', { file: path }));
      }
    },
    async writeAtomic(path, content) {
      try {
        await replace(path, content);
        return ok(null);
      } catch (thrown) {
        return err(failure(thrown, path, 'file.notWritable'));
      }
    },
    async move(from, to) {
      try {
        await renameOver(from, to, calls);
        return ok(null);
      } catch (thrown) {
        return err(failure(thrown, from, 'file.notWritable'));
      }
    },
    async list(directory) {
      try {
        return ok(await readdir(directory));
      } catch (thrown) {
        return codeOf(thrown) === 'ENOENT' ? ok([]) : err(failure(thrown, directory, 'file.notReadable'));
      }
    },
    async remove(path) {
      try {
        await rm(path, { force: true });
        return ok(null);
      } catch (thrown) {
        return err(failure(thrown, path, 'file.notWritable'));
      }
    },
  };
}
