import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkImports } from './check.mjs';

let root;
const write = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const violationsOf = (path, text) => {
  write(path, text);
  return checkImports(root).violations;
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lockwatch-imports-'));
  write('shared/result.ts', 'export const ok = 1;\n');
  write('electron/desktop/tray.ts', 'export const tray = 1;\n');
  write('electron/cloud/aliyun/sign.ts', 'export const sign = 1;\n');
  write('electron/lab/estate.ts', 'export const estate = 1;\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the import rules', () => {
  it('hold for a tree that keeps them', () => {
    write('electron/lockout/a.ts', "import { ok } from '../../shared/result';\nexport const a = ok;\n");
    write('electron/sources/ssh/b.ts', "import { Client } from 'ssh2';\nexport const b = Client;\n");
    expect(checkImports(root)).toEqual({ files: 6, violations: [] });
  });

  const broken = [
    [
      'shared-stands-alone',
      'shared/x.ts',
      "import { readFileSync } from 'node:fs';\nexport { readFileSync };\n",
    ],
    ['shared-stands-alone', 'shared/x.ts', "import { readFileSync } from 'fs';\nexport { readFileSync };\n"],
    [
      'shared-stands-alone',
      'shared/x.ts',
      "import type { tray } from '../electron/desktop/tray';\nexport type T = typeof tray;\n",
    ],
    ['renderer-knows-only-shared', 'renderer/x.tsx', "export { tray } from '../electron/desktop/tray';\n"],
    ['renderer-knows-only-shared', 'renderer/x.ts', "export const f = () => import('ssh2');\n"],
    [
      'deciding-code-is-pure',
      'electron/lockout/x.ts',
      "import { tray } from '../desktop/tray';\nexport const x = tray;\n",
    ],
    [
      'deciding-code-is-pure',
      'electron/lockout/x.ts',
      "import { hrtime } from 'node:process';\nexport const x = hrtime;\n",
    ],
    ['deciding-code-has-no-clock', 'electron/lockout/x.ts', 'export const x = () => Date.now();\n'],
    ['deciding-code-has-no-clock', 'electron/isolation/plan/x.ts', 'export const x = () => new Date();\n'],
    [
      'aliyun-behind-the-port',
      'electron/isolation/service/x.ts',
      "import { sign } from '../../cloud/aliyun/sign';\nexport const x = sign;\n",
    ],
    ['ssh2-in-its-room', 'electron/watch/x.ts', "import { Client } from 'ssh2';\nexport const x = Client;\n"],
    [
      'ssh2-in-its-room',
      'electron/watch/x.ts',
      "const { Client } = require('ssh2');\nexport const x = Client;\n",
    ],
    [
      'database-in-storage',
      'electron/watch/x.ts',
      "import { DatabaseSync } from '@photostructure/sqlite';\nexport const x = DatabaseSync;\n",
    ],
    [
      'electron-in-few-rooms',
      'electron/watch/x.ts',
      "import { app } from 'electron';\nexport const x = app;\n",
    ],
    [
      'ipc-main-in-register',
      'electron/desktop/x.ts',
      "import { ipcMain } from 'electron';\nexport const x = ipcMain;\n",
    ],
    [
      'ipc-renderer-in-preload',
      'electron/desktop/x.ts',
      "import { ipcRenderer as r } from 'electron';\nexport const x = r;\n",
    ],
    [
      'lab-is-unknown-to-the-app',
      'electron/watch/x.ts',
      "import { estate } from '../lab/estate';\nexport const x = estate;\n",
    ],
    [
      'web-contents-send-in-publish',
      'electron/desktop/x.ts',
      'export const f = (w: any) => w.webContents.send("a");\n',
    ],
    [
      'one-window-factory',
      'electron/desktop/x.ts',
      'export const f = (B: any) => new B(); new BrowserWindow();\n',
    ],
    ['window-api-in-one-file', 'renderer/x.ts', 'export const f = () => window.api;\n'],
    ['sandbox-stays-on', 'electron/desktop/x.ts', "export const x = '--no-sandbox';\n"],
  ];
  for (const [id, path, text] of broken) {
    it(`${id} is broken by ${text.split('\n')[0]}`, () => {
      const violations = violationsOf(path, text);
      expect(violations.some((line) => line.startsWith(path) && line.includes(` ${id}:`))).toBe(true);
    });
  }

  it('finds a cycle', () => {
    write('electron/lockout/a.ts', "import { b } from './b';\nexport const a = () => b;\n");
    const violations = violationsOf(
      'electron/lockout/b.ts',
      "import { a } from './a';\nexport const b = () => a;\n",
    );
    expect(violations).toEqual([
      'cycle: electron/lockout/a.ts -> electron/lockout/b.ts -> electron/lockout/a.ts',
    ]);
  });

  it('finds an import that leads nowhere', () => {
    expect(violationsOf('shared/x.ts', "export { gone } from './gone';\n")).toEqual([
      'shared/x.ts:1  unresolved: ./gone leads nowhere',
    ]);
  });

  it('hold in this repository', { timeout: 60_000 }, () => {
    expect(checkImports(resolve(import.meta.dirname, '../..')).violations).toEqual([]);
  });
});
