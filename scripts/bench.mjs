// npm run bench: sets up, builds if needed, and measures under a display. Arguments go to the bench.
import { join } from 'node:path';
import process from 'node:process';
import { openSession } from './display.mjs';
import { endLike, runToEnd } from './electron-launcher.mjs';
import { ensureBuilt } from './fresh-build.mjs';
import { runScript } from './run-script.mjs';
import { rootDir } from './runtime.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  await ensureBuilt();
  const session = await openSession();
  const tsx = join(rootDir, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  try {
    const args = [tsx, 'bench/index.ts', ...process.argv.slice(2)];
    endLike(await runToEnd(process.execPath, args, { env: session.env, cwd: rootDir }));
  } finally {
    await session.stop();
  }
});
