import { execFile } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAppWritable, resolveRuntime, rootDir } from '../../scripts/runtime.mjs';

const CANARY = 'canary-4b1d-keyring';

interface Answer {
  readonly state: { readonly kind: string; readonly backend: string };
  readonly notices: readonly string[];
  readonly set: boolean | null;
  readonly slot: string;
  readonly secret: {
    readonly ok: boolean;
    readonly value?: { readonly text: string };
    readonly error?: { code: string };
  };
}

let folder = '';
let appFolder = '';

beforeAll(async () => {
  folder = makeAppWritable(mkdtempSync(join(tmpdir(), 'lockwatch-keyring-')));
  appFolder = makeAppWritable(join(folder, 'app'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: appFolder,
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      lib: { entry: join(__dirname, 'keyring', 'app.ts'), formats: ['cjs'], fileName: () => 'main.js' },
      rollupOptions: { external: ['electron', /^node:/] },
    },
  });
  writeFileSync(
    join(appFolder, 'package.json'),
    '{"name":"keyring-test","version":"1.0.0","main":"main.js"}',
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Data folders of one computer: its keyrings and the app's files. */
function newComputer(name: string): string {
  const home = makeAppWritable(join(folder, name));
  for (const part of ['data', 'config', 'user-data']) makeAppWritable(join(home, part));
  return home;
}

function makeAppOwned(file: string): void {
  const { appUser } = resolveRuntime();
  if (appUser) chownSync(file, appUser.uid, appUser.gid);
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Starts the app several times in one session of its own, with a keyring that a password opens, or without one. */
function session(
  home: string,
  keyringPassword: string | null,
  starts: readonly (string | null)[],
): Promise<Answer[]> {
  const { binary } = resolveRuntime();
  const store = keyringPassword === null ? '' : '--password-store=gnome-libsecret';
  const lines = [
    `export HOME=${quote(home)} XDG_DATA_HOME=${quote(join(home, 'data'))} XDG_CONFIG_HOME=${quote(join(home, 'config'))}`,
    'export XDG_CURRENT_DESKTOP= ',
    ...(keyringPassword === null
      ? []
      : [
          `printf %s ${quote(keyringPassword)} | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1`,
        ]),
    ...starts.map(
      (secret) =>
        `${secret === null ? '' : `KEYRING_SET=${quote(secret)} `}${quote(binary)} ${quote(appFolder)} ` +
        `--user-data-dir=${quote(join(home, 'user-data'))} ${store} 2>/dev/null`,
    ),
  ];
  const script = join(rootDir, 'scripts', 'with-display.mjs');
  const args = [script, '--as-app-user', '--', 'dbus-run-session', '--', 'sh', '-c', lines.join('\n')];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { timeout: 100_000 }, (error, stdout, stderr) => {
      const answers = [...stdout.matchAll(/^RESULT (.*)$/gm)].map(
        ([, json]) => JSON.parse(json ?? '') as Answer,
      );
      if (answers.length === starts.length) resolve(answers);
      else
        reject(
          new Error(`the app answered ${answers.length} times: ${stderr.slice(-2000)}`, { cause: error }),
        );
    });
  });
}

const filesIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Files of the app that hold a text, as it is or as UTF-16. */
const holding = (home: string, text: string): string[] =>
  filesIn(join(home, 'user-data')).filter((file) => {
    const bytes = readFileSync(file);
    return bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));
  });

describe('the vault on a real keyring', () => {
  it('keeps a secret from one start of the app to the next, and writes it nowhere', async () => {
    const home = newComputer('with-keyring');
    const [first, second] = await session(home, 'opens the keyring', [CANARY, null]);
    expect(first).toMatchObject({
      state: { kind: 'os', backend: 'gnome_libsecret' },
      notices: [],
      set: true,
    });
    expect(second).toMatchObject({
      state: { kind: 'os', backend: 'gnome_libsecret' },
      notices: [],
      slot: 'saved',
      secret: { ok: true, value: { text: CANARY } },
    });
    expect(readFileSync(join(home, 'user-data', 'secrets.json'), 'utf8')).toContain('gnome_libsecret');
    expect(holding(home, CANARY)).toEqual([]);
  });

  it('treats secrets of another keyring as missing, and takes them anew', async () => {
    const home = newComputer('first-computer');
    await session(home, 'one', [CANARY]);
    const other = newComputer('second-computer');
    cpSync(join(home, 'user-data', 'secrets.json'), join(other, 'user-data', 'secrets.json'));
    makeAppOwned(join(other, 'user-data', 'secrets.json'));
    const [lost, entered, kept] = await session(other, 'two', [null, 'entered again', null]);
    expect(lost).toMatchObject({
      notices: ['notice.vault.undecryptable'],
      slot: 'missing',
      secret: { ok: false, error: { code: 'vault.undecryptable' } },
    });
    expect(entered).toMatchObject({ set: true });
    expect(kept).toMatchObject({ notices: [], secret: { ok: true, value: { text: 'entered again' } } });
  });

  it('without a keyring: nothing is written, and the next start knows nothing', async () => {
    const home = newComputer('without-keyring');
    const [first, second] = await session(home, null, [CANARY, null]);
    expect(first).toMatchObject({
      state: { kind: 'memory', backend: 'basic_text' },
      notices: [],
      set: true,
      slot: 'session',
      secret: { ok: true },
    });
    expect(second).toMatchObject({
      slot: 'missing',
      secret: { ok: false, error: { code: 'vault.secretMissing' } },
    });
    expect(holding(home, CANARY)).toEqual([]);
  });
});
