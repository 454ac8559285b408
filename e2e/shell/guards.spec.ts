import { expect, test } from '../fixtures/test';

test('every permission is denied, asked for or looked up', async ({ launch }) => {
  const lockwatch = await launch({ args: ['--use-fake-device-for-media-stream'] });
  const page = await lockwatch.page();
  const answers = await page.evaluate(`(async () => ({
    geolocation: (await navigator.permissions.query({ name: 'geolocation' })).state,
    notifications: Notification.permission,
    position: await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(() => resolve('granted'), ({ code }) => resolve(code))),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'granted', ({ name }) => name),
    asked: await Notification.requestPermission(),
    clipboard: await navigator.clipboard.readText().then(() => 'granted', ({ name }) => name),
  }))()`);
  expect(answers).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    position: 1,
    camera: 'NotAllowedError',
    asked: 'denied',
    clipboard: 'NotAllowedError',
  });
});

for (const [how, script] of [
  [
    'a link',
    `const a = document.createElement('a'); a.href = 'https://example.com/'; document.body.append(a); a.click()`,
  ],
  ['the location', `location.href = 'https://example.com/'`],
  [
    'a form',
    `const f = document.createElement('form'); f.action = 'https://example.com/'; document.body.append(f); f.submit()`,
  ],
  ['another host of the scheme', `location.href = 'lockwatch://elsewhere/'`],
] as const) {
  test(`the page cannot navigate by ${how}`, async ({ lockwatch }) => {
    const page = await lockwatch.page();
    const before = page.url();
    await page.evaluate(script);
    await expect
      .poll(() => lockwatch.log().filter(({ event }) => event === 'navigation.denied').length)
      .toBeGreaterThan(0);
    expect(page.url()).toBe(before);
  });
}

test('the page cannot navigate to a file', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const before = page.url();
  await page.evaluate(`location.href = 'file:///etc/passwd'`);
  await page.evaluate(
    `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(0))))`,
  );
  expect(page.url()).toBe(before);
  expect(await page.evaluate(`location.href`)).toBe(before);
});

test('the page can open no window', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  expect(
    await page.evaluate(
      `window.open('https://example.com/') === null && window.open('lockwatch://app/') === null`,
    ),
  ).toBe(true);
  expect(await lockwatch.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(
    1,
  );
});

test('the page can embed nothing', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  await page.evaluate(`
    for (const name of ['iframe', 'webview', 'object', 'embed']) {
      const element = document.createElement(name);
      element.src = element.data = 'https://example.com/';
      document.body.append(element);
    }`);
  expect(
    page
      .frames()
      .map((frame) => frame.url())
      .filter((url) => url.includes('example.com')),
  ).toEqual([]);
  const types = await lockwatch.electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => contents.getType()),
  );
  expect(types).toEqual(['window']);
});

test('downloads are refused', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  const done = lockwatch.electron.evaluate(
    ({ session }) =>
      new Promise((resolve) => {
        session.defaultSession.once('will-download', (event) => resolve(event.defaultPrevented));
      }),
  );
  await expect
    .poll(async () => {
      await page.evaluate(
        `const a = document.createElement('a'); a.href = 'data:text/plain,x'; a.download = 'x.txt'; document.body.append(a); a.click()`,
      );
      return Promise.race([done, Promise.resolve('waiting')]);
    })
    .toBe(true);
});

test('only pages of the fixed table can be opened outside', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  await lockwatch.electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url: string) => {
      opened.push(url);
    };
  });
  expect(await page.evaluate(`api.app.openExternal({ page: 'windowsOpenSsh' })`)).toEqual({
    ok: true,
    value: null,
  });
  expect(await page.evaluate(`api.app.openExternal({ page: 'https://example.com/' })`)).toMatchObject({
    ok: false,
    error: { code: 'app.invalidArgument' },
  });
  expect(
    await lockwatch.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened),
  ).toEqual([expect.stringMatching(/^https:\/\/learn\.microsoft\.com\//)]);
});
