// npm run lab: sets up, builds if needed, and opens the app on the practice lab.
import { join } from 'node:path';
import process from 'node:process';
import { hasDisplay } from './display.mjs';
import { endLike, launchElectron } from './electron-launcher.mjs';
import { ensureBuilt } from './fresh-build.mjs';
import { runScript } from './run-script.mjs';
import { makeAppWritable, rootDir } from './runtime.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  await ensureBuilt();
  const args = process.argv.slice(2);
  const canBeClosed = hasDisplay(process.env) || (process.stdin.isTTY && process.stdout.isTTY);
  // Where nobody could close it, the lab plays one drill and ends.
  if (!canBeClosed && !args.includes('--once')) args.push('--once');
  const artifacts = makeAppWritable(process.env.LOCKWATCH_ARTIFACTS ?? join(rootDir, 'artifacts', 'lab'));
  const env = { ...process.env, LOCKWATCH_ARTIFACTS: artifacts };
  endLike(await launchElectron([rootDir, '--lab', ...args], { env }));
});
