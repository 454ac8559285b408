import { spawn, spawnSync } from 'node:child_process';
import process from 'node:process';

/**
 * @typedef {object} CommandOutcome
 * @property {number} code the exit code; 1 for a signal or a command that could not be started
 * @property {string} output standard output and standard error together
 */

/**
 * Runs a command quietly and keeps what it says.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<CommandOutcome>}
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve) => {
    const env = { ...(options.env ?? process.env), NO_COLOR: '1' };
    const child = spawn(command, args, { ...options, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Whether a command ends with 0. For short checks only: it blocks.
 *
 * @param {string} command
 * @param {readonly string[]} args
 */
export function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/**
 * npm as it is started on this platform: through the npm that started us where there is one.
 *
 * @param {readonly string[]} args
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npmCommand(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('npm-cli.js'))
    return { command: process.execPath, args: [script, ...args], shell: false };
  return { command: 'npm', args: [...args], shell: process.platform === 'win32' };
}

/**
 * What a command's output says went wrong, for an error message: npm's own error lines, else the end.
 *
 * @param {string} output
 */
export function whatWentWrong(output, count = 10) {
  const lines = output.trim().split('\n');
  const errors = lines.filter((line) => /^npm (error|ERR!) \S/.test(line));
  return (errors.length > 0 ? errors.slice(0, count) : lines.slice(-count)).join('\n    ');
}
