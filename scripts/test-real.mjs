// npm run test:real: the app against a real OpenSSH server, a real desktop and a real keyring. The last line
// counts the tests.
import process from 'node:process';
import { ensureBuilt } from './fresh-build.mjs';
import { runScript } from './run-script.mjs';
import { formatDuration } from './setup/step.mjs';
import { setup } from './setup.mjs';
import { closingLine, NOTHING } from './test-results.mjs';
import { runPlaywright } from './test-runners.mjs';

const startedAt = performance.now();
let counts = { ...NOTHING, failed: 1 };
if (process.platform === 'linux') {
  await runScript(async () => {
    await setup({ real: true });
    await ensureBuilt();
    counts = await runPlaywright('real', 'e2e/real/playwright.config.ts', process.argv.slice(2));
  });
} else {
  process.stdout.write('These tests need Linux: an X server, a panel, a keyring and sshd of their own.\n');
  counts = { ...NOTHING, skipped: 1 };
}
process.stdout.write(
  `\nTests took ${formatDuration(performance.now() - startedAt)}\n${closingLine(counts)}\n`,
);
if (counts.failed > 0) process.exitCode = 1;
