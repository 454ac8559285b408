import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { packageDir, packagedApp, packageStarter } from './packaged-app.mjs';
import { resolveRuntime, rootDir } from './runtime.mjs';
import { runsAsRoot } from './setup/app-user.mjs';
import { runCommand } from './setup/run-command.mjs';
import { runStep, SetupError } from './setup/step.mjs';
import { writeStarter } from './setup/wrappers.mjs';

/**
 * Packages what is in out/, and reads back from the package what matters: its fuses and its files.
 *
 * @param {{ forTests: boolean, unpackedOnly: boolean }} options `forTests` keeps the inspector fuse on
 */
export async function makePackage({ forTests, unpackedOnly }) {
  await runStep('package', ({ progress }) => runBuilder(forTests, unpackedOnly, progress));
  await runStep('package check', () => checkPackage(forTests));
  if (process.platform !== 'linux') return;
  writeStarter(packageStarter(forTests), packagedApp(forTests).executable, runsAsRoot());
}

/**
 * @param {boolean} forTests
 * @param {boolean} unpackedOnly
 * @param {(text: string) => void} progress
 */
async function runBuilder(forTests, unpackedOnly, progress) {
  const runtime = resolveRuntime();
  progress(unpackedOnly ? 'the unpacked app' : 'all targets of this platform');
  rmSync(packageDir(forTests), { recursive: true, force: true });
  const args = [join(rootDir, 'node_modules', 'electron-builder', 'cli.js'), '--publish', 'never'];
  args.push(`-c.directories.output=${packageDir(forTests)}`, `-c.electronVersion=${runtime.version}`);
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

/** @param {boolean} forTests */
async function checkPackage(forTests) {
  // Imported late: set-up runs before these are installed.
  const { findPackageFaults, sizeOf } = await import('./package-check.mjs');
  const { readFuses, wantedFuses } = await import('./fuses.mjs');
  const { executable, archive } = packagedApp(forTests);
  if (!existsSync(executable)) {
    throw new SetupError(`${executable} is missing`, 'Look at what electron-builder wrote instead.');
  }
  const fuses = await readFuses(executable);
  const wanted = wantedFuses({ forTests });
  const wrongFuses = Object.entries(fuses).filter(([name, value]) => wanted[name] !== value);
  const faults = [
    ...wrongFuses.map(([name, value]) => `fuse ${name} is ${value ? 'on' : 'off'}`),
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
