import { expect, test } from '../fixtures/test';
import { isolationOf } from '../isolation/isolation-page';
import { accessibilityProblems } from '../ui/axe';
import { showIn } from '../ui/theme';

const picture = (name: string) => ({ path: `artifacts/screenshots/console-${name}.png` });

test('the console of a practice instance is shown, typed into and described in light, dark and high contrast', async ({
  launch,
}) => {
  test.setTimeout(180_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  await expect(page.locator('[data-instance]').first()).toBeVisible({ timeout: 60_000 });
  await isolationOf(page).open('web-01');
  await page.getByRole('button', { name: 'Console', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region', { name: 'VNC' })).toBeVisible();
  await lockwatch.screenshot('console-dialog-practice');
  expect(await accessibilityProblems(page)).toEqual([]);

  const opened = lockwatch.electron.waitForEvent('window');
  await dialog.getByRole('button', { name: 'Open the VNC console' }).click();
  const console = await opened;
  const state = console.getByRole('status').first();
  await expect(state).toHaveText(/^Connected to /);
  await expect(dialog.getByText('The VNC console is open in its own window.')).toBeVisible();
  await console.screenshot(picture('practice-locked'));

  await console.getByRole('button', { name: 'Ctrl+Alt+Del' }).click();
  await expect(console.getByRole('application', { name: 'Screen of web-01' })).toBeFocused();
  await console.screenshot(picture('practice-accounts'));
  expect(await accessibilityProblems(console)).toEqual([]);

  await console.getByRole('button', { name: 'Type text' }).click();
  await console.getByRole('textbox', { name: 'Text' }).fill('Grüße\u0007 an 中文');
  await expect(console.getByText(/1 character cannot be typed.*U\+0007/)).toBeVisible();
  expect(await accessibilityProblems(console)).toEqual([]);
  await console.screenshot(picture('typing-light'));
  await showIn(console, 'dark');
  expect(await accessibilityProblems(console)).toEqual([]);
  await console.screenshot(picture('typing-dark'));
  await showIn(console, 'high-contrast');
  expect(await accessibilityProblems(console, { contrast: false })).toEqual([]);
  await console.screenshot(picture('typing-contrast'));
  await showIn(console, 'light');
  await console.getByRole('button', { name: 'Close', exact: true }).click();

  await console.getByRole('button', { name: 'Full screen' }).click();
  await expect
    .poll(() =>
      lockwatch.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().some((window) => window.isFullScreen()),
      ),
    )
    .toBe(true);
  await console.getByRole('button', { name: 'Leave full screen' }).click();

  await console.getByRole('button', { name: 'Disconnect' }).click();
  await expect(console.getByRole('alert')).toHaveText('Disconnected.');
  await console.getByRole('button', { name: 'Connect again' }).last().click();
  await expect(state).toHaveText(/^Connected to /);
});

test('a console whose process ends says so, and connects again when asked', async ({ launch }) => {
  test.setTimeout(120_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  await expect(page.locator('[data-instance]').first()).toBeVisible({ timeout: 60_000 });
  await isolationOf(page).open('web-01');
  await page.getByRole('button', { name: 'Console', exact: true }).click();
  const opened = lockwatch.electron.waitForEvent('window');
  await page.getByRole('dialog').getByRole('button', { name: 'Open the VNC console' }).click();
  const console = await opened;
  const state = console.getByRole('status').first();
  await expect(state).toHaveText(/^Connected to /);

  await lockwatch.electron.evaluate(({ app }) => {
    const evidence = app.getAppMetrics().find(({ name }) => name === 'Lockwatch evidence');
    if (!evidence) throw new Error('no evidence process');
    process.kill(evidence.pid, 'SIGKILL');
  });
  await expect(console.getByRole('alert')).toContainText('has stopped');
  await expect
    .poll(() => page.evaluate(`api.app.snapshot(null).then(({ value }) => value.snapshot.evidenceProcess)`))
    .toBe('running');
  await console.getByRole('button', { name: 'Connect again' }).last().click();
  await expect(state).toHaveText(/^Connected to /);
});
