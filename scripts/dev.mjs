// npm run dev: electron-vite with hot reload, on the runtime that set-up found.
import { join } from 'node:path';
import process from 'node:process';
import { openSession } from './display.mjs';
import { endLike, runToEnd } from './electron-launcher.mjs';
import { runScript } from './run-script.mjs';
import { resolveRuntime, rootDir } from './runtime.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  const session = await openSession();
  const cli = join(rootDir, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const env = { ...session.env, ELECTRON_EXEC_PATH: resolveRuntime().executablePath };
  try {
    endLike(
      await runToEnd(process.execPath, [cli, 'dev', '--watch', ...process.argv.slice(2)], {
        env,
        cwd: rootDir,
      }),
    );
  } finally {
    await session.stop();
  }
});
