import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { appError } from '../../../shared/errors';
import { err, ok, type Result } from '../../../shared/result';

/** Makes a folder whose name outlasts a power cut: what is fsynced inside one that is lost is lost with it. */
export async function ensureFolder(path: string): Promise<Result<null>> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (process.platform !== 'win32') {
      const handle = await open(dirname(path), 'r');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
    return ok(null);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (typeof code !== 'string') throw thrown;
    return err(
      appError(code === 'ENOSPC' || code === 'EDQUOT' ? 'file.diskFull' : 'file.notWritable', { file: path }),
    );
  }
}
