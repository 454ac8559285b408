import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { type AppError, appError } from '../../../shared/errors';
import type { ReplayReport } from '../../../shared/replay';
import { type ReplayOptions, replayLog } from './replay';
import { emptyReport } from './replay/report';

export interface ReplayFileOptions extends Omit<ReplayOptions, 'file' | 'onProgress'> {
  readonly onProgress?: (bytesRead: number, bytesTotal: number) => void;
}

const CHUNK_BYTES = 262_144;
/** How the binary logs begin: .evtx, and the .evt of older Windows after its length. */
const EVTX = Buffer.from('ElfFile\0', 'latin1');
const EVT = Buffer.from('LfLe', 'latin1');

const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;

function fileError(thrown: unknown, file: string): AppError {
  const code = codeOf(thrown);
  if (code === undefined) throw thrown;
  return appError(code === 'ENOENT' ? 'file.notFound' : 'file.notReadable', { file });
}

/** Why the file cannot be an event log in XML; null when it may be one. */
async function refusal(handle: FileHandle, file: string, bytes: number): Promise<AppError | null> {
  if (bytes === 0) return appError('log.empty', { file });
  const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
  const binary = buffer.equals(EVTX) || buffer.subarray(4).equals(EVT);
  return binary ? appError('log.binary', { file }) : null;
}

/**
 * Reads a recorded log from a file and reports on it. Every expected failure is the report's `problem`:
 * `file.notFound`, `file.notReadable`, `log.binary`, `log.empty`, `log.noEvents`, `log.unordered`, `app.cancelled`.
 */
export async function replayFile(path: string, options: ReplayFileOptions): Promise<ReplayReport> {
  const file = basename(path);
  const { onProgress, ...rest } = options;
  try {
    const handle = await open(path, 'r');
    let size: number;
    try {
      const about = await handle.stat();
      if (!about.isFile()) return emptyReport(file, appError('file.notReadable', { file }));
      size = about.size;
      const problem = await refusal(handle, file, size);
      if (problem) return emptyReport(file, problem, size);
    } finally {
      await handle.close();
    }
    return await replayLog(() => createReadStream(path, { highWaterMark: CHUNK_BYTES }), {
      ...rest,
      file,
      ...(onProgress && { onProgress: (bytesRead: number) => onProgress(bytesRead, size) }),
    });
  } catch (thrown) {
    return emptyReport(file, fileError(thrown, file));
  }
}
