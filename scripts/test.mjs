// npm test: sets up, then checks, unit tests, build and end-to-end tests. The last line counts them.
import process from 'node:process';
import { runChecks } from './check.mjs';
import { ensureBuilt } from './fresh-build.mjs';
import { makePackage } from './make-package.mjs';
import { runScript } from './run-script.mjs';
import { formatDuration, SetupError } from './setup/step.mjs';
import { setup } from './setup.mjs';
import { closingLine, NOTHING, sumCounts } from './test-results.mjs';
import { runPlaywright, runVitest } from './test-runners.mjs';

/** @typedef {import('./test-results.mjs').Counts} Counts */

/** @returns {Promise<Counts>} */
async function runEndToEnd() {
  try {
    await ensureBuilt();
    // The tests of the packaged app start this one.
    await makePackage({ forTests: true, unpackedOnly: true });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { ...NOTHING, failed: 1 };
  }
  return runPlaywright('e2e', 'e2e/playwright.config.ts');
}

const startedAt = performance.now();
/** @type {Counts[]} */
const counts = [];
await runScript(async () => {
  counts.push({ ...NOTHING, failed: 1 });
  await setup();
  counts.pop();
  process.stdout.write('Checks\n');
  counts.push({ ...NOTHING, ...(await runChecks()) });
  process.stdout.write('\nUnit tests\n');
  counts.push(await runVitest('unit', 'vitest.config.mts'));
  process.stdout.write('\nEnd-to-end tests\n');
  counts.push(await runEndToEnd());
});
const total = sumCounts(counts);
process.stdout.write(
  `\nTests took ${formatDuration(performance.now() - startedAt)}\n${closingLine(total)}\n`,
);
if (total.failed > 0) process.exitCode = 1;
