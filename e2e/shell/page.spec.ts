import { eventChannels, requestChannels } from '../../shared/channels';
import { expect, test } from '../fixtures/test';

test('in page, require and process are undefined', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const types = await page.evaluate(
    `[typeof require, typeof process, typeof module, typeof Buffer, typeof global, 'ipcRenderer' in window]`,
  );
  expect(types).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'undefined', false]);
});

test('the preload exposes the contract: no ipcRenderer, no generic invoke', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const shape = await page.evaluate(`
    Object.fromEntries(Object.entries(api).map(([group, members]) => [
      group,
      Object.entries(members).map(([name, member]) => typeof member === 'function' ? name : [name, Object.keys(member)]),
    ]))`);
  const { on, ...groups } = shape as { on: [string, string[]][] };
  expect(groups).toEqual(requestChannels);
  expect(Object.fromEntries(on)).toEqual(eventChannels);
});

test('a listener gets the payload, no event object', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  await page.evaluate(`
    window.heard = new Promise((resolve) => {
      const stop = api.on.window.navigate((...args) => { stop(); resolve(args); });
    });
    0`);
  await lockwatch.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('event:window.navigate', { page: 'settings' });
  });
  expect(await page.evaluate('window.heard')).toEqual([{ page: 'settings' }]);
});

test('the page is a window of the factory: isolated, sandboxed, without node', async ({ lockwatch }) => {
  await lockwatch.page();
  const preferences = await lockwatch.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) =>
      // Not in the typings, but how else would one read them back?
      (webContents as unknown as { getLastWebPreferences(): unknown }).getLastWebPreferences(),
    ),
  );
  expect(preferences).toMatchObject([
    { contextIsolation: true, sandbox: true, webSecurity: true, nodeIntegration: false, webviewTag: false },
  ]);
});
