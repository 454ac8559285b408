import { execFile } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLauncher } from '../../../electron/unlock/rdp/clients/launcher';
import { createTemporaryFiles } from '../../../electron/unlock/rdp/clients/temporary-files';
import { tools } from './look';
import { type RealServer, startScreen, startXrdp, until } from './servers';

const run = promisify(execFile);

/** A wire to a server on which everything that clients say first is written down. */
async function startTap(to: number) {
  const said: Buffer[] = [];
  const server = createServer((client) => {
    const onward = connect(to, '127.0.0.1');
    client.once('data', (chunk) => said.push(chunk));
    client.on('error', () => onward.destroy());
    onward.on('error', () => client.destroy());
    client.pipe(onward).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    said,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The arguments of every process whose program this is. */
function processesOf(program: string): { readonly pid: number; readonly args: readonly string[] }[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      if (!/^\d+$/.test(name) || !readlinkSync(`/proc/${name}/exe`).endsWith(`/${program}`)) return [];
      const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').slice(0, -1);
      return [{ pid: Number(name), args }];
    } catch {
      // It has ended in between.
      return [];
    }
  });
}

const PROGRAMS = { xfreerdp: '/usr/bin/xfreerdp', xterm: '/usr/bin/xterm' };

describe('FreeRDP, started as the app starts it', () => {
  let folder = '';
  let xrdp: RealServer;
  let tap: Awaited<ReturnType<typeof startTap>>;
  let screen: Awaited<ReturnType<typeof startScreen>>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lockwatch-freerdp-'));
    // These two and no others, whatever else this computer has.
    mkdirSync(join(folder, 'bin'));
    for (const [name, path] of Object.entries(PROGRAMS)) symlinkSync(path, join(folder, 'bin', name));
    xrdp = await startXrdp({ security: 'tls' });
    tap = await startTap(xrdp.port);
    screen = await startScreen();
  });
  afterEach(async () => {
    // Those that this test started, by what only they name.
    const started = processesOf('xterm').filter(({ args }) => args.includes(join(folder, 'bin', 'xfreerdp')));
    for (const { pid } of started) process.kill(pid, 'SIGTERM');
    await until('the terminals have ended', () => {
      const left = new Set(processesOf('xterm').map(({ pid }) => pid));
      return started.every(({ pid }) => !left.has(pid));
    });
    await screen.stop();
    await tap.stop();
    await xrdp.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const launcher = () =>
    createLauncher({
      platform: 'linux',
      environment: { PATH: join(folder, 'bin'), DISPLAY: screen.display, HOME: folder, LANG: 'C.UTF-8' },
      files: createTemporaryFiles(join(folder, 'rdp')),
      after: tools.after,
    });

  it('is found with the terminal that it asks in', async () => {
    const found = await launcher().clients();
    expect(found).toMatchObject([
      { id: 'xfreerdp', terminal: { path: join(folder, 'bin', 'xterm'), before: ['-e'] } },
    ]);
  });

  it.each([
    ['a plain name', 'anna', 'anna'],
    ['a domain, spaces and quotes', `SHOP\\Anna "the admin" O'Brien`, `Anna "the admin" O'Brien`],
    ['other scripts', 'Иван 管理者 Müller', 'Иван 管理者 Müller'],
    ['what looks like an option', '/p:secret', '/p:secret'],
    ['what looks like another option', '-sec-tls', '-sec-tls'],
    ['what a shell would run', '$(touch pwned);`id`', '$(touch pwned);`id`'],
  ])('hands over %s and reaches xrdp', async (_, user, cookie) => {
    const started = await launcher().start('xfreerdp', {
      host: '127.0.0.1',
      port: tap.port,
      user,
      gateway: null,
      fullScreen: false,
    });
    expect(started).toMatchObject({ ok: true });
    const program = join(folder, 'bin', 'xfreerdp');
    const args = [program, `/v:127.0.0.1:${tap.port}`, `/u:${user}`, '-auto-reconnect'];
    const mine = (): readonly string[][] =>
      processesOf('xfreerdp')
        .filter((one) => one.args[0] === program)
        .map((one) => [...one.args]);
    await until('FreeRDP runs', () => mine().length > 0);
    expect(mine()).toEqual([args]);
    const terminals = processesOf('xterm').filter((one) => one.args.includes(program));
    expect(terminals.map((one) => one.args)).toEqual([[join(folder, 'bin', 'xterm'), '-e', ...args]]);

    await until('it has spoken', () => tap.said.length > 0);
    const request = tap.said[0] ?? Buffer.alloc(0);
    // The connection request of X.224, with the name as its cookie.
    expect(request[5]).toBe(0xe0);
    expect(request.toString('utf8')).toContain(`mstshash=${cookie}\r\n`);
    await until('xrdp has answered it', () => /requested \[.*HYBRID.*\], selected \[SSL\]/.test(xrdp.log()));
    expect(readdirSync(folder)).not.toContain('pwned');
  });

  it('asks for the password itself', async () => {
    await launcher().start('xfreerdp', {
      host: '127.0.0.1',
      port: tap.port,
      user: 'anna',
      gateway: null,
      fullScreen: false,
    });
    await until('the terminal is there', async () => {
      const { stdout } = await run('xdotool', ['search', '--class', 'xterm'], {
        env: { ...process.env, DISPLAY: screen.display },
      }).catch(() => ({ stdout: '' }));
      return stdout.trim() !== '';
    });
    for (const { args } of processesOf('xfreerdp')) expect(args.join(' ')).not.toMatch(/\/p:|password/i);
  });

  it('says which version it is, since that decides how a gateway is named', async () => {
    const started = await launcher().start('xfreerdp', {
      host: '127.0.0.1',
      port: tap.port,
      user: 'anna',
      gateway: 'gateway.invalid',
      fullScreen: false,
    });
    expect(started).toMatchObject({ ok: true, value: { major: 2 } });
  });
});
