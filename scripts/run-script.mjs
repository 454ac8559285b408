import process from 'node:process';
import { SetupError } from './setup/step.mjs';

/**
 * Runs a script's body. A failure that was explained already needs no stack trace.
 *
 * @param {() => Promise<void>} body
 */
export async function runScript(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    if (!error.isShown) process.stderr.write(`${error.message}\n${error.whatToDo}\n`);
    process.exitCode = 1;
  }
}
