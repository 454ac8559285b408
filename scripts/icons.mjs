// npm run icons            draws every icon from build/icons/*.svg
// npm run icons -- --check says whether they are as drawn
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { encodeIcns, encodeIco } from './icons/containers.mjs';
import { TRAY_COUNTS, TRAY_STATES, traySvg } from './icons/tray-svg.mjs';
import { rootDir } from './setup/paths.mjs';

const drawingsDir = join(rootDir, 'build', 'icons');
const trayDir = join(rootDir, 'electron', 'desktop', 'assets', 'tray');
const windowIconFile = join(rootDir, 'electron', 'desktop', 'assets', 'window.png');
const generatorDir = join(rootDir, 'scripts', 'icons');
const digestFile = join(drawingsDir, 'drawn.json');

const APP_SIZES = [16, 32, 48, 64, 128, 256, 512, 1024];

/** @returns {Promise<Map<string, Buffer>>} file to content */
async function drawAll() {
  const { Resvg } = await import('@resvg/resvg-js');
  const render = (/** @type {string} */ svg, /** @type {number} */ size) =>
    Buffer.from(
      new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } })
        .render()
        .asPng(),
    );
  const files = new Map();

  const detailed = readFileSync(join(drawingsDir, 'app.svg'), 'utf8');
  const small = readFileSync(join(drawingsDir, 'app-small.svg'), 'utf8');
  const appIcon = (/** @type {number} */ size) => render(size <= 32 ? small : detailed, size);
  const images = APP_SIZES.map((size) => ({ size, png: appIcon(size) }));
  for (const { size, png } of images) {
    if (size <= 512) files.set(join(drawingsDir, 'app', `${size}x${size}.png`), png);
  }
  files.set(join(rootDir, 'build', 'icon.icns'), encodeIcns(images));
  const windows = [16, 20, 24, 32, 48, 64, 128, 256].map((size) => ({ size, png: appIcon(size) }));
  files.set(join(rootDir, 'build', 'icon.ico'), encodeIco(windows));
  files.set(join(rootDir, 'build', 'icon.png'), appIcon(512));
  // For windows on Linux, where none comes with the executable: panels and title bars scale it.
  files.set(windowIconFile, appIcon(128));

  for (const state of TRAY_STATES) {
    for (const count of TRAY_COUNTS) {
      const name = join(trayDir, `${state}-${count}`);
      const colour = traySvg(drawingsDir, state, count, 'colour');
      const template = traySvg(drawingsDir, state, count, 'template');
      files.set(`${name}.png`, render(colour, 16));
      files.set(`${name}@1.5x.png`, render(colour, 24));
      files.set(`${name}@2x.png`, render(colour, 32));
      files.set(
        `${name}.ico`,
        encodeIco([16, 20, 24, 32].map((size) => ({ size, png: render(colour, size) }))),
      );
      files.set(`${name}Template.png`, render(template, 16));
      files.set(`${name}Template@2x.png`, render(template, 32));
    }
  }
  return files;
}

/** @param {string | Buffer} content */
const sha256 = (content) => createHash('sha256').update(content).digest('hex');

/** A digest of everything that the icons are drawn from. */
function digestDrawings() {
  const drawings = readdirSync(drawingsDir)
    .filter((name) => name.endsWith('.svg'))
    .map((name) => join(drawingsDir, name));
  const generators = readdirSync(generatorDir)
    .filter((name) => name.endsWith('.mjs') && !name.includes('.spec.'))
    .map((name) => join(generatorDir, name));
  const parts = [...drawings, ...generators]
    .sort()
    .map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
  return sha256(parts.join('\0'));
}

/** @returns {string[]} what is not as drawn */
function findDrift() {
  const drawn = JSON.parse(readFileSync(digestFile, 'utf8'));
  const drift = drawn.from === digestDrawings() ? [] : ['the drawings or their generator have changed'];
  for (const [name, digest] of Object.entries(drawn.files)) {
    const file = join(rootDir, name);
    if (!existsSync(file)) drift.push(`${name} is missing`);
    else if (sha256(readFileSync(file)) !== digest) drift.push(`${name} was changed by hand`);
  }
  return drift;
}

if (process.argv.includes('--check')) {
  const drift = findDrift();
  for (const line of drift) process.stdout.write(`${line}\n`);
  if (drift.length > 0) process.stdout.write('Run "npm run icons" and commit what it draws.\n');
  process.exitCode = drift.length === 0 ? 0 : 1;
} else {
  const files = await drawAll();
  rmSync(trayDir, { recursive: true, force: true });
  for (const [file, content] of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const digests = [...files].map(([file, content]) => [
    relative(rootDir, file).replaceAll('\\', '/'),
    sha256(content),
  ]);
  writeFileSync(
    digestFile,
    `${JSON.stringify({ from: digestDrawings(), files: Object.fromEntries(digests) }, null, 2)}\n`,
  );
  process.stdout.write(`${files.size} icons drawn\n`);
}
