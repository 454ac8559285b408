// npm run dev: electron-vite with hot reload, on the runtime that set-up found.
import { join } from 'node:path';
import process from 'node:process';
import { endLike, runInSession } from './electron-launcher.mjs';
import { runScript } from './run-script.mjs';
import { resolveRuntime, rootDir } from './runtime.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  const cli = join(rootDir, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const env = { ...process.env, ELECTRON_EXEC_PATH: resolveRuntime().executablePath };
  const args = [cli, 'dev', '--watch', ...process.argv.slice(2)];
  endLike(await runInSession(process.execPath, args, { env, cwd: rootDir }));
});
