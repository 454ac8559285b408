import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AppError, appError } from '../../shared/errors';

const PRIMARY = 0xff;
const [PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB] = [
  3, 5, 6, 8, 10, 11, 13, 14, 26,
];
const FULL_BELOW_BYTES = 1_048_576;

/** SQLite's primary result code of a thrown value; undefined when SQLite did not throw it. */
function sqliteCode(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown) || thrown.code !== 'ERR_SQLITE_ERROR')
    return undefined;
  return 'errcode' in thrown && typeof thrown.errcode === 'number' ? thrown.errcode & PRIMARY : undefined;
}

export const isUnreadable = (thrown: unknown): boolean => {
  const code = sqliteCode(thrown);
  return code === CORRUPT || code === NOTADB;
};

/** Whether the disk that holds the file has next to nothing left: SQLite then fails in more ways than one. */
function diskIsFull(path: string): boolean {
  try {
    const disk = statfsSync(dirname(path));
    return disk.bavail * disk.bsize < FULL_BELOW_BYTES;
  } catch {
    return false;
  }
}

/** An expected failure of the database as a value; what SQLite did not throw is a bug and is thrown on. */
export function databaseError(thrown: unknown, path: string): AppError {
  const code = sqliteCode(thrown);
  if (code === undefined) throw thrown;
  if (code === FULL || (code === IOERR && diskIsFull(path))) return appError('file.diskFull', { file: path });
  if (code === CORRUPT || code === NOTADB) return appError('file.corrupt', { file: path });
  if (code === PERM || code === READONLY) return appError('file.notWritable', { file: path });
  if (code === CANTOPEN) return appError('file.notReadable', { file: path });
  if (code === BUSY || code === LOCKED || code === IOERR)
    return appError('store.unavailable', { file: path });
  throw thrown;
}
