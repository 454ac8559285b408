// What tests, the lab and the other scripts need to know to start Electron on this machine.
import { chownSync, mkdirSync } from 'node:fs';
import process from 'node:process';
import { readAppUser, runsAsRoot } from './setup/app-user.mjs';
import { findElectronDist } from './setup/electron-dist.mjs';
import { electronWrapper, rootDir, userWrapper } from './setup/paths.mjs';
import { SetupError } from './setup/step.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} executablePath start Electron with this; under root it changes to the ordinary user
 * @property {string} distDir the unpacked Electron
 * @property {string} binary the Electron executable itself
 * @property {string} version
 * @property {import('./setup/electron-dist.mjs').RuntimeKind} kind
 * @property {string | undefined} notice what has to be said wherever this runtime is used
 * @property {import('./setup/app-user.mjs').AppUser | undefined} appUser whom the app runs as, when we are root
 */

/** The Electron that set-up left here. Starts and installs nothing. @returns {Runtime} */
export function resolveRuntime() {
  const dist = findElectronDist();
  const appUser = runsAsRoot() ? readAppUser() : undefined;
  if (dist === undefined || (runsAsRoot() && appUser === undefined)) {
    throw new SetupError('Electron is not set up', 'Run "node scripts/setup.mjs" first.');
  }
  const executablePath = process.platform === 'linux' ? electronWrapper : dist.binary;
  return { ...dist, executablePath, appUser };
}

/**
 * The command line that runs a program as the user whom the app runs as: the same user's D-Bus session,
 * keyring and files are then within its reach.
 *
 * @param {string} command
 * @param {readonly string[]} [args]
 * @returns {{ command: string, args: string[] }}
 */
export function asAppUser(command, args = []) {
  return runsAsRoot() ? { command: userWrapper, args: [command, ...args] } : { command, args: [...args] };
}

/**
 * Makes a folder that the app can write to.
 *
 * @param {string} directory
 */
export function makeAppWritable(directory) {
  mkdirSync(directory, { recursive: true });
  const user = runsAsRoot() ? readAppUser() : undefined;
  if (user) chownSync(directory, user.uid, user.gid);
  return directory;
}

export { rootDir };
