import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { rootDir } from './setup/paths.mjs';

/** Where electron-builder writes to. @param {boolean} forTests */
export function packageDir(forTests) {
  return join(rootDir, 'dist', forTests ? 'e2e' : 'release');
}

/** What starts the unpacked package on Linux, as the ordinary user under root. @param {boolean} forTests */
export function packageStarter(forTests) {
  return join(packageDir(forTests), 'start');
}

/**
 * Where the parts of the unpacked package are.
 *
 * @param {boolean} forTests
 * @returns {{ executable: string, archive: string }}
 */
export function packagedApp(forTests) {
  const outputDir = packageDir(forTests);
  const folders = existsSync(outputDir) ? readdirSync(outputDir) : [];
  const folder =
    folders.find((name) => /^(linux|win|mac)(-\w+)?(-unpacked)?$/.test(name)) ?? 'linux-unpacked';
  const appDir = join(outputDir, folder);
  if (process.platform === 'darwin') {
    const bundle = join(appDir, 'Lockwatch.app', 'Contents');
    return { executable: join(bundle, 'MacOS', 'Lockwatch'), archive: join(bundle, 'Resources', 'app.asar') };
  }
  const executable = join(appDir, process.platform === 'win32' ? 'Lockwatch.exe' : 'lockwatch');
  return { executable, archive: join(appDir, 'resources', 'app.asar') };
}
