import { spawn } from 'node:child_process';
import { closeWindow, pressTray, processTypes, trayOf, windowStateOf } from '../fixtures/hooks';
import { appEnvironment, appFolder, type LockwatchApp } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';

/** Starts the app once more on the same data, as a second click on its icon does; gives its exit code. */
async function startAgain(lockwatch: LockwatchApp): Promise<number | null> {
  const { resolveRuntime } = await import('../../scripts/runtime.mjs');
  const child = spawn(resolveRuntime().executablePath, [appFolder, `--user-data-dir=${lockwatch.userData}`], {
    env: appEnvironment(),
    stdio: 'ignore',
  });
  return new Promise((resolve) => child.once('exit', resolve));
}

const saveSettings = async (lockwatch: LockwatchApp, changes: object) =>
  expect(
    await (await lockwatch.page()).evaluate(`api.settings.save(${JSON.stringify(changes)})`),
  ).toMatchObject({
    ok: true,
  });

test('closing the window hides it, and the app goes on', async ({ lockwatch }) => {
  await lockwatch.page();
  await expect.poll(() => windowStateOf(lockwatch)).toBe('visible');
  await closeWindow(lockwatch);
  await expect.poll(() => windowStateOf(lockwatch)).toBe('hidden');
  expect(await trayOf(lockwatch)).toMatchObject({ status: 'unknown', count: 0 });
});

test('a second start shows the window of the first, and ends', async ({ lockwatch }) => {
  await lockwatch.page();
  await closeWindow(lockwatch);
  await expect.poll(() => windowStateOf(lockwatch)).toBe('hidden');
  expect(await startAgain(lockwatch)).toBe(0);
  await expect.poll(() => windowStateOf(lockwatch)).toBe('visible');
});

test('a hidden start creates no window; a second start makes one', async ({ launch }) => {
  const lockwatch = await launch({ args: ['--hidden'] });
  await expect.poll(() => trayOf(lockwatch)).toMatchObject({ count: 0 });
  expect(await windowStateOf(lockwatch)).toBe('none');
  expect(await processTypes(lockwatch)).not.toContain('Tab');
  expect(await startAgain(lockwatch)).toBe(0);
  await expect.poll(() => windowStateOf(lockwatch)).toBe('visible');
});

test('the renderer is gone after the window was hidden long enough, and is rebuilt from the snapshot', async ({
  lockwatch,
}) => {
  await lockwatch.page();
  await saveSettings(lockwatch, { releaseWindowAfterMinutes: 0, theme: 'dark' });
  await closeWindow(lockwatch);
  await expect.poll(() => windowStateOf(lockwatch)).toBe('none');
  await expect.poll(() => processTypes(lockwatch)).not.toContain('Tab');
  const again = lockwatch.electron.waitForEvent('window');
  await pressTray(lockwatch, { do: 'open' });
  const page = await again;
  await page.waitForLoadState('load');
  expect(await page.evaluate('api.app.snapshot(null)')).toMatchObject({
    ok: true,
    value: { snapshot: { settings: { theme: 'dark', releaseWindowAfterMinutes: 0 } } },
  });
});

test('the tray leads to a page of the window', async ({ launch }) => {
  const lockwatch = await launch({ args: ['--hidden'] });
  await expect.poll(() => trayOf(lockwatch)).toBeDefined();
  const opened = lockwatch.electron.waitForEvent('window');
  await pressTray(lockwatch, { do: 'navigate', to: { page: 'settings' } });
  const page = await opened;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
});

test('notifications are paused from the tray, and resumed', async ({ lockwatch }) => {
  await lockwatch.page();
  const labels = async () =>
    (await trayOf(lockwatch))?.items.map((item) => 'label' in item && item.label.key);
  await pressTray(lockwatch, { do: 'pause', until: 'oneHour' });
  await expect.poll(labels).toContain('tray.resume');
  await pressTray(lockwatch, { do: 'pause', until: 'resume' });
  await expect.poll(labels).toContain('tray.pause');
});

test('the theme follows the settings', async ({ lockwatch }) => {
  await lockwatch.page();
  for (const theme of ['dark', 'light', 'system']) {
    await saveSettings(lockwatch, { theme });
    expect(await lockwatch.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe(theme);
  }
});

test('settings outlive the app', async ({ launch }) => {
  const first = await launch();
  await first.page();
  await saveSettings(first, { language: 'en-GB', theme: 'dark' });
  await first.quit();
  const second = await launch({ userData: first.userData });
  expect(await (await second.page()).evaluate('api.app.snapshot(null)')).toMatchObject({
    value: { snapshot: { settings: { language: 'en-GB', theme: 'dark' } } },
  });
});

test('there is no menu bar', async ({ lockwatch }) => {
  await lockwatch.page();
  expect(await lockwatch.electron.evaluate(({ Menu }) => Menu.getApplicationMenu())).toBeNull();
});

test('the tray quits the app for good', async ({ launch }) => {
  const lockwatch = await launch({ args: ['--hidden'] });
  await expect.poll(() => trayOf(lockwatch)).toBeDefined();
  const child = lockwatch.electron.process();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await pressTray(lockwatch, { do: 'quit' }).catch(() => undefined);
  expect(await ended).toBe(0);
});
