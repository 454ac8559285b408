import { readFileSync } from 'node:fs';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const INSPECT_FUSE = 3;
const FUSE_ON = '1'.charCodeAt(0);

/** Whether an Electron executable carries its inspect fuse switched on: only a build made for tests does. */
export function hasInspectFuse(executable: Uint8Array): boolean {
  const bytes = Buffer.from(executable.buffer, executable.byteOffset, executable.byteLength);
  const at = bytes.indexOf(SENTINEL);
  if (at === -1) return false;
  const length = bytes[at + SENTINEL.length + 1] ?? 0;
  return length > INSPECT_FUSE && bytes[at + SENTINEL.length + 2 + INSPECT_FUSE] === FUSE_ON;
}

export interface RunFacts {
  readonly wanted: string | undefined;
  readonly isPackaged: boolean;
  readonly executable: string;
  readonly read?: (path: string) => Uint8Array;
}

/**
 * Whether tests may look inside this run. A release never lets them, whatever its environment says: it must be
 * a run from source or a build with the inspect fuse on.
 */
export function testHooksAllowed({ wanted, isPackaged, executable, read = readFileSync }: RunFacts): boolean {
  if (wanted !== '1') return false;
  return !isPackaged || hasInspectFuse(read(executable));
}
