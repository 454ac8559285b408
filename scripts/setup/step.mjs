import process from 'node:process';

/** A step that could not be done. `whatToDo` is one sentence for the person who reads it. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} whatToDo
   */
  constructor(message, whatToDo) {
    super(message);
    this.name = 'SetupError';
    this.whatToDo = whatToDo;
    /** Whether the person has read it already. */
    this.isShown = false;
  }
}

/** @param {number} milliseconds */
export function formatDuration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * @typedef {object} StepContext
 * @property {(text: string) => void} progress says what a slow step is doing
 * @typedef {(line: string) => void} WriteLine
 */

/**
 * Runs one step and reports it with its time. The step returns the words to show.
 *
 * @param {string} name
 * @param {(context: StepContext) => Promise<string> | string} run
 * @param {WriteLine} [writeLine]
 */
export async function runStep(name, run, writeLine = (line) => process.stdout.write(`${line}\n`)) {
  const startedAt = performance.now();
  const elapsed = () => formatDuration(performance.now() - startedAt);
  try {
    const outcome = await run({ progress: (text) => writeLine(`  … ${name}: ${text}`) });
    writeLine(`  ✓ ${name}: ${outcome} (${elapsed()})`);
  } catch (error) {
    writeLine(`  ✗ ${name}: ${error instanceof Error ? error.message : String(error)} (${elapsed()})`);
    if (error instanceof SetupError) {
      writeLine(`    What to do: ${error.whatToDo}`);
      error.isShown = true;
    }
    throw error;
  }
}
