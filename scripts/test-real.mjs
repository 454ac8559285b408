// npm run test:real: the app against a real OpenSSH server, a real desktop and a real keyring. The last line
// counts the tests.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ensureBuilt } from './fresh-build.mjs';
import { runScript } from './run-script.mjs';
import { rootDir } from './setup/paths.mjs';
import { formatDuration } from './setup/step.mjs';
import { setup } from './setup.mjs';
import { failuresText } from './test-failures.mjs';
import { closingLine, NOTHING, sumCounts } from './test-results.mjs';
import { runPlaywright, runVitest } from './test-runners.mjs';

/** The tests that drive the app on a desktop. */
const DESKTOP_CONFIG = 'e2e/real/playwright.config.ts';

const startedAt = performance.now();
let counts = { ...NOTHING, failed: 1 };
/** @type {import('./test-failures.mjs').Failure[]} */
let failures = [];
if (process.platform === 'linux') {
  await runScript(async () => {
    await setup({ real: true });
    await ensureBuilt();
    process.stdout.write('\nReal servers\n');
    const servers = await runVitest('real-servers', 'vitest.real.config.mts');
    process.stdout.write('\nReal desktop\n');
    const hasDesktopTests = existsSync(join(rootDir, DESKTOP_CONFIG));
    const desktop = hasDesktopTests
      ? await runPlaywright('real-desktop', DESKTOP_CONFIG)
      : { ...NOTHING, failures: [] };
    counts = sumCounts([servers, desktop]);
    failures = [...servers.failures, ...desktop.failures];
  });
} else {
  process.stdout.write('These tests need Linux: an X server, a panel, a keyring and sshd of their own.\n');
  counts = { ...NOTHING, skipped: 1 };
}
process.stdout.write(failuresText(failures));
process.stdout.write(
  `\nTests took ${formatDuration(performance.now() - startedAt)}\n${closingLine(counts)}\n`,
);
if (counts.failed > 0) process.exitCode = 1;
