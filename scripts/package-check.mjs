import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { extractFile, listPackage } from '@electron/asar';

/** Modules that the app looks for and does without: they are optional native parts of others. */
const OPTIONAL = new Set(['cpu-features']);

/**
 * The packages that a bundled script requires at run time.
 *
 * @param {string} source
 */
export function requiredPackages(source) {
  const names = [...source.matchAll(/\brequire\(\s*["']([^"'.][^"']*)["']\s*\)/g)].map(
    ([, name = '']) => name,
  );
  const outside = names.filter(
    (name) => !name.startsWith('node:') && !builtinModules.includes(name) && name !== 'electron',
  );
  return [
    ...new Set(
      outside.map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    ),
  ];
}

/**
 * What is wrong with an app archive: parts that are missing, and files that have no place in it.
 *
 * @param {string} archive
 * @returns {string[]}
 */
export function findPackageFaults(archive) {
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  const faults = [];
  for (const needed of [
    '/package.json',
    '/out/main/main.js',
    '/out/preload/preload.js',
    '/out/renderer/index.html',
    '/runbook/en/start-here.md',
  ]) {
    if (!files.includes(needed)) faults.push(`${needed} is missing`);
  }
  for (const file of files.filter((name) => /^\/out\/(main|preload)\/.*\.js$/.test(name))) {
    for (const name of requiredPackages(extractFile(archive, file.slice(1)).toString())) {
      if (!OPTIONAL.has(name) && !files.includes(`/node_modules/${name}/package.json`))
        faults.push(`${file} needs ${name}, which is missing`);
    }
  }
  const foreign = files.filter((name) => /\.(spec\.\w+|tsx?|map|c|cc|cpp|h|gyp)$/.test(name));
  return [...faults, ...foreign.map((name) => `${name} has no place in the package`)];
}

/** The size of a file in words. @param {string} file */
export function sizeOf(file) {
  return `${(readFileSync(file).length / 1_000_000).toFixed(1)} MB`;
}
