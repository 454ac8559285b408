import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { parseSync } from 'oxc-parser';
import { ANY_PACKAGE, NODE, rules, textRules } from './rules.mjs';

const ROOTS = ['electron', 'renderer', 'shared', 'e2e', 'bench', 'cli'];
const SOURCE = /\.(ts|tsx|mts)$/;
const BUILTIN = new Set(builtinModules);

/** @param {string} path @param {string[]} globs */
const matches = (path, globs) => globs.some((glob) => globMatches(path, glob));

/** Node's own glob matching is experimental and not in Node 20; two wildcards are all that the rules use. */
function globMatches(path, glob) {
  const source = glob
    .split(/(\*\*\/|\*\*|\*)/)
    .map((part) =>
      part === '**/'
        ? '(?:.*/)?'
        : part === '**'
          ? '.*'
          : part === '*'
            ? '[^/]*'
            : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`).test(path);
}

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (SOURCE.test(entry.name)) yield path;
  }
}

/** Where a relative import leads, as TypeScript's bundler resolution finds it. */
function resolveRelative(fromFile, specifier) {
  const base = resolve(dirname(fromFile), specifier.replace(/[?#].*$/, ''));
  const candidates = [base, `${base}.ts`, `${base}.tsx`, join(base, 'index.ts'), join(base, 'index.tsx')];
  return candidates.find((path) => existsSync(path) && statSync(path).isFile());
}

/** Every import of a file: static, re-exported, dynamic, `require`, and of types alone. */
function importsOf(file, text) {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const found = [];
  for (const statement of module.staticImports) {
    const names = statement.entries
      .filter((entry) => !entry.isType)
      .map((entry) => entry.importName.name ?? (entry.importName.kind === 'Default' ? 'default' : '*'));
    const typeOnly = statement.entries.length > 0 && names.length === 0;
    found.push({ specifier: statement.moduleRequest.value, names, typeOnly, at: statement.start });
  }
  for (const statement of module.staticExports) {
    for (const entry of statement.entries) {
      if (entry.moduleRequest) {
        found.push({
          specifier: entry.moduleRequest.value,
          names: [],
          typeOnly: entry.isType,
          at: entry.start,
        });
      }
    }
  }
  for (const call of module.dynamicImports) {
    const literal = text.slice(call.moduleRequest.start, call.moduleRequest.end).match(/^(['"`])(.*)\1$/s);
    if (literal)
      found.push({ specifier: literal[2], names: [], typeOnly: false, dynamic: true, at: call.start });
  }
  for (const call of text.matchAll(/\brequire\(\s*(['"])([^'"]+)\1\s*\)/g)) {
    found.push({ specifier: call[2], names: [], typeOnly: false, at: call.index });
  }
  return found;
}

const packageName = (specifier) =>
  specifier.startsWith('node:') || BUILTIN.has(specifier.split('/')[0])
    ? `node:${specifier.replace(/^node:/, '')}`
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');

const packageMatches = (name, list) =>
  list.some((entry) =>
    entry === NODE
      ? name.startsWith('node:')
      : entry === ANY_PACKAGE
        ? !name.startsWith('node:')
        : entry === name,
  );

const lineOf = (text, at) => text.slice(0, at).split('\n').length;

/** Cycles among files by their value imports, each once. */
function findCycles(graph) {
  const state = new Map();
  const stack = [];
  const cycles = [];
  const visit = (file) => {
    state.set(file, 'open');
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (state.get(next) === 'open') cycles.push([...stack.slice(stack.indexOf(next)), next]);
      else if (!state.has(next)) visit(next);
    }
    stack.pop();
    state.set(file, 'done');
  };
  for (const file of graph.keys()) if (!state.has(file)) visit(file);
  return cycles;
}

/**
 * Checks every source file below `root` against the rules.
 * @param {string} root
 * @returns {{files: number, violations: string[]}}
 */
export function checkImports(root) {
  const violations = [];
  const graph = new Map();
  const files = ROOTS.map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [...sourceFiles(folder)]);
  for (const file of files) {
    const path = relative(root, file).split(sep).join(posix.sep);
    const text = readFileSync(file, 'utf8');
    const edges = [];
    graph.set(path, edges);
    const report = (at, rule, what) =>
      violations.push(`${path}:${lineOf(text, at)}  ${rule.id}: ${what}\n    ${rule.why}`);
    for (const found of importsOf(file, text)) {
      const isRelative = found.specifier.startsWith('.');
      const target = isRelative ? resolveRelative(file, found.specifier) : undefined;
      const targetPath = target && relative(root, target).split(sep).join(posix.sep);
      if (
        isRelative &&
        !target &&
        SOURCE.test(`${found.specifier}.ts`) &&
        !/\.[a-z]+(\?.*)?$/.test(found.specifier)
      ) {
        violations.push(`${path}:${lineOf(text, found.at)}  unresolved: ${found.specifier} leads nowhere`);
      }
      if (targetPath && !found.typeOnly && !found.dynamic) edges.push(targetPath);
      for (const rule of rules) {
        if (!matches(path, rule.from) || (rule.except && matches(path, rule.except))) continue;
        if (targetPath && rule.to && matches(targetPath, rule.to) && !matches(targetPath, rule.allow ?? [])) {
          report(found.at, rule, `imports ${targetPath}`);
        }
        if (!isRelative && rule.packages) {
          const name = packageName(found.specifier);
          if (packageMatches(name, rule.packages) && !packageMatches(name, rule.allowPackages ?? [])) {
            report(found.at, rule, `imports ${name}`);
          }
        }
        if (found.specifier === 'electron' && rule.names) {
          for (const name of found.names)
            if (rule.names.includes(name)) report(found.at, rule, `uses ${name}`);
        }
      }
    }
    for (const rule of textRules) {
      if (matches(path, rule.only) || (rule.within && !matches(path, rule.within))) continue;
      if (/\.spec\.tsx?$/.test(path) || path.startsWith('e2e/')) continue;
      const hit = rule.pattern.exec(text);
      if (hit) report(hit.index, rule, hit[0].trim());
    }
  }
  for (const cycle of findCycles(graph)) violations.push(`cycle: ${cycle.join(' -> ')}`);
  return { files: files.length, violations };
}
