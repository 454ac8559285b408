import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/**
 * Where the parts of an unpacked package are.
 *
 * @param {string} outputDir what electron-builder wrote to
 * @returns {{ executable: string, archive: string }}
 */
export function packagedApp(outputDir) {
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
