import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Running {
  /** Everything that it has written so far. */
  said(): string;
  stop(): Promise<void>;
}

export function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(program, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      text += bytes.toString();
    });
  }
  return { said: () => text, stop: () => ended(child) };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill();
  });
}

/** An X server without a screen, on a display number that it chooses itself. */
export async function startScreen(): Promise<{ env: NodeJS.ProcessEnv; stop: () => Promise<void> }> {
  const args = ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp', '-noreset'];
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const display = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('Xvfb ended')));
    child.stdio[3]?.on('data', (bytes: Buffer) => resolve(bytes.toString().trim()));
  });
  const env = { ...process.env, DISPLAY: `:${display}` };
  return { env, stop: () => ended(child) };
}

/** Keys as a person presses them, sent to the window that has the focus. */
export const xdotool = async (env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<string> =>
  (await run('xdotool', [...args], { env, timeout: 20_000 })).stdout.trim();
