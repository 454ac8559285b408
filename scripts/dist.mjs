// npm run dist [-- --e2e] [-- --dir]
// Sets up, builds, and packages the app: everything electron-builder.yml names for this platform where the
// official Electron is there, else the unpacked folder. --e2e makes the build that end-to-end tests can drive.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ensureBuilt } from './fresh-build.mjs';
import { packagedApp } from './packaged-app.mjs';
import { runScript } from './run-script.mjs';
import { resolveRuntime, rootDir } from './runtime.mjs';
import { runCommand } from './setup/run-command.mjs';
import { runStep, SetupError } from './setup/step.mjs';
import { setup } from './setup.mjs';

const forTests = process.argv.includes('--e2e');
const outputDir = join(rootDir, 'dist', forTests ? 'e2e' : 'release');

await runScript(async () => {
  await setup();
  await ensureBuilt();
  const runtime = resolveRuntime();
  const unpackedOnly = forTests || runtime.kind !== 'official' || process.argv.includes('--dir');
  await runStep('package', ({ progress }) => makePackage(runtime, unpackedOnly, progress));
  await runStep('package check', checkPackage);
  process.stdout.write(`\nPackaged in ${outputDir}\n`);
  if (runtime.notice) process.stdout.write(`For tests only. ${runtime.notice}\n`);
});

/**
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {boolean} unpackedOnly
 * @param {(text: string) => void} progress
 */
async function makePackage(runtime, unpackedOnly, progress) {
  progress(unpackedOnly ? 'the unpacked app' : 'all targets of this platform');
  rmSync(outputDir, { recursive: true, force: true });
  const args = [join(rootDir, 'node_modules', 'electron-builder', 'cli.js'), '--publish', 'never'];
  args.push(`-c.directories.output=${outputDir}`, `-c.electronVersion=${runtime.version}`);
  if (unpackedOnly) args.push('--dir');
  if (runtime.kind !== 'official') args.push(`-c.electronDist=${runtime.distDir}`);
  const env = {
    ...process.env,
    // Linked files would share their fuses with the runtime they were linked from.
    USE_HARD_LINKS: 'false',
    LOCKWATCH_E2E_BUILD: forTests ? '1' : '0',
  };
  const { code, output } = await runCommand(process.execPath, args, { cwd: rootDir, env });
  if (code === 0) return unpackedOnly ? 'unpacked' : 'all targets';
  throw new SetupError(
    `electron-builder failed\n${output.trim()}`,
    'Mend what electron-builder complains about.',
  );
}

/** Reads back from the package what matters: its fuses and its files. */
async function checkPackage() {
  // Imported late: set-up runs before these are installed.
  const { findPackageFaults, sizeOf } = await import('./package-check.mjs');
  const { readFuses, wantedFuses } = await import('./fuses.mjs');
  const { executable, archive } = packagedApp(outputDir);
  if (!existsSync(executable))
    throw new SetupError(`${executable} is missing`, 'Look at the output of electron-builder.');
  const fuses = await readFuses(executable);
  const wanted = wantedFuses({ forTests });
  const wrong = Object.entries(fuses).filter(([name, value]) => wanted[name] !== value);
  const faults = [
    ...wrong.map(([name, value]) => `fuse ${name} is ${value ? 'on' : 'off'}`),
    ...findPackageFaults(archive),
  ];
  if (faults.length > 0) {
    throw new SetupError(
      `\n    ${faults.join('\n    ')}`,
      'Correct electron-builder.yml or scripts/after-pack.mjs.',
    );
  }
  return `${Object.keys(fuses).length} fuses as wanted, app.asar ${sizeOf(archive)}`;
}
