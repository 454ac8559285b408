import { mkdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { runCommand, whatWentWrong } from './run-command.mjs';
import { SetupError } from './step.mjs';

/** Chromium refuses to run as root with its sandbox on, so root's runs of the app belong to this user. */
const APP_USER_NAME = 'lockwatch-dev';
const APP_USER_HOME = '/var/lib/lockwatch-dev';

/**
 * @typedef {object} AppUser
 * @property {string} name
 * @property {number} uid
 * @property {number} gid
 * @property {string} home
 */

export function runsAsRoot() {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/**
 * The ordinary user of this machine; undefined before set-up has made it.
 *
 * @param {string} [passwd] the text of /etc/passwd
 * @returns {AppUser | undefined}
 */
export function readAppUser(passwd = readFileSync('/etc/passwd', 'utf8')) {
  const line = passwd.split('\n').find((candidate) => candidate.startsWith(`${APP_USER_NAME}:`));
  if (line === undefined) return undefined;
  const [name = '', , uid, gid, , home = ''] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid), home };
}

/** Makes the ordinary user where there is none. */
export async function ensureAppUser() {
  if (readAppUser() !== undefined) return `${APP_USER_NAME} (root cannot use the sandbox)`;
  mkdirSync('/var/lib', { recursive: true });
  const { code, output } = await runCommand('useradd', [
    '--system',
    '--user-group',
    '--create-home',
    '--home-dir',
    APP_USER_HOME,
    '--shell',
    '/usr/sbin/nologin',
    APP_USER_NAME,
  ]);
  // Another set-up may have made it in the meantime.
  if (code === 0 || readAppUser() !== undefined) return `made ${APP_USER_NAME} (root cannot use the sandbox)`;
  throw new SetupError(
    `the user ${APP_USER_NAME} could not be made\n    ${whatWentWrong(output)}`,
    'Run the command as an ordinary user instead of root.',
  );
}

/**
 * The start of a command line that drops root for the ordinary user.
 *
 * @param {AppUser} user
 * @returns {string[]}
 */
export function dropToUser(user) {
  return ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--init-groups'];
}
