// npm test: sets up, then checks, unit tests, build and end-to-end tests. The last line counts them.
import process from 'node:process';
import { runChecks } from './check.mjs';
import { ensureBuilt } from './fresh-build.mjs';
import { makePackage } from './make-package.mjs';
import { runScript } from './run-script.mjs';
import { formatDuration, SetupError } from './setup/step.mjs';
import { setup } from './setup.mjs';
import { failuresText } from './test-failures.mjs';
import { closingLine, NOTHING, sumCounts } from './test-results.mjs';
import { runPlaywright, runVitest } from './test-runners.mjs';

/** @typedef {import('./test-runners.mjs').Outcome} Outcome */

/** What stands for a step that ended before it could count. @type {Outcome} */
const BROKEN = {
  ...NOTHING,
  failed: 1,
  failures: [{ test: 'a step before the tests', reason: 'It ended early; its output says why.' }],
};

/** @returns {Promise<Outcome>} */
async function runEndToEnd() {
  try {
    await ensureBuilt();
    // The tests of the packaged app start this one.
    await makePackage({ forTests: true, unpackedOnly: true });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return BROKEN;
  }
  return runPlaywright('e2e', 'e2e/playwright.config.ts');
}

const startedAt = performance.now();
/** @type {Outcome[]} */
const outcomes = [];
await runScript(async () => {
  outcomes.push(BROKEN);
  await setup();
  outcomes.pop();
  process.stdout.write('Checks\n');
  outcomes.push(await runChecks());
  process.stdout.write('\nUnit tests\n');
  outcomes.push(await runVitest('unit', 'vitest.config.mts'));
  process.stdout.write('\nEnd-to-end tests\n');
  outcomes.push(await runEndToEnd());
});
const total = sumCounts(outcomes);
process.stdout.write(failuresText(outcomes.flatMap(({ failures }) => failures)));
process.stdout.write(
  `\nTests took ${formatDuration(performance.now() - startedAt)}\n${closingLine(total)}\n`,
);
if (total.failed > 0) process.exitCode = 1;
