import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setFuses, wantedFuses } from './fuses.mjs';

/**
 * Called by electron-builder when the unpacked app is complete and not yet signed.
 *
 * @param {{ appOutDir: string, electronPlatformName: string, packager: any }} context
 */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo;
  const executable =
    {
      darwin: `${productFilename}.app`,
      win32: `${productFilename}.exe`,
    }[electronPlatformName] ?? packager.executableName;
  const forTests = process.env.LOCKWATCH_E2E_BUILD === '1';
  const missing = await setFuses(join(appOutDir, executable), wantedFuses({ forTests }), {
    resetSignature: electronPlatformName === 'darwin',
  });
  // What only the unpackaged runtime needs.
  for (const name of ['lockwatch-runtime.json', join('resources', 'default_app.asar')]) {
    await rm(join(appOutDir, name), { force: true });
  }
  for (const name of missing) process.stdout.write(`  • this Electron has no fuse ${name}\n`);
}
