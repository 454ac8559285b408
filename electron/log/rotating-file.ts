import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface RotatingFile {
  write(line: string): void;
  /** Settles when everything written so far is in the file. */
  flush(): Promise<void>;
}

/**
 * Appends lines to a file and keeps one older file beside it once `maxBytes` are reached. A disk that refuses
 * loses log lines and nothing else.
 */
export function createRotatingFile(path: string, maxBytes: number): RotatingFile {
  let waiting: string[] = [];
  let size: number | undefined;
  let running: Promise<void> | undefined;

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const text = waiting.join('');
      waiting = [];
      try {
        size ??= await sizeOf(path);
        if (size > 0 && size + text.length > maxBytes) {
          await rename(path, `${path}.old`);
          size = 0;
        }
        await appendFile(path, text, { mode: 0o600 });
        size += text.length;
      } catch {
        size = undefined;
      }
    }
    running = undefined;
  };

  return {
    write(line) {
      waiting.push(line);
      running ??= drain();
    },
    async flush() {
      await running;
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    await mkdir(dirname(path), { recursive: true });
    return 0;
  }
}
