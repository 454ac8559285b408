// A display and a D-Bus session for programs that need them: those that are there, else private ones that end
// with the caller.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { dropToUser, readAppUser, runsAsRoot } from './setup/app-user.mjs';
import { processIsAlive } from './setup/setup-lock.mjs';
import { SetupError } from './setup/step.mjs';

/** @typedef {import('./setup/app-user.mjs').AppUser} AppUser */

/**
 * @typedef {object} Session
 * @property {NodeJS.ProcessEnv} env the environment to start programs with
 * @property {boolean} isVirtual whether nobody can see the display
 * @property {() => Promise<void>} stop
 */

const SESSION_PREFIX = 'lockwatch-session-';
const SCREEN = '1600x1000x24';

/** @param {NodeJS.ProcessEnv} env */
export function hasDisplay(env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || (env.WAYLAND_DISPLAY && !runsAsRoot()));
}

/**
 * An X authority file with one cookie that fits any display.
 *
 * @param {Buffer} cookie
 */
export function encodeXAuthority(cookie) {
  /** @param {Buffer} value */
  const counted = (value) => Buffer.concat([Buffer.from([value.length >> 8, value.length & 0xff]), value]);
  const anyFamily = Buffer.from([0xff, 0xff]);
  return Buffer.concat([
    anyFamily,
    counted(Buffer.alloc(0)),
    counted(Buffer.alloc(0)),
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(cookie),
  ]);
}

/**
 * Opens a session: the display of the environment or a virtual one, the D-Bus session of the environment or a
 * private one. Under root all of it belongs to the ordinary user. A session inside a session is the same one.
 *
 * @param {NodeJS.ProcessEnv} [baseEnv]
 * @returns {Promise<Session>}
 */
export async function openSession(baseEnv = process.env) {
  const isNested = Boolean(baseEnv.LOCKWATCH_SESSION_DIR);
  if (process.platform !== 'linux' || isNested) {
    const isVirtual = baseEnv.LOCKWATCH_VIRTUAL_DISPLAY === '1';
    return { env: { ...baseEnv }, isVirtual, stop: async () => undefined };
  }

  const user = runsAsRoot() ? readAppUser() : undefined;
  removeDeadSessions(tmpdir());
  const directory = mkdtempSync(join(tmpdir(), `${SESSION_PREFIX}${process.pid}-`));
  if (user) chownSync(directory, user.uid, user.gid);
  chmodSync(directory, 0o700);
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...baseEnv, LOCKWATCH_SESSION_DIR: directory };
  if (user) {
    env.XDG_RUNTIME_DIR = directory;
    delete env.WAYLAND_DISPLAY;
    delete env.DBUS_SESSION_BUS_ADDRESS;
  }
  /** @type {Array<() => Promise<void>>} */
  const stops = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const isVirtual = !hasDisplay(env);
    if (isVirtual) stops.push(await startXvfb(env, directory, user));
    else if (user) lendDisplay(env, directory, user);
    if (!env.DBUS_SESSION_BUS_ADDRESS) stops.push(await startDbus(env, directory, user));
    return { env, isVirtual, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Removes the folders of sessions whose process was killed and could not clean up.
 *
 * @param {string} parent
 */
export function removeDeadSessions(parent) {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(SESSION_PREFIX)
      ? Number.parseInt(name.slice(SESSION_PREFIX.length), 10)
      : Number.NaN;
    if (pid > 0 && !processIsAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} directory
 * @param {AppUser | undefined} user
 */
async function startXvfb(env, directory, user) {
  const authority = join(directory, 'xauthority');
  writeFileSync(authority, encodeXAuthority(randomBytes(16)), { mode: 0o600 });
  if (user) chownSync(authority, user.uid, user.gid);
  const args = [
    '-displayfd',
    '3',
    '-screen',
    '0',
    SCREEN,
    '-nolisten',
    'tcp',
    '-noreset',
    '-auth',
    authority,
  ];
  const server = await startServer('Xvfb', args, env, user);
  env.DISPLAY = `:${server.firstLine}`;
  env.XAUTHORITY = authority;
  env.LOCKWATCH_VIRTUAL_DISPLAY = '1';
  // Toolkits would look for a compositor first.
  env.GDK_BACKEND = 'x11';
  return server.stop;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} directory
 * @param {AppUser | undefined} user
 */
async function startDbus(env, directory, user) {
  const args = [
    '--session',
    '--nofork',
    '--nopidfile',
    `--address=unix:path=${join(directory, 'bus')}`,
    '--print-address=3',
  ];
  const server = await startServer('dbus-daemon', args, env, user);
  env.DBUS_SESSION_BUS_ADDRESS = server.firstLine;
  return server.stop;
}

/**
 * Lets the ordinary user onto root's display.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} directory
 * @param {AppUser} user
 */
function lendDisplay(env, directory, user) {
  const own = env.XAUTHORITY ?? join(homedir(), '.Xauthority');
  if (!existsSync(own)) return;
  const lent = join(directory, 'xauthority');
  copyFileSync(own, lent);
  chownSync(lent, user.uid, user.gid);
  chmodSync(lent, 0o600);
  env.XAUTHORITY = lent;
}

/**
 * Starts a server that writes a line to descriptor 3 when it is ready. It ends with this process, however
 * this process ends.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {AppUser | undefined} user
 * @returns {Promise<{ firstLine: string, stop: () => Promise<void> }>}
 */
function startServer(command, args, env, user) {
  const [setpriv = '', ...drop] = user ? dropToUser(user) : ['setpriv'];
  const serverEnv = user ? { ...env, HOME: user.home, USER: user.name, LOGNAME: user.name } : env;
  const child = spawn(setpriv, [...drop, '--pdeathsig', 'KILL', '--', command, ...args], {
    env: serverEnv,
    // A group of its own, so that Ctrl-C in the terminal ends the app first and its display after.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors = `${errors}${chunk}`.slice(-4000);
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  };
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdio[3]?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve({ firstLine: text.trim(), stop });
    });
    const fail = (/** @type {string} */ reason) =>
      reject(
        new SetupError(
          `${command} did not start: ${reason}`,
          'Run "node scripts/setup.mjs", then the command again.',
        ),
      );
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`exit code ${code} ${errors.trim()}`));
  });
}
