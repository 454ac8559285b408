import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureDependencies, installedMatchesLock } from './dependencies.mjs';
import { SetupError } from './step.mjs';

let rootDir = '';
beforeEach(() => {
  rootDir = mkdtempSync(join(tmpdir(), 'dependencies-spec-'));
  mkdirSync(join(rootDir, 'node_modules'));
  writeLock('1.0.0');
});
afterEach(() => rmSync(rootDir, { recursive: true, force: true }));

/** @param {string} version */
function writeLock(version) {
  const lock = { packages: { '': {}, 'node_modules/a': { version } } };
  writeFileSync(join(rootDir, 'package-lock.json'), JSON.stringify(lock));
}

/** @param {() => Promise<{ code: number, output: string }>} install */
const ensure = (install) => ensureDependencies({ rootDir, install, progress: () => undefined });
const succeed = async () => ({ code: 0, output: '' });

describe('dependencies', () => {
  it('are installed once, and again only when the lock file changes', async () => {
    const install = vi.fn(succeed);
    await ensure(install);
    await ensure(install);
    expect(install).toHaveBeenCalledTimes(1);
    writeLock('1.0.1');
    await ensure(install);
    expect(install).toHaveBeenCalledTimes(2);
  });

  it('are left alone when npm itself put them there as locked', async () => {
    const record = { packages: { 'node_modules/a': { version: '1.0.0' } } };
    writeFileSync(join(rootDir, 'node_modules', '.package-lock.json'), JSON.stringify(record));
    const install = vi.fn(succeed);
    await ensure(install);
    expect(install).not.toHaveBeenCalled();
  });

  it('are tried again after a failed installation, which says why and what to do', async () => {
    const fail = async () => ({ code: 1, output: 'npm error code ENOTFOUND\nnpm error network\nthe end' });
    const failure = await ensure(fail).catch((error) => error);
    expect(failure).toBeInstanceOf(SetupError);
    expect(failure.message).toContain('ENOTFOUND');
    expect(failure.whatToDo).toContain('registry');
    const install = vi.fn(succeed);
    await ensure(install);
    expect(install).toHaveBeenCalledTimes(1);
  });
});

describe('what npm installed', () => {
  const lock = {
    packages: {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    },
  };

  it('matches without the optional packages of other platforms', () => {
    expect(installedMatchesLock(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  });

  it.each([
    ['a package is missing', {}],
    ['a version differs', { 'node_modules/a': { version: '1.0.1' } }],
    [
      'there is one too many',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '1.0.0' } },
    ],
  ])('does not match when %s', (_, packages) => {
    expect(installedMatchesLock(lock, { packages })).toBe(false);
  });
});
