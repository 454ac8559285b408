// Makes the checkout ready to run: dependencies, Electron, system libraries, an ordinary user under root.
// Built on Node's own modules alone, because it runs before anything is installed. Safe to run at any time.

import { realpathSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { hasDisplay } from './display.mjs';
import { ensureAppUser, readAppUser, runsAsRoot } from './setup/app-user.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { findElectronDist } from './setup/electron-dist.mjs';
import { ensureElectron } from './setup/electron-runtime.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { rootDir, runtimeDir } from './setup/paths.mjs';
import { ensureReadableCheckout } from './setup/readable-checkout.mjs';
import { ensureSandbox } from './setup/sandbox.mjs';
import { withSetupLock } from './setup/setup-lock.mjs';
import { formatDuration, runStep, SetupError } from './setup/step.mjs';
import { ELECTRON_NEEDS, REAL_TEST_NEEDS, VIRTUAL_DESKTOP_NEEDS } from './setup/system-needs.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';
import { writeWrappers } from './setup/wrappers.mjs';

/**
 * Runs every set-up step in order; throws at the first that fails, after saying what to do.
 *
 * @param {{ real?: boolean }} [options] `real` adds what the tests against real servers and a real desktop need
 */
export async function setup({ real = false } = {}) {
  const startedAt = performance.now();
  if (runsAsRoot()) process.umask(0o022);
  process.stdout.write('Setting up\n');
  await runStep('Node', () => checkNodeVersion(process.versions.node));
  await withSetupLock(
    runtimeDir,
    async () => {
      await runStep('dependencies', ({ progress }) => ensureDependencies({ rootDir, progress }));
      await runStep('Electron', async (context) => {
        const { version, kind } = await ensureElectron(context);
        return `${version} (${kind === 'registry' ? 'from the npm registry' : kind})`;
      });
      if (process.platform === 'linux') await setUpLinux(real);
      else
        process.stdout.write(`  – system libraries, user, sandbox: nothing to do on ${process.platform}\n`);
    },
    (text) => process.stdout.write(`  … ${text}\n`),
  );
  const notice = findElectronDist()?.notice;
  if (notice) process.stdout.write(`  ! ${notice}\n`);
  process.stdout.write(`Ready (${formatDuration(performance.now() - startedAt)})\n\n`);
}

/** @param {boolean} real */
async function setUpLinux(real) {
  const virtual = real || runsAsRoot() || !hasDisplay(process.env);
  const needs = [
    ...ELECTRON_NEEDS,
    ...(virtual ? VIRTUAL_DESKTOP_NEEDS : []),
    ...(real ? REAL_TEST_NEEDS : []),
  ];
  await runStep('system libraries', ({ progress }) => ensureSystemPackages(needs, progress));
  /** @type {string | undefined} */
  let closedFolder;
  if (runsAsRoot()) {
    await runStep('ordinary user', ensureAppUser);
    await runStep('checkout', async () => {
      const checked = await ensureReadableCheckout(rootDir, requireAppUser());
      closedFolder = checked.closedFolder;
      return checked.outcome;
    });
  }
  const dist = findElectronDist();
  if (dist === undefined)
    throw new SetupError('no Electron was found', 'Run "node scripts/setup.mjs" again.');
  await runStep('sandbox', () => ensureSandbox(dist.distDir));
  const user = runsAsRoot() ? requireAppUser() : undefined;
  writeWrappers({ binary: dist.binary, user, closedFolder, shown: shownFolders(closedFolder) });
}

/**
 * What of a closed folder the app has to see: the checkout, and the reference data where it is used.
 *
 * @param {string | undefined} closedFolder
 */
function shownFolders(closedFolder) {
  const data = process.env.LOCKWATCH_REFERENCE_DATA;
  const dataDir = data ? realpathSync(data) : undefined;
  const isHidden = closedFolder !== undefined && dataDir?.startsWith(`${closedFolder}/`);
  return [realpathSync(rootDir), ...(isHidden && dataDir ? [dataDir] : [])];
}

function requireAppUser() {
  const user = readAppUser();
  if (user === undefined)
    throw new SetupError('the ordinary user is missing', 'Run the command as an ordinary user.');
  return user;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await setup({ real: process.argv.includes('--real') });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.exitCode = 1;
  }
}
