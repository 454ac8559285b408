import { expect, test } from '../fixtures/test';
import { accessibilityProblems } from './axe';
import { fleetOf, instanceOf } from './pages';

test('an admin looks around in the practice lab, by keyboard', async ({ launch }) => {
  test.setTimeout(120_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  const fleet = fleetOf(page);
  await expect(page.getByText('Practice. These instances are simulated')).toBeVisible();
  for (const name of ['web-01', 'app-02', 'db-03']) {
    await expect(fleet.row(name)).toContainText('Practice');
    await expect(fleet.row(name)).not.toHaveAttribute('data-status', 'unknown', { timeout: 60_000 });
  }
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('fleet-practice');

  await page.keyboard.press('/');
  await expect(fleet.search).toBeFocused();
  await page.keyboard.type('web-01');
  await expect(page.locator('[data-instance]')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(fleet.row('web-01')).toBeFocused();
  await page.keyboard.press('Enter');

  const instance = instanceOf(page);
  await expect(instance.title).toHaveText('web-01');
  await expect(instance.account('Administrator')).toContainText(/of 10/, { timeout: 60_000 });
  await expect(instance.table('Where the failures come from').getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByText(/\d+ failures? \(/)).toBeVisible();
  await expect(page.getByRole('img', { name: /Chart of failed logons/ })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('instance-practice');

  await instance.tab('Evidence').click();
  const events = instance.table('Events');
  await expect(events.getByRole('row').nth(1)).toBeVisible();
  await events
    .getByRole('button', { name: /^Fields of record/ })
    .first()
    .click();
  await expect(events).toContainText('Channel');
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('evidence-practice');
  await instance.tab('Diagnosis').click();
  await expect(page.getByText('Auditing of failed logons')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.keyboard.press('Alt+ArrowLeft');
  await expect(fleet.row('web-01')).toBeFocused();
});

test('the connection check of a practice instance shows each step with its time', async ({ launch }) => {
  test.setTimeout(120_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  await expect(fleetOf(page).row('db-03')).toHaveAttribute('data-status', 'clear', { timeout: 60_000 });
  await fleetOf(page).choose('db-03', 'Check connection');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^(Everything works\.|It works, with)/)).toBeVisible({ timeout: 60_000 });
  const steps = dialog.getByRole('listitem');
  await expect(steps).toHaveCount(10);
  for (const step of await steps.all()) await expect(step).toContainText(/\d ms$/);
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('check-practice');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toHaveCount(0);
});
