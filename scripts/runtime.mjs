// What tests, the lab and the other scripts need to know to start Electron on this machine.
import { chownSync, existsSync, mkdirSync } from 'node:fs';
import process from 'node:process';
import { packagedApp, packageStarter } from './packaged-app.mjs';
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
 * The packaged app that `npm run dist` (or with `forTests`, `npm test`) has made. Starts and builds nothing.
 *
 * @param {{ forTests: boolean }} options
 * @returns {{ executablePath: string, binary: string, archive: string }}
 */
export function resolvePackagedApp({ forTests }) {
  const { executable, archive } = packagedApp(forTests);
  const executablePath = process.platform === 'linux' ? packageStarter(forTests) : executable;
  if (!existsSync(executablePath)) {
    throw new SetupError(
      'the app is not packaged',
      `Run "npm run dist${forTests ? ' -- --e2e' : ''}" first.`,
    );
  }
  return { executablePath, binary: executable, archive };
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
