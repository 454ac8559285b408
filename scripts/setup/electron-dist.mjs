import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { officialDistDir, registryDistDir, rootDir } from './paths.mjs';
import { REGISTRY_RUNTIME_NOTICE } from './registry-runtime.mjs';

/**
 * @typedef {'override' | 'official' | 'registry'} RuntimeKind
 * @typedef {object} ElectronDist
 * @property {RuntimeKind} kind
 * @property {string} distDir the unpacked Electron
 * @property {string} binary the executable in it
 * @property {string} version such as `45.4.1`, or `unknown`
 * @property {string | undefined} notice what has to be said wherever it is used
 */

/** The path of the executable inside an unpacked Electron. */
function electronBinaryName(platform = process.platform) {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** The version that the electron package is pinned to. */
function pinnedElectronVersion() {
  const manifest = JSON.parse(
    readFileSync(join(rootDir, 'node_modules', 'electron', 'package.json'), 'utf8'),
  );
  return /** @type {string} */ (manifest.version);
}

/**
 * The Electron that is there already, in order of preference; undefined when there is none.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {ElectronDist | undefined}
 */
export function findElectronDist(env = process.env) {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return distAt('override', override);
  const official = distAt('official', officialDistDir);
  if (official?.version === pinnedElectronVersion()) return official;
  return distAt('registry', registryDistDir);
}

/**
 * @param {RuntimeKind} kind
 * @param {string} distDir
 * @returns {ElectronDist | undefined}
 */
function distAt(kind, distDir) {
  const binary = join(distDir, electronBinaryName());
  if (!existsSync(binary)) return undefined;
  const isRegistryBuild = kind === 'registry' || existsSync(join(distDir, 'lockwatch-runtime.json'));
  if (kind === 'registry' && !existsSync(join(distDir, 'lockwatch-runtime.json'))) return undefined;
  const notice = isRegistryBuild ? REGISTRY_RUNTIME_NOTICE : undefined;
  return { kind, distDir, binary, version: readVersion(distDir), notice };
}

/** @param {string} distDir */
function readVersion(distDir) {
  const file = join(distDir, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'unknown';
}
