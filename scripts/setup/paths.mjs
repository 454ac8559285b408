import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const rootDir = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** Everything that set-up makes apart from node_modules; git ignores it. */
export const runtimeDir = join(rootDir, '.runtime');

/** Where the runtime built from the package registry ends up. */
export const registryDistDir = join(runtimeDir, 'electron');

/** The official runtime, where the electron package puts it. */
export const officialDistDir = join(rootDir, 'node_modules', 'electron', 'dist');

/** The executable that everything on Linux starts Electron through. */
export const electronWrapper = join(runtimeDir, 'electron-wrapper');

/** Runs any command as the ordinary user; only there when set-up ran as root. */
export const userWrapper = join(runtimeDir, 'as-app-user');

/** Shows the checkout to the ordinary user past a closed folder such as /root; only there where one is. */
export const closedFolderWrapper = join(runtimeDir, 'past-closed-folder');
