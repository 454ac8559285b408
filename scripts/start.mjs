// npm start: sets up, builds if the sources have changed, and runs the app.
import process from 'node:process';
import { hasDisplay } from './display.mjs';
import { endLike, launchElectron } from './electron-launcher.mjs';
import { ensureBuilt } from './fresh-build.mjs';
import { runScript } from './run-script.mjs';
import { rootDir } from './runtime.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  await ensureBuilt();
  if (!hasDisplay(process.env))
    process.stdout.write('There is no display here: the window opens on a virtual one.\n');
  endLike(await launchElectron([rootDir, ...process.argv.slice(2)]));
});
