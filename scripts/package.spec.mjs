import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createPackage } from '@electron/asar';
import { FuseState, FuseV1Options } from '@electron/fuses';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFuses, setFuses, wantedFuses } from './fuses.mjs';
import { findPackageFaults, requiredPackages } from './package-check.mjs';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'package-spec-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** @param {Record<string, string>} files */
async function archiveOf(files) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, 'app', name)), { recursive: true });
    writeFileSync(join(directory, 'app', name), content);
  }
  const archive = join(directory, 'app.asar');
  await createPackage(join(directory, 'app'), archive);
  return archive;
}

const WHOLE = {
  'package.json': '{}',
  'out/main/main.js': 'require("electron"); require("node:fs"); require("fs"); require("@native/db")',
  'out/preload/preload.js': 'require("electron")',
  'out/renderer/index.html': '<p>',
  'runbook/en/start-here.md': 'text',
  'node_modules/@native/db/package.json': '{}',
};

/** An executable with nothing in it but a fuse wire. @param {number} length */
function executableWithFuses(length) {
  const file = join(directory, 'executable');
  const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
  writeFileSync(
    file,
    Buffer.concat([
      Buffer.alloc(64),
      sentinel,
      Buffer.from([1, length]),
      Buffer.alloc(length, FuseState.DISABLE),
      Buffer.alloc(64),
    ]),
  );
  return file;
}

describe('a package', () => {
  it('is faultless when everything that it needs is in it', async () => {
    expect(findPackageFaults(await archiveOf(WHOLE))).toEqual([]);
  });

  it('is refused without a module that its code requires', async () => {
    const { 'node_modules/@native/db/package.json': _, ...incomplete } = WHOLE;
    expect(findPackageFaults(await archiveOf(incomplete))).toEqual([
      '/out/main/main.js needs @native/db, which is missing',
    ]);
  });

  it('is refused with sources and tests in it', async () => {
    const faults = findPackageFaults(
      await archiveOf({ ...WHOLE, 'out/main/a.spec.js': '', 'out/main/a.ts': '' }),
    );
    expect(faults).toHaveLength(2);
  });
});

describe('the modules that a script requires', () => {
  it('are named by package, without relative and built-in ones', () => {
    const source = `require('./a'); require("../b"); require('node:fs'); require('path'); require('a/deep/file'); require('@s/b/c')`;
    expect(requiredPackages(source)).toEqual(['a', '@s/b']);
  });
});

describe('the fuses', () => {
  it('are all set on an Electron that has them all', async () => {
    const executable = executableWithFuses(Object.keys(wantedFuses({ forTests: false })).length);
    expect(await setFuses(executable, wantedFuses({ forTests: false }), { resetSignature: false })).toEqual(
      [],
    );
    expect(await readFuses(executable)).toEqual(wantedFuses({ forTests: false }));
  });

  it('leave out, and name, what an older Electron does not have', async () => {
    const executable = executableWithFuses(8);
    const missing = await setFuses(executable, wantedFuses({ forTests: false }), { resetSignature: false });
    expect(missing).toEqual(['WasmTrapHandlers']);
  });

  it('are refused on an Electron with one that nobody has decided on', async () => {
    const undecided = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name))).length + 1;
    const executable = executableWithFuses(undecided);
    await expect(
      setFuses(executable, wantedFuses({ forTests: false }), { resetSignature: false }),
    ).rejects.toThrow('strictlyRequireAllFuses');
  });

  it('differ between a release and a build for tests in the inspector alone', () => {
    const [release, tests] = [wantedFuses({ forTests: false }), wantedFuses({ forTests: true })];
    expect(release.EnableNodeCliInspectArguments).toBe(false);
    expect(tests).toEqual({ ...release, EnableNodeCliInspectArguments: true });
  });
});
