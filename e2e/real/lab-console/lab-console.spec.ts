import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ConsoleView } from '../../../electron/lab/console/sign-in/session';
import { type Estate, startEstate } from '../../../electron/lab/estate';
import { type Running, start, startScreen, xdotool } from './screen';

const run = promisify(execFile);
const PATIENCE = { timeout: 30_000, interval: 50 };

let folder = '';
let estate: Estate;
let screen: Awaited<ReturnType<typeof startScreen>>;
const viewers: Running[] = [];

const endpointOf = (name: string) => {
  const found = estate.endpoints().find((one) => one.name === name);
  if (!found?.vnc || !found.accounts) throw new Error(name);
  return { vnc: found.vnc, accounts: found.accounts };
};
const passwordOf = (name: string, account: string) =>
  endpointOf(name).accounts.find((one) => one.name === account)?.password ?? '';

function lock(name: string, account: string): void {
  const { windows } = estate.instance(name);
  for (let i = 0; i < 10; i++) windows.sam.logon(account, 'wrong', 'network', windows.now());
}
const stateOf = (name: string, account: string) =>
  estate
    .state()
    .instances.find((one) => one.name === name)
    ?.accounts.find((one) => one.name === account)?.state;
const logged = (name: string, eventId: number) =>
  estate
    .instance(name)
    .windows.log('Security')
    ?.events()
    .filter((event) => event.eventId === eventId) ?? [];

const shows = (name: string, wanted: Partial<ConsoleView>) =>
  vi.waitFor(() => expect(estate.instance(name).console.view()).toMatchObject(wanted), PATIENCE);

/** TigerVNC's viewer on its own screen; resolves when its window has the keyboard. */
async function view(name: string, more: readonly string[] = []): Promise<void> {
  const { port } = endpointOf(name).vnc;
  viewers.push(start('vncviewer', [`127.0.0.1::${port}`, '-Shared', ...more], screen.env));
  const title = `LAB-${name.toUpperCase()}`;
  await vi.waitFor(async () => {
    const found = await xdotool(screen.env, 'search', '--onlyvisible', '--name', `${title}.*TigerVNC`);
    const [window = ''] = found.split('\n');
    expect(window).toMatch(/^\d+$/);
    // A window that is not drawn yet cannot have the focus, so it is asked for until it is there.
    await xdotool(screen.env, 'windowfocus', window);
    expect(await xdotool(screen.env, 'getwindowfocus')).toBe(window);
  }, PATIENCE);
}
const press = (...keys: readonly string[]) => xdotool(screen.env, 'key', ...keys);
const type = (text: string) => xdotool(screen.env, 'type', '--delay', '10', text);

describe('the practice console, seen by clients that others wrote', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lockwatch-console-'));
    screen = await startScreen();
    estate = await startEstate({ dataDir: folder, history: false, only: ['web-01', 'db-03'] });
  });
  afterEach(async () => {
    for (const viewer of viewers.splice(0)) await viewer.stop();
  });
  afterAll(async () => {
    await estate?.stop();
    await screen?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('gtk-vnc captures the very picture that the console draws', async () => {
    const file = join(folder, 'screen.png');
    // It counts displays from port 5900 on.
    const display = endpointOf('web-01').vnc.port - 5900;
    await run('gvnccapture', ['-q', `127.0.0.1:${display}`, file], { env: screen.env, timeout: 30_000 });
    const { width, height, data } = PNG.sync.read(readFileSync(file));
    const { console } = estate.instance('web-01');
    expect([width, height]).toEqual([console.width, console.height]);
    const pixels = console.pixels();
    // All but the clock's line, which may have gone on to the next minute.
    let different = 0;
    for (let at = 0; at < width * height; at++) {
      const row = Math.floor(at / width);
      if (row > 180 && row < 290) continue;
      const seen = ((data[4 * at] ?? 0) << 16) | ((data[4 * at + 1] ?? 0) << 8) | (data[4 * at + 2] ?? 0);
      if (seen !== pixels[at]) different += 1;
    }
    expect(different).toBe(0);
  });

  test('an admin unlocks Administrator by signing in through TigerVNC', async () => {
    lock('web-01', 'Administrator');
    expect(stateOf('web-01', 'Administrator')).toBe('locked');
    await view('web-01');
    await press('ctrl+alt+Delete');
    await shows('web-01', { place: 'signIn' });
    await type(passwordOf('web-01', 'Administrator'));
    await press('Return');
    await shows('web-01', { place: 'desktop', signedIn: 'Administrator' });
    expect(stateOf('web-01', 'Administrator')).toBe('clear');
    expect(logged('web-01', 4624).at(-1)?.data).toMatchObject({
      TargetUserName: 'Administrator',
      LogonType: '2',
    });
  });

  test('a wrong password typed there counts as a real failure', async () => {
    estate.instance('web-01').console.signIn('webadmin', passwordOf('web-01', 'webadmin'));
    await view('web-01');
    await press('ctrl+alt+Delete');
    await shows('web-01', { place: 'options' });
    await press('Tab', 'Return');
    await shows('web-01', { place: 'lockScreen', signedIn: null });
    await press('ctrl+alt+Delete');
    await shows('web-01', { place: 'signIn' });
    await type('Not the password!');
    await press('Return');
    await shows('web-01', { message: 'wrongPassword' });
    expect(stateOf('web-01', 'Administrator')).toBe('counting');
    expect(logged('web-01', 4625).at(-1)?.data).toMatchObject({ LogonType: '2', SubStatus: '0xc000006a' });
  });

  test('a console with a password lets TigerVNC in with it, and not with another one', async () => {
    const { password } = endpointOf('db-03').vnc;
    const file = join(folder, 'vnc-password');
    const obfuscated = (text: string) =>
      new Promise<Buffer>((resolve, reject) => {
        const child = execFile('vncpasswd', ['-f'], { encoding: 'buffer' }, (error, stdout) =>
          error ? reject(error) : resolve(stdout),
        );
        child.stdin?.end(`${text}\n`);
      });
    writeFileSync(file, await obfuscated('another'));
    const { port } = endpointOf('db-03').vnc;
    const refused = start('vncviewer', [`127.0.0.1::${port}`, '-PasswordFile', file], screen.env);
    viewers.push(refused);
    await vi.waitFor(() => expect(refused.said()).toContain('Authentication failed'), PATIENCE);
    await refused.stop();
    writeFileSync(file, await obfuscated(password ?? ''));
    await view('db-03', ['-PasswordFile', file]);
    await press('ctrl+alt+Delete');
    await shows('db-03', { place: 'signIn' });
  });

  test.each([
    ['256 colours', '-LowColorLevel=2'],
    ['64 colours', '-LowColorLevel=1'],
  ])('TigerVNC sees it in %s', async (_, level) => {
    await view('web-01', ['-AutoSelect=0', '-FullColor=0', level, '-PreferredEncoding=ZRLE']);
    await vi.waitFor(async () => {
      const args = ['-window', 'root', 'png:-'];
      const { stdout } = await run('import', args, { env: screen.env, encoding: 'buffer' });
      const { data } = PNG.sync.read(stdout);
      const colours = new Set<number>();
      for (let at = 0; at < data.length; at += 4) colours.add(data.readUInt32BE(at));
      expect(colours.size).toBeGreaterThan(3);
      expect(colours.size).toBeLessThanOrEqual(257);
    }, PATIENCE);
  });
});
