import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { LockwatchApp } from '../../fixtures/lockwatch-app';
import { expect, test } from '../../fixtures/test';
import { type Sshd, startSshd } from '../ssh/sshd';
import { addInstance, openConsole, pinHostKeys } from './console-window';
import { startTigervnc, type Tigervnc, type TigervncOptions } from './tigervnc';

const servers: { stop(): unknown }[] = [];
test.afterEach(async () => {
  for (const server of servers.splice(0).reverse()) await server.stop();
});

async function vncServer(options: TigervncOptions = {}): Promise<Tigervnc> {
  const server = await startTigervnc(options);
  servers.push(server);
  return server;
}

/** The console's page of a new instance that this server shows, and the app. */
async function consoleOf(lockwatch: LockwatchApp, port: number): Promise<Page> {
  const page = await lockwatch.page();
  const id = await addInstance(page, { host: '127.0.0.1', port, via: 'direct' });
  return openConsole(lockwatch, page, id);
}

const state = (page: Page) => page.getByRole('status').first();
const screen = (page: Page) => page.getByRole('application', { name: 'Screen of web-01' });
const ctrlAltDel = (page: Page) => page.getByRole('button', { name: 'Ctrl+Alt+Del' });

async function connected(page: Page): Promise<void> {
  await expect(state(page)).toHaveText(/^Connected to /);
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('keys typed on the screen arrive in a program, and Ctrl+Alt+Del as its three keys', async ({
  lockwatch,
}) => {
  const server = await vncServer();
  const console = await consoleOf(lockwatch, server.port);
  await connected(console);
  await expect(ctrlAltDel(console)).toBeFocused();

  await console.keyboard.press('Enter');
  await expect
    .poll(() => server.keys())
    .toEqual(['+0xffe3', '+0xffe9', '+0xffff', '-0xffff', '-0xffe9', '-0xffe3']);
  await expect(screen(console)).toBeFocused();

  await console.keyboard.press('a');
  await expect.poll(() => server.keys().slice(6)).toEqual(['+0x61', '-0x61']);
  await console.screenshot({ path: join('artifacts', 'screenshots', 'console-vnc.png') });
});

test('the keyboard leads out of the screen, and leaves no key held behind', async ({ lockwatch }) => {
  const server = await vncServer();
  const console = await consoleOf(lockwatch, server.port);
  await connected(console);
  await screen(console).focus();
  await console.keyboard.press('Tab');
  await expect.poll(() => server.keys()).toEqual(['+0xff09', '-0xff09']);
  await expect(screen(console)).toBeFocused();

  await console.keyboard.press('Control+Alt+Shift+X');
  await expect(ctrlAltDel(console)).toBeFocused();
  await expect.poll(() => server.keys().length).toBeGreaterThanOrEqual(8);
  expect(server.held()).toEqual([]);
  await console.keyboard.press('Shift+Tab');
  await expect(ctrlAltDel(console)).not.toBeFocused();
});

test('a text is typed as it stands, in letters of other scripts too', async ({ lockwatch }) => {
  const server = await vncServer();
  const console = await consoleOf(lockwatch, server.port);
  await connected(console);
  const typed = await server.startTerminal();
  const text = 'P@ss w0rd#1 Äöß €\nПривет 中文 λ\n';
  await console.getByRole('button', { name: 'Type text' }).click();
  await console.getByRole('textbox', { name: 'Text' }).fill(text);
  await console.getByRole('button', { name: 'Type it' }).click();
  await expect(console.getByText(`${[...text].length} characters typed.`)).toBeVisible();
  await expect.poll(typed).toBe(text);
  await expect(console.getByRole('textbox', { name: 'Text' })).toHaveValue('');
});

test('a long text can be stopped', async ({ lockwatch }) => {
  const server = await vncServer();
  const console = await consoleOf(lockwatch, server.port);
  await connected(console);
  await console.getByRole('button', { name: 'Type text' }).click();
  await console.getByRole('textbox', { name: 'Text' }).fill('x'.repeat(5000));
  await console.getByRole('button', { name: 'Type it' }).click();
  await expect.poll(() => server.keys().length).toBeGreaterThan(10);
  await console.getByRole('button', { name: 'Stop' }).click();
  await expect(console.getByText(/^Stopped after \d+ of 5,?000 characters/)).toBeVisible();
  const { length } = server.keys();
  expect(length).toBeLessThan(5000);
  await expect(console.getByRole('textbox', { name: 'Text' })).toHaveValue('x'.repeat(5000));
});

test('nothing is sent while only looking', async ({ lockwatch }) => {
  const server = await vncServer();
  const console = await consoleOf(lockwatch, server.port);
  await connected(console);
  await console.getByRole('switch', { name: 'View only' }).click();
  await expect(ctrlAltDel(console)).toBeDisabled();
  await screen(console).click();
  await console.keyboard.press('q');
  await console.getByRole('switch', { name: 'View only' }).click();
  await screen(console).click();
  await console.keyboard.press('b');
  await expect.poll(() => server.keys()).toEqual(['+0x62', '-0x62']);
});

test('a password is asked for; a wrong one is said and not tried again', async ({ lockwatch }) => {
  const server = await vncServer({ password: 'secret-1' });
  const console = await consoleOf(lockwatch, server.port);
  await expect(console.getByRole('heading', { name: 'Password of the VNC server' })).toBeVisible();
  await expect(console.getByLabel('Password', { exact: true })).toBeFocused();
  await console.screenshot({ path: join('artifacts', 'screenshots', 'console-password.png') });
  await signIn(console, 'canary-9');
  await expect(console.getByRole('alert')).toContainText('The VNC server refused');
  await console.screenshot({ path: join('artifacts', 'screenshots', 'console-refused.png') });
  await expect(state(console)).toHaveText('Not connected');

  await console.getByRole('button', { name: 'Connect again' }).last().click();
  await expect(console.getByLabel('Password', { exact: true })).toHaveValue('');
  await signIn(console, 'secret-1');
  await connected(console);
  expect(JSON.stringify(lockwatch.log())).not.toMatch(/canary-9|secret-1/);
});

test('the security that TigerVNC prefers does not keep the password from being asked for', async ({
  lockwatch,
}) => {
  const server = await vncServer({ password: 'secret-1', securityTypes: 'TLSVnc,X509Vnc,VncAuth' });
  const console = await consoleOf(lockwatch, server.port);
  await signIn(console, 'secret-1');
  await connected(console);
});

test('security that is not spoken is named', async ({ lockwatch }) => {
  const server = await vncServer({ password: 'secret-1', securityTypes: 'TLSVnc' });
  const console = await consoleOf(lockwatch, server.port);
  await expect(console.getByRole('alert')).toContainText('not supported here: VeNCrypt');
});

test('a server that is killed is said to have ended the connection', async ({ lockwatch }) => {
  const server = await vncServer();
  const console = await consoleOf(lockwatch, server.port);
  await connected(console);
  server.kill();
  await expect(console.getByRole('alert')).toContainText(/ended the connection|ended the session|closed/);
  await expect(ctrlAltDel(console)).toBeDisabled();

  await console.getByRole('button', { name: 'Connect again' }).last().click();
  await expect(console.getByRole('alert')).toContainText(`refuses connections on port ${server.port}`);
});

test.describe('through SSH', () => {
  let sshd: Sshd;

  test.beforeEach(async () => {
    sshd = await startSshd({ forwarding: true });
    servers.push({ stop: () => sshd.dispose() });
  });

  async function throughSsh(lockwatch: LockwatchApp, port: number, via: 'ssh' | 'jumpHost') {
    const keyPath = join(lockwatch.userData, 'key');
    copyFileSync(sshd.keyPath, keyPath);
    chmodSync(keyPath, 0o644);
    const page = await lockwatch.page();
    const hop = {
      host: '127.0.0.1',
      port: sshd.port,
      user: sshd.user,
      authentication: { kind: 'key', path: keyPath, encrypted: false } as const,
    };
    const vnc = { host: '127.0.0.1', port, via };
    const id = await addInstance(page, vnc, via === 'ssh' ? { ssh: hop } : { jumpHosts: [hop] });
    await pinHostKeys(page, id);
    return openConsole(lockwatch, page, id);
  }

  for (const via of ['ssh', 'jumpHost'] as const) {
    test(`from the ${via === 'ssh' ? 'instance' : 'jump host'}, and the tunnel is dropped`, async ({
      lockwatch,
    }) => {
      const server = await vncServer();
      const console = await throughSsh(lockwatch, server.port, via);
      await connected(console);
      await screen(console).focus();
      await console.keyboard.press('t');
      await expect.poll(() => server.keys()).toEqual(['+0x74', '-0x74']);
      await sshd.stop();
      await expect(console.getByRole('alert')).toContainText('closed');
      await expect(state(console)).toHaveText('Not connected');

      await sshd.restart();
      await console.getByRole('button', { name: 'Connect again' }).last().click();
      await connected(console);
    });
  }

  test('a server that permits no tunnels says so', async ({ lockwatch }) => {
    await sshd.dispose();
    sshd = await startSshd({ forwarding: false });
    const server = await vncServer();
    const console = await throughSsh(lockwatch, server.port, 'ssh');
    await expect(console.getByRole('alert')).toContainText(/forward|tunnel/i);
  });
});
