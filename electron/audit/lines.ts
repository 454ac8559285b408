import type { open } from 'node:fs/promises';

export interface Line {
  /** Null when it is not UTF-8 or longer than any row. */
  readonly text: string | null;
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  /** False for what stands behind the last line end. */
  readonly ended: boolean;
}

const CHUNK_BYTES = 64 * 1024;
const LONGEST_LINE_BYTES = 1024 * 1024;

function decode(bytes: Buffer): string | null {
  if (bytes.length > LONGEST_LINE_BYTES) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The lines of a file, one at a time, whatever its size. */
export async function* readLines(path: string, openFile: typeof open): AsyncGenerator<Line> {
  const handle = await openFile(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let held: Buffer[] = [];
    let heldBytes = 0;
    let offset = 0;
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0 && at < bytesRead; at = chunk.indexOf(10, from)) {
        const bytes = Buffer.concat([...held, chunk.subarray(from, at)]);
        yield { text: heldBytes > LONGEST_LINE_BYTES ? null : decode(bytes), offset, ended: true };
        offset += heldBytes + (at - from) + 1;
        held = [];
        heldBytes = 0;
        from = at + 1;
      }
      heldBytes += bytesRead - from;
      // Of a line beyond any row nothing is kept but its length.
      if (heldBytes <= LONGEST_LINE_BYTES) held.push(Buffer.from(chunk.subarray(from, bytesRead)));
      else held = [];
    }
    if (heldBytes > 0)
      yield {
        text: heldBytes > LONGEST_LINE_BYTES ? null : decode(Buffer.concat(held)),
        offset,
        ended: false,
      };
  } finally {
    await handle.close();
  }
}
