// npm run dist [-- --e2e] [-- --dir]
// Sets up, builds, and packages the app: everything electron-builder.yml names for this platform where the
// official Electron is there, else the unpacked folder. --e2e makes the build that end-to-end tests can drive.
import process from 'node:process';
import { ensureBuilt } from './fresh-build.mjs';
import { makePackage } from './make-package.mjs';
import { packageDir } from './packaged-app.mjs';
import { runScript } from './run-script.mjs';
import { resolveRuntime } from './runtime.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  await ensureBuilt();
  const { kind, notice } = resolveRuntime();
  const forTests = process.argv.includes('--e2e');
  const unpackedOnly = forTests || kind !== 'official' || process.argv.includes('--dir');
  await makePackage({ forTests, unpackedOnly });
  process.stdout.write(`\nPackaged in ${packageDir(forTests)}\n`);
  if (notice) process.stdout.write(`For tests only. ${notice}\n`);
});
