// node scripts/lock-file.mjs [--complete]
// A lock file written against a registry that lacks the packages of some platforms leaves them out, and then
// `npm ci` fails everywhere. This finds such gaps, and with --complete fills them (npm takes the integrity of
// those few from the registry).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { rootDir } from './setup/paths.mjs';

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 * @typedef {{ packages: Record<string, LockEntry> }} LockFile
 */

const PLATFORM_NAME =
  /-(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(arm64|arm|ia32|loong64|ppc64|riscv64|s390x|x64)(?:-?(eabi|gnueabihf|musleabihf|gnu|musl|msvc))?$/;

/**
 * The packages of platforms that are asked for in an exact version and have no entry.
 *
 * @param {LockFile} lock
 * @returns {Array<{ path: string, entry: LockEntry }>}
 */
export function missingPlatformPackages({ packages }) {
  const missing = [];
  for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const platform = PLATFORM_NAME.exec(name);
      if (platform === null || findInstalled(packages, parent, name)?.version === version) continue;
      const [, os = '', cpu = '', abi = ''] = platform;
      const libc = abi.startsWith('musl') ? ['musl'] : abi.startsWith('gnu') ? ['glibc'] : undefined;
      const path = `${parent.slice(0, parent.lastIndexOf('node_modules/'))}node_modules/${name}`;
      const entry = {
        version,
        cpu: [cpu],
        ...(dev && { dev }),
        ...(libc && { libc }),
        optional: true,
        os: [os],
      };
      missing.push({ path, entry });
    }
  }
  return missing;
}

/**
 * @param {Record<string, LockEntry>} packages
 * @param {string} parent
 * @param {string} name
 */
function findInstalled(packages, parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    if (found !== undefined || folder === '') return found;
  }
}

/**
 * The lock file with the missing entries in it. Where one takes the place of another version that a nested
 * package used, that one moves down to its user, which the next round finds.
 *
 * @param {LockFile} lock
 * @returns {LockFile}
 */
export function completeLock(lock) {
  const packages = { ...lock.packages };
  const known = new Map(Object.entries(lock.packages).map(([path, entry]) => [keyOf(path, entry), entry]));
  for (let missing = missingPlatformPackages({ packages }); missing.length > 0; ) {
    for (const { path, entry } of missing) packages[path] = known.get(keyOf(path, entry)) ?? entry;
    missing = missingPlatformPackages({ packages });
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

/**
 * @param {string} path
 * @param {LockEntry} entry
 */
function keyOf(path, entry) {
  return `${path.slice(path.lastIndexOf('node_modules/'))}@${entry.version}`;
}

if (process.argv[1]?.endsWith('lock-file.mjs')) {
  const file = join(rootDir, 'package-lock.json');
  /** @type {LockFile} */
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingPlatformPackages(lock);
  if (process.argv.includes('--complete'))
    writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  else if (missing.length > 0) {
    for (const { path, entry } of missing) process.stdout.write(`missing: ${path} ${entry.version}\n`);
    process.stdout.write('Run "node scripts/lock-file.mjs --complete".\n');
    process.exitCode = 1;
  }
}
