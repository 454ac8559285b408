// Starts a program and stands in for it: signals go through, its end is ours.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { openSession } from './display.mjs';
import { resolveRuntime } from './runtime.mjs';

/**
 * @typedef {object} Exit
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 */

const TIED_TO_US = ['setpriv', '--pdeathsig', 'TERM', '--'];

/**
 * Runs a program to its end with our own input and output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<Exit>}
 */
export function runToEnd(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    // On Linux the program is told to end even when we are killed and can tell nobody.
    const [first = command, ...rest] = [
      ...(process.platform === 'linux' ? TIED_TO_US : []),
      command,
      ...args,
    ];
    const child = spawn(first, rest, { ...options, stdio: 'inherit' });
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      // A terminal sends Ctrl-C to the whole foreground group: the program has it already.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    const done = () => {
      for (const signal of signals) process.off(signal, pass);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      done();
      resolve({ code, signal });
    });
  });
}

/**
 * Runs a program to its end with a display and a D-Bus session, which end after it.
 *
 * @param {string} command
 * @param {readonly string[] | ((session: import('./display.mjs').Session) => readonly string[])} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<Exit>}
 */
export async function runInSession(command, args, options = {}) {
  const session = await openSession(options.env);
  try {
    const given = typeof args === 'function' ? args(session) : args;
    return await runToEnd(command, given, { ...options, env: session.env });
  } finally {
    await session.stop();
  }
}

/**
 * Starts Electron with a display and a D-Bus session, and waits for its end.
 *
 * @param {readonly string[]} args the app's folder and its arguments
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 */
export function launchElectron(args, options = {}) {
  return runInSession(resolveRuntime().executablePath, (session) => argsOn(session, args), options);
}

/**
 * On a display that nobody sees, Chromium misses a graphics card and a system bus, and complains of it in the
 * terminal at length. There only what ends it is worth a line.
 *
 * @param {{ isVirtual: boolean }} session
 * @param {readonly string[]} args
 */
export const argsOn = ({ isVirtual }, args) => (isVirtual ? [...args, '--log-level=3'] : [...args]);

/**
 * Ends this process the way the program ended.
 *
 * @param {Exit} exit
 */
export function endLike({ code, signal }) {
  if (signal !== null) process.kill(process.pid, signal);
  else process.exitCode = code ?? 1;
}
