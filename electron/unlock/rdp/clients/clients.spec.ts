import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { realTools } from '../testing/tools';
import { type FindOptions, findClients } from './find-clients';
import { createLauncher } from './launcher';
import { createTemporaryFiles } from './temporary-files';

const there =
  (...paths: string[]): FindOptions['exists'] =>
  async (path) =>
    paths.includes(path);

describe('the clients of this computer', () => {
  it('are looked for where the system has them', async () => {
    const windows = await findClients({
      platform: 'win32',
      environment: { SystemRoot: 'D:\\Windows', PATH: 'C:\\evil' },
      exists: there('D:\\Windows\\System32\\mstsc.exe'),
    });
    expect(windows.map(({ id, path }) => [id, path])).toEqual([
      ['mstsc', 'D:\\Windows\\System32\\mstsc.exe'],
    ]);
    const mac = await findClients({
      platform: 'darwin',
      environment: { HOME: '/Users/anna' },
      exists: there('/Applications/Windows App.app', '/Users/anna/Applications/Microsoft Remote Desktop.app'),
    });
    expect(mac.map(({ id }) => id)).toEqual(['windowsApp', 'microsoftRemoteDesktop']);
  });

  it('that ask in a terminal need one; folders of the PATH that are not absolute do not count', async () => {
    const environment = { PATH: '.:bin:/usr/local/bin:/usr/bin' };
    const exists = there('xfreerdp', 'bin/xfreerdp', '/usr/bin/xfreerdp', '/usr/bin/sdl-freerdp3');
    const without = await findClients({ platform: 'linux', environment, exists });
    expect(without.map(({ id, major, path }) => [id, major, path])).toEqual([
      ['sdlFreerdp', 3, '/usr/bin/sdl-freerdp3'],
    ]);
    const withOne = await findClients({
      platform: 'linux',
      environment,
      exists: async (path) => (await exists(path)) || path === '/usr/bin/xterm',
    });
    expect(withOne.find(({ id }) => id === 'xfreerdp')).toMatchObject({
      path: '/usr/bin/xfreerdp',
      major: null,
      terminal: { path: '/usr/bin/xterm', before: ['-e'] },
    });
  });
});

describe.skipIf(process.platform === 'win32')('starting a client', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockwatch-rdp-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A client that writes down its arguments, and the file that they name. */
  async function fakeClient(name: string, then = ''): Promise<string> {
    const script = [
      '#!/bin/sh',
      `for one in "$@"; do printf '%s\\n' "$one"; done > "${folder}/args.part"`,
      `for one in "$@"; do [ -f "$one" ] && cat "$one" > "${folder}/file" && stat -c '%a' "$one" > "${folder}/mode"; done`,
      `mv "${folder}/args.part" "${folder}/args"`,
      then,
    ];
    await writeFile(join(folder, name), script.join('\n'), { mode: 0o755 });
    return join(folder, name);
  }
  const launcher = () =>
    createLauncher({
      platform: 'linux',
      environment: { PATH: `${folder}:/usr/bin:/bin` },
      files: createTemporaryFiles(join(folder, 'rdp')),
      after: realTools.after,
    });
  const written = (name: string) =>
    vi.waitFor(() => readFile(join(folder, name), 'utf8'), { timeout: 10_000 });
  const target = { host: '::1', port: 3391, user: null, gateway: null, fullScreen: false };

  it('hands over the names as they are, in a file for the owner only that is removed', async () => {
    await fakeClient('remmina');
    const all = launcher();
    const user = `SHOP\\O'Brien "Ä" $(touch ${folder}/pwned) ; 管理者`;
    const started = await all.start('remmina', { ...target, user });
    expect(started).toMatchObject({ ok: true, value: { id: 'remmina' } });
    const args = (await written('args')).split('\n');
    expect(args[0]).toBe('-c');
    expect(args[1]).toMatch(/\.remmina$/);
    expect(await written('file')).toContain(`username=${user.slice(5)}`);
    expect(await written('mode')).toBe('600\n');
    expect((await stat(join(folder, 'rdp'))).mode & 0o777).toBe(0o700);
    await all.dispose();
    expect(await readdir(join(folder, 'rdp'))).toEqual([]);
    expect(await readdir(folder)).not.toContain('pwned');
  });

  it('hands FreeRDP exactly the planned arguments, after asking how it names a gateway', async () => {
    await fakeClient('sdl-freerdp', 'echo "This is FreeRDP version 3.2.0 (n/a)"');
    const started = await launcher().start('sdlFreerdp', { ...target, user: '/p:x', gateway: 'gw.example' });
    expect(started.ok).toBe(true);
    await vi.waitFor(async () =>
      expect((await written('args')).trimEnd().split('\n')).toEqual([
        '/v:[::1]:3391',
        '/u:/p:x',
        '/gateway:g:gw.example',
        '-auto-reconnect',
      ]),
    );
  });

  it('says when a client is gone, does not start, or ends at once', async () => {
    const all = launcher();
    expect(await all.start('mstsc', target)).toMatchObject({
      ok: false,
      error: { code: 'rdp.clientMissing' },
    });
    await fakeClient('sdl-freerdp', 'exit 3');
    expect(await all.start('sdlFreerdp', target)).toMatchObject({
      ok: false,
      error: { code: 'rdp.clientFailed', params: { client: 'FreeRDP (SDL)' } },
    });
    await writeFile(join(folder, 'sdl-freerdp'), 'no program', { mode: 0o755 });
    expect((await all.start('sdlFreerdp', target)).ok).toBe(false);
    expect(await all.start('sdlFreerdp', { ...target, host: '-x y' })).toMatchObject({
      ok: false,
      error: { code: 'app.invalidArgument' },
    });
  });

  it('clears away what a run before left behind', async () => {
    const files = createTemporaryFiles(join(folder, 'rdp'));
    expect((await files.write('rdp', Buffer.from('x'))).ok).toBe(true);
    await files.clear();
    expect(await readdir(join(folder, 'rdp'))).toEqual([]);
    await createTemporaryFiles(join(folder, 'none')).clear();
  });
});
