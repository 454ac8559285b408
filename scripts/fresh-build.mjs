// Builds out/ when the sources have changed since it was built.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { rootDir, runtimeDir } from './setup/paths.mjs';
import { runCommand } from './setup/run-command.mjs';
import { withSetupLock } from './setup/setup-lock.mjs';
import { runStep, SetupError } from './setup/step.mjs';

const SOURCES = [
  'electron',
  'shared',
  'renderer',
  'runbook',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];
const OUTPUTS = [
  'main/main.js',
  'main/evidence-host.js',
  'main/lab-host.js',
  'preload/preload.js',
  'renderer/index.html',
];
const STAMP = join(rootDir, 'out', '.built-from');

/**
 * A digest of the names, sizes and times of all sources that end up in the app.
 *
 * @param {string} directory
 * @param {readonly string[]} sources
 */
function digestSources(directory, sources = SOURCES) {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(directory, source);
    if (!existsSync(path)) continue;
    for (const file of statSync(path).isDirectory() ? filesBelow(path) : [path]) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file.slice(directory.length)}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** @param {string} directory @returns {string[]} */
function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.spec\.tsx?$|\.md$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Whether out/ was made from the sources as they are. */
function isFresh(/** @type {string} */ digest) {
  if (!OUTPUTS.every((file) => existsSync(join(rootDir, 'out', file)))) return false;
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest;
}

/** Builds the app unless out/ is fresh. */
export async function ensureBuilt() {
  await runStep('build', ({ progress }) => withSetupLock(runtimeDir, () => build(progress), progress));
}

/** @param {(text: string) => void} progress */
async function build(progress) {
  const digest = digestSources(rootDir);
  if (isFresh(digest)) return 'up to date';
  progress('electron-vite build');
  const cli = join(rootDir, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { code, output } = await runCommand(process.execPath, [cli, 'build'], { cwd: rootDir });
  const missing = OUTPUTS.filter((file) => !existsSync(join(rootDir, 'out', file)));
  if (code !== 0 || missing.length > 0) {
    const what =
      code === 0
        ? `the build left out ${missing.join(', ')}`
        : `electron-vite build failed\n${output.trim()}`;
    throw new SetupError(what, 'Mend what the build complains about, then run the command again.');
  }
  writeFileSync(STAMP, digest);
  return 'done';
}
