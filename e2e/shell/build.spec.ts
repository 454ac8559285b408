import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appFolder } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';

const out = join(appFolder, 'out');
const main = () => readFileSync(join(out, 'main', 'main.js'), 'utf8');

test('what development relaxes is not in the build', () => {
  for (const trace of [
    'ELECTRON_RENDERER_URL',
    'devtools:',
    'import.meta.env',
    "'unsafe-inline'",
    "'unsafe-eval'",
  ]) {
    expect(main(), trace).not.toContain(trace);
  }
  expect(main()).toContain('devTools: false');
});

test('main, preloads and pages are bundled; each preload is one file', () => {
  const preloads = ['console-preload.js', 'preload.js'];
  expect(readdirSync(join(out, 'preload')).sort()).toEqual(preloads);
  for (const preload of preloads) {
    const required = [
      ...readFileSync(join(out, 'preload', preload), 'utf8').matchAll(/require\("([^"]+)"\)/g),
    ];
    expect(required.map(([, name]) => name)).toEqual(['electron']);
  }
});

test('ssh2 and the database are not in the module graph of the start', () => {
  const seen = new Set<string>();
  const follow = (file: string): string => {
    if (seen.has(file)) return '';
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    const chunks = [...text.matchAll(/require\("(\.\/[^"]+)"\)/g)].map(([, path]) =>
      join(file, '..', path ?? ''),
    );
    return text + chunks.map(follow).join('');
  };
  const graph = follow(join(out, 'main', 'main.js'));
  expect(graph).not.toMatch(/SSH-2\.0-|ssh-userauth|@photostructure\/sqlite/);
});

test('the page has no inline script and no source map', () => {
  const html = readFileSync(join(out, 'renderer', 'index.html'), 'utf8');
  expect(html).toContain('__CSP_NONCE__');
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(readdirSync(out, { recursive: true }).filter((name) => String(name).endsWith('.map'))).toEqual([]);
});
