import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs `work` while no other set-up of this checkout does; one left behind by a dead process does not count.
 *
 * @template T
 * @param {string} directory
 * @param {() => Promise<T>} work
 * @param {(text: string) => void} say
 * @returns {Promise<T>}
 */
export async function withSetupLock(directory, work, say) {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'setup.lock');
  let said = false;
  while (!tryTake(file)) {
    if (!said) say('waiting for another set-up of this checkout to end');
    said = true;
    await wait(250);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function tryTake(file) {
  // Linked into place, so that nobody ever reads a lock without its holder.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch {
    if (!holderIsAlive(file)) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** @param {string} file */
function holderIsAlive(file) {
  const pid = Number(readIfThere(file));
  return Number.isInteger(pid) && pid > 0 && pid !== process.pid && processIsAlive(pid);
}

/** @param {number} pid */
export function processIsAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
