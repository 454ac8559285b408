import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)(\.|$|-)/i;

/** The folder of the package that a bundled file belongs to; undefined for the project's own. */
function packageFolder(moduleId) {
  const path = moduleId.replace(/^\0/, '').split('?')[0];
  if (!path.includes('/node_modules/')) return undefined;
  for (let folder = dirname(path); folder.includes('/node_modules/'); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    // A package may hold further package.json files that only say how its modules are written.
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version !== undefined) return folder;
  }
  return undefined;
}

function describe(folder) {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, repository } = about;
  // The older form is a list of objects.
  const license = about.license ?? about.licenses?.map(({ type }) => type).join(' or ');
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const source = typeof repository === 'string' ? repository : (repository?.url ?? '');
  return { name, version, license: license ?? 'unknown', source, texts };
}

const asText = ({ name, version, license, source, texts }) =>
  [`${name} ${version} (${license})`, ...(source === '' ? [] : [source]), '', ...texts].join('\n');

/**
 * A bundler plugin: writes the licences of every package that went into a bundle beside it, as `file`. A bundled
 * package without a licence fails the build.
 */
export const licences = (file) => ({
  name: 'licences',
  apply: 'build',
  generateBundle(_options, bundle) {
    const folders = new Set();
    for (const part of Object.values(bundle)) {
      if (part.type !== 'chunk') continue;
      for (const id of part.moduleIds) {
        const folder = packageFolder(id.replaceAll('\\', '/'));
        if (folder !== undefined) folders.add(folder);
      }
    }
    const packages = [...folders].map(describe).sort((a, b) => a.name.localeCompare(b.name));
    const nameless = packages.filter(({ license }) => license === 'unknown');
    if (nameless.length > 0) this.error(`No licence: ${nameless.map(({ name }) => name).join(', ')}`);
    const rule = `\n\n${'-'.repeat(80)}\n\n`;
    this.emitFile({ type: 'asset', fileName: file, source: `${packages.map(asText).join(rule)}\n` });
  },
});
