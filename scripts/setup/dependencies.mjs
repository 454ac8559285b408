import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, runCommand, whatWentWrong } from './run-command.mjs';
import { SetupError } from './step.mjs';

const STAMP = '.lockwatch-lock-hash';

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} LockFile
 */

/**
 * Whether what npm says it installed is what the lock file asks for. Optional packages may be absent: they
 * are those of other platforms.
 *
 * @param {LockFile} wanted package-lock.json
 * @param {LockFile} installed node_modules/.package-lock.json
 */
export function installedMatchesLock(wanted, installed) {
  const wantedPackages = wanted.packages ?? {};
  const installedPackages = installed.packages ?? {};
  for (const [path, entry] of Object.entries(wantedPackages)) {
    if (path === '') continue;
    const found = installedPackages[path];
    if (found === undefined && entry.optional !== true && entry.devOptional !== true) return false;
    if (found !== undefined && found.version !== entry.version) return false;
  }
  return Object.keys(installedPackages).every((path) => path in wantedPackages);
}

/**
 * Brings node_modules to what the lock file says; touches nothing, and needs no network, when it is there
 * already. Install scripts are not run: nothing here needs one.
 *
 * @param {{ rootDir: string, progress: (text: string) => void, install?: () => Promise<{ code: number, output: string }> }} options
 * @returns {Promise<string>}
 */
export async function ensureDependencies({ rootDir, progress, install = () => npmCi(rootDir) }) {
  const lockText = readFileSync(join(rootDir, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const stampFile = join(rootDir, 'node_modules', STAMP);
  if (readIfThere(stampFile) === hash) return 'as locked';

  const npmRecord = readIfThere(join(rootDir, 'node_modules', '.package-lock.json'));
  if (npmRecord !== undefined && installedMatchesLock(JSON.parse(lockText), JSON.parse(npmRecord))) {
    writeFileSync(stampFile, hash);
    return 'as locked (installed before)';
  }

  progress('npm ci (a minute or so)');
  const { code, output } = await install();
  if (code !== 0) {
    throw new SetupError(
      `npm ci failed\n    ${whatWentWrong(output)}`,
      'Check that the npm registry can be reached (npm ping), then run the command again.',
    );
  }
  writeFileSync(stampFile, hash);
  return 'installed';
}

/** @param {string} rootDir */
function npmCi(rootDir) {
  const npm = npmCommand(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']);
  return runCommand(npm.command, npm.args, { cwd: rootDir, shell: npm.shell });
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
