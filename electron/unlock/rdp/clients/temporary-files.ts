import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appError } from '../../../../shared/errors';
import { err, ok, type Result } from '../../../../shared/result';

/** The files that clients are started with: in a folder of their own, for the owner only, removed soon. */
export interface TemporaryFiles {
  write(extension: string, bytes: Uint8Array): Promise<Result<string>>;
  remove(path: string): Promise<void>;
  /** Removes all of them: what a run before left behind, or this one. */
  clear(): Promise<void>;
}

export function createTemporaryFiles(folder: string): TemporaryFiles {
  return {
    async write(extension, bytes) {
      const path = join(folder, `${randomUUID()}.${extension}`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(path, bytes, { mode: 0o600, flag: 'wx' });
        return ok(path);
      } catch {
        return err(appError('file.notWritable', { file: path }));
      }
    },
    async remove(path) {
      await rm(path, { force: true }).catch(() => undefined);
    },
    async clear() {
      const names = await readdir(folder).catch(() => []);
      for (const name of names) await rm(join(folder, name), { force: true }).catch(() => undefined);
    },
  };
}
