import type { Page } from '@playwright/test';
import { STAND_IN_KEY } from '../../electron/lab/ecs/stand-in';
import type { LockwatchApp } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';
import { filesBelow, recordMessages } from '../fixtures/traces';
import { isolationOf } from '../isolation/isolation-page';
import { dataFor, INSTANCE, startOwnCloud } from '../isolation/own-cloud';
import { withProviderPage } from './provider-page';

const started: { stop(): Promise<unknown> }[] = [];
test.afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.stop();
});

async function cloudWithPage() {
  const standIn = await startOwnCloud();
  started.push(standIn);
  const provider = await withProviderPage(standIn);
  started.push(provider);
  return { standIn, provider, data: await dataFor(provider, 'Anna') };
}

/** Opens the dialog of the instance's console, and the console from it. */
async function openConsole(lockwatch: LockwatchApp, page: Page, button: string): Promise<Page> {
  const opened = lockwatch.electron.waitForEvent('window');
  await page.getByRole('dialog').getByRole('button', { name: button }).click();
  const console = await opened;
  await console.waitForLoadState('load');
  return console;
}

async function openDialog(page: Page): Promise<void> {
  await isolationOf(page).open(INSTANCE.name);
  await page.getByRole('button', { name: 'Console', exact: true }).click();
}

test('the provider’s console has its own window, which reaches nothing of the app and goes nowhere', async ({
  launch,
}) => {
  test.setTimeout(90_000);
  const { provider, data } = await cloudWithPage();
  const lockwatch = await launch(data);
  const page = await lockwatch.page();
  const sent = await recordMessages(lockwatch);
  await openDialog(page);
  await lockwatch.screenshot('console-dialog');
  const console = await openConsole(lockwatch, page, 'Open the provider’s console');

  await test.step('it shows the page with the address as the cloud gave it', async () => {
    expect(provider.addresses).toHaveLength(1);
    expect(provider.asked[0]).toBe(
      `/aliyun/ecs-console-vnc2/0.0.8/index.html?vncUrl=${provider.addresses[0]}&instanceId=${INSTANCE.id}&isWindows=true`,
    );
    await expect(console.locator('#asked')).toHaveText(`${INSTANCE.id} true`);
    await expect(page.getByText(/open in its own window/)).toContainText(/another \d+ seconds?/);
  });

  await test.step('the page has nothing of the app or of Node', async () => {
    expect(
      await console.evaluate(() =>
        ['api', 'lockwatchConsole', 'require', 'process', 'module', 'electron', 'Buffer'].filter(
          (name) => name in globalThis,
        ),
      ),
    ).toEqual([]);
  });

  await test.step('it goes nowhere, opens nothing and downloads nothing', async () => {
    const url = console.url();
    await console.evaluate(`document.querySelector('#away').click()`);
    expect(await console.evaluate(`window.open('about:blank')`)).toBeNull();
    await console.evaluate(`document.querySelector('#download').click()`);
    for (const to of ['lockwatch://app/index.html', `${provider.endpoint}/`, 'file:///etc/passwd'])
      await console.evaluate(
        `globalThis.stayed = true; setTimeout(() => { location.href = ${JSON.stringify(to)}; }); 0`,
      );
    await expect
      .poll(() => lockwatch.log().filter(({ event }) => event === 'navigation.denied').length)
      .toBeGreaterThanOrEqual(4);
    expect(console.url()).toBe(url);
    expect(await console.evaluate(`globalThis.stayed`)).toBe(true);
    expect(provider.asked.filter((path) => /elsewhere/.test(path))).toEqual([]);
    expect(lockwatch.electron.windows()).toHaveLength(2);
  });

  await test.step('it loads from nowhere else and is permitted nothing', async () => {
    expect(
      await console.evaluate(`(async () => {
        const outcome = (asked) => asked.then(() => 'loaded', () => 'refused');
        return {
          elsewhere: await outcome(fetch('https://example.org/', { mode: 'no-cors' })),
          app: await outcome(fetch('lockwatch://app/index.html', { mode: 'no-cors' })),
          socket: await new Promise((resolve) => {
            const socket = new WebSocket('wss://other.example.org/');
            socket.onopen = () => resolve('open');
            socket.onerror = () => resolve('refused');
          }),
          notifications: await Notification.requestPermission(),
        };
      })()`),
    ).toEqual({ elsewhere: 'refused', app: 'refused', socket: 'refused', notifications: 'denied' });
  });

  await test.step('a second click brings a new address into the same window', async () => {
    await page.getByRole('button', { name: 'Open with a new address' }).click();
    await expect.poll(() => provider.addresses.length).toBe(2);
    await expect.poll(() => console.url()).toContain(provider.addresses[1] ?? 'none');
    // What the page kept while the window was open is still there.
    await expect(console.locator('#kept')).toContainText('canary-kept-8812');
    expect(lockwatch.electron.windows()).toHaveLength(2);
  });

  await test.step('a page that leaves for nowhere loses its window, and what it kept with it', async () => {
    const closed = console.waitForEvent('close');
    await console.evaluate(`setTimeout(() => { location.href = 'about:blank'; }); 0`);
    await closed;
    const again = await openConsole(lockwatch, page, 'Open the provider’s console');
    await expect(again.locator('#kept')).toHaveText('nothing');
  });

  await test.step('no address is in a message, a log or a file', async () => {
    const messages = await sent.all();
    const secrets = provider.addresses.map((address) => decodeURIComponent(address).split('?s=')[1] ?? '');
    expect(secrets).toHaveLength(3);
    await lockwatch.quit();
    const files = filesBelow(lockwatch.userData);
    expect([...files.keys()].join()).toContain('main.log');
    for (const needle of [...provider.addresses, ...secrets, 'canary-kept-8812', 'vncUrl']) {
      expect(messages.includes(needle)).toBe(false);
      for (const [path, content] of files) expect(content.includes(needle), `${path} ${needle}`).toBe(false);
    }
  });
});

test('a missing permission is named, and no window opens', async ({ launch }) => {
  const { standIn, data } = await cloudWithPage();
  standIn.setKey({
    ...STAND_IN_KEY,
    securityToken: null,
    expiresAtMs: null,
    denied: new Set(['ecs:DescribeInstanceVncUrl']),
    active: true,
  });
  const lockwatch = await launch(data);
  const page = await lockwatch.page();
  await openDialog(page);
  await page.getByRole('button', { name: 'Open the provider’s console' }).click();
  await expect(page.getByRole('dialog')).toContainText('ecs:DescribeInstanceVncUrl');
  await lockwatch.screenshot('console-denied');
  expect(lockwatch.electron.windows()).toHaveLength(1);
});

test('the VNC password of the console is set, and left nowhere', async ({ launch }) => {
  const { standIn, data } = await cloudWithPage();
  const lockwatch = await launch(data);
  const page = await lockwatch.page();
  await openDialog(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The page asks for a VNC password').click();
  await dialog.getByLabel('New VNC password').fill('Cana');
  await expect(dialog.getByRole('button', { name: 'Set the VNC password' })).toBeDisabled();
  await dialog.getByLabel('New VNC password').fill('Cana77');
  await lockwatch.screenshot('console-password-rules');
  await dialog.getByRole('button', { name: 'Set the VNC password' }).click();
  await expect(dialog.getByText(/The VNC password is set/)).toBeVisible();
  expect(standIn.calls.filter(({ action }) => action === 'ModifyInstanceVncPasswd')).toHaveLength(1);
  await lockwatch.quit();
  for (const [path, content] of filesBelow(lockwatch.userData))
    expect(content.includes('Cana77'), path).toBe(false);
});
