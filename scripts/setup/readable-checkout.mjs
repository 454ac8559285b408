import { spawnSync } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dropToUser } from './app-user.mjs';
import { runCommand, succeeds } from './run-command.mjs';
import { SetupError } from './step.mjs';

/** @typedef {import('./app-user.mjs').AppUser} AppUser */

/**
 * The topmost folder on the way to `path` that other users may not pass, as `/root` is; undefined when the
 * way is free.
 *
 * @param {string} path
 * @param {(path: string) => number} [modeOf]
 */
export function firstClosedFolder(path, modeOf = (folder) => statSync(folder).mode) {
  const folders = [];
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) folders.unshift(folder);
  return folders.slice(0, -1).find((folder) => (modeOf(folder) & 0o001) === 0);
}

/**
 * Makes sure that the ordinary user can read the checkout. Below a closed folder such as /root the start
 * wrapper shows it the checkout in a mount namespace of its own; nothing on the machine is opened up.
 *
 * @param {string} rootDir
 * @param {AppUser} user
 * @returns {Promise<{ outcome: string, closedFolder: string | undefined }>}
 */
export async function ensureReadableCheckout(rootDir, user) {
  const real = realpathSync(rootDir);
  const closedFolder = firstClosedFolder(real);
  if (canRead(real, user)) return { outcome: `readable to ${user.name}`, closedFolder: undefined };

  if (closedFolder !== undefined && !succeeds('unshare', ['--mount', '--propagation', 'private', 'true'])) {
    throw new SetupError(
      `${closedFolder} is closed to other users, and this machine allows no mount namespaces`,
      'Move the checkout to a folder that other users may read, such as /srv or /opt.',
    );
  }
  if ((statSync(real).mode & 0o005) !== 0o005 || (statSync(join(real, 'package.json')).mode & 0o004) === 0) {
    const { code } = await runCommand('chmod', ['-R', 'go+rX', real]);
    if (code !== 0)
      throw new SetupError('the checkout is closed to other users', `Run "chmod -R go+rX ${real}".`);
  }
  if (closedFolder !== undefined)
    return { outcome: `shown to ${user.name} past ${closedFolder}`, closedFolder };
  return { outcome: `made readable to ${user.name}`, closedFolder };
}

/**
 * @param {string} rootDir
 * @param {AppUser} user
 */
function canRead(rootDir, user) {
  const [command = '', ...args] = [...dropToUser(user), '--', 'test', '-r', join(rootDir, 'package.json')];
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
