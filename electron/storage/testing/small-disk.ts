import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether a file system of a given size can be made here. */
export const canMakeSmallDisk = process.platform === 'linux' && process.getuid?.() === 0;

/** A real file system with that many kilobytes of room, and what removes it. */
export function smallDisk(kilobytes: number): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'lockwatch-small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path]);
  return {
    path,
    remove: () => {
      execFileSync('umount', ['-l', path]);
      rmdirSync(path);
    },
  };
}
