import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import type { Page } from '@playwright/test';
import { inHostileWindow } from '../fixtures/hostile-window';
import { expect, test } from '../fixtures/test';
import { addInstance, openConsole } from '../real/vnc/console-window';
import { accessibilityProblems } from '../ui/axe';
import { showIn } from '../ui/theme';

let server: Server | undefined;
const sockets = new Set<Socket>();
test.afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
});

/** Something that accepts connections, and says what it is told to. */
async function listen(greet: (socket: Socket) => void): Promise<number> {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    greet(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A VNC server that asks for a password and waits for it. */
const askForPassword = (socket: Socket): void => {
  socket.write('RFB 003.008\n');
  socket.once('data', () => {
    socket.write(Buffer.from([1, 2]));
    socket.once('data', () => socket.write(Buffer.alloc(16, 7)));
  });
};

const direct = (port: number) => ({ host: '127.0.0.1', port, via: 'direct' }) as const;
const alert = (page: Page) => page.getByRole('alert');

test('the page of the console has its few functions and nothing else', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const id = await addInstance(page, direct(await listen(askForPassword)));
  const console = await openConsole(lockwatch, page, id);
  await expect(console.getByRole('heading', { name: 'Password of the VNC server' })).toBeVisible();
  expect(
    await console.evaluate(() => ({
      has: ['api', 'require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
      bridge: Object.keys((globalThis as unknown as { lockwatchConsole: object }).lockwatchConsole).sort(),
    })),
  ).toEqual({
    has: [],
    bridge: [
      'close',
      'connect',
      'ctrlAltDelSent',
      'disconnect',
      'fullScreen',
      'info',
      'onMessage',
      'send',
      'shown',
      'taken',
    ],
  });
  expect(
    await console.evaluate(`(async () => ({
      eval: await new Promise((resolve) => setTimeout(() => {
        try { resolve(new Function('return 1')()); } catch { resolve('refused'); }
      })),
      fetch: await fetch('https://example.org/').then(() => 'loaded', () => 'refused'),
      opened: window.open('about:blank'),
    }))()`),
  ).toEqual({ eval: 'refused', fetch: 'refused', opened: null });
  expect(await accessibilityProblems(console)).toEqual([]);
  await showIn(console, 'dark');
  expect(await accessibilityProblems(console)).toEqual([]);
  await console.screenshot({ path: 'artifacts/screenshots/console-password-dark.png' });
  await showIn(console, 'high-contrast');
  await console.screenshot({ path: 'artifacts/screenshots/console-password-contrast.png' });
});

test('nobody but the console’s page may ask what it may ask', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const channels = ['info', 'connect', 'shown', 'ctrlAltDelSent', 'fullScreen', 'close'];
  for (const channel of channels) {
    const script = `hostile.invoke('console:${channel}')`;
    for (const url of ['lockwatch://app/console.html', 'lockwatch://app/index.html', 'about:blank'])
      expect(await inHostileWindow(lockwatch, { url, script })).toMatchObject({
        value: { ok: false, error: { code: 'app.senderRejected' } },
      });
  }
  expect(await page.evaluate(() => 'lockwatchConsole' in globalThis)).toBe(false);
  await expect
    .poll(() => lockwatch.log().filter(({ event }) => event === 'ipc.refused').length)
    .toBe(channels.length * 3);
});

for (const [what, greet, said] of [
  ['an SSH server', (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), 'it is no VNC server'],
  ['garbage', (socket: Socket) => socket.write(Buffer.alloc(4096, 0xff)), 'it is no VNC server'],
  [
    'a server that hangs up',
    (socket: Socket) => socket.end('RFB 003.008\n'),
    'does not follow the VNC protocol, or ended the connection',
  ],
  [
    'a server with TLS only',
    (socket: Socket) => {
      socket.write('RFB 003.008\n');
      socket.once('data', () => socket.write(Buffer.from([2, 18, 129])));
    },
    'not supported here: TLS, Unix login',
  ],
  [
    'a server that is full',
    (socket: Socket) => {
      const reason = Buffer.from('Too many clients');
      socket.write('RFB 003.008\n');
      socket.once('data', () =>
        socket.end(Buffer.concat([Buffer.from([0, 0, 0, 0, reason.length]), reason])),
      );
    },
    'Too many clients',
  ],
] as const)
  test(`${what} on the port is said in a sentence`, async ({ lockwatch }) => {
    const page = await lockwatch.page();
    const id = await addInstance(page, direct(await listen(greet)));
    const console = await openConsole(lockwatch, page, id);
    await expect(alert(console)).toContainText(said);
    await expect(console.getByRole('button', { name: 'Connect again' }).last()).toBeFocused();
  });

test('a port that nobody listens at, and a window that is closed again', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const port = await listen(() => undefined);
  await new Promise((resolve) => server?.close(resolve));
  const id = await addInstance(page, direct(port));
  const console = await openConsole(lockwatch, page, id);
  await expect(alert(console)).toContainText(`refuses connections on port ${port}`);
  const closed = console.waitForEvent('close');
  await console
    .getByRole('button', { name: 'Close the window' })
    .click()
    .catch(() => undefined);
  await closed;
  await expect
    .poll(() => page.evaluate(`api.app.snapshot(null).then((answer) => answer.value.snapshot.consoles)`))
    .toEqual([]);
});

test('a window that is closed takes its connection with it', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const id = await addInstance(page, direct(await listen(askForPassword)));
  const console = await openConsole(lockwatch, page, id);
  await expect(console.getByRole('heading', { name: 'Password of the VNC server' })).toBeVisible();
  const [socket] = sockets;
  if (!socket) throw new Error('nothing was connected');
  const ended = once(socket, 'close');
  await lockwatch.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows())
      if (window.webContents.getURL().endsWith('/console.html')) window.close();
  });
  await ended;
});

test('a connection that others can read is warned of', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const id = await addInstance(page, { host: '192.0.2.1', port: 5900, via: 'direct' });
  const console = await openConsole(lockwatch, page, id);
  await expect(console.getByText(/^Not encrypted: anyone on the way to 192\.0\.2\.1/)).toBeVisible();
  await console.screenshot({ path: 'artifacts/screenshots/console-exposed.png' });
});
