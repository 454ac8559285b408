// npm run bench: sets up, builds if needed, and measures under a display. Arguments go to the bench.
import { join } from 'node:path';
import process from 'node:process';
import { endLike, runInSession } from './electron-launcher.mjs';
import { ensureBuilt } from './fresh-build.mjs';
import { runScript } from './run-script.mjs';
import { rootDir } from './runtime.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  await ensureBuilt();
  const tsx = join(rootDir, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  endLike(
    await runInSession(process.execPath, [tsx, 'bench/index.ts', ...process.argv.slice(2)], { cwd: rootDir }),
  );
});
