import type { Page } from '@playwright/test';
import { labOf, notificationsOf, triggerLab } from '../fixtures/hooks';
import type { LockwatchApp } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';
import { snapshotOf } from '../isolation/isolation-page';
import { accessibilityProblems } from '../ui/axe';
import { directoryOf } from './directory-page';

const DOMAIN = 'lab.practice';
const PDC = 'dc1.lab.practice';
const OTHER = 'dc2.lab.practice';
const ACCOUNT = 'anna.berg';
const UNTIL_ADMIN = 'rosa.lopez';

const truth = async (lockwatch: LockwatchApp): Promise<readonly string[]> =>
  (await labOf(lockwatch))?.state.directory?.locked ?? [];

async function inBothThemes(page: Page, lockwatch: LockwatchApp, name: string): Promise<void> {
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot(`directory-${name}`);
  await page.evaluate(`api.settings.save({ theme: 'dark' })`);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot(`directory-${name}-dark`);
  await page.evaluate(`api.settings.save({ theme: 'light' })`);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
}

test('a domain account is locked, compared at its controllers, unlocked from the app and clear', async ({
  launch,
}) => {
  test.setTimeout(8 * 60_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  const directory = directoryOf(page);
  await expect
    .poll(async () => (await snapshotOf(page)).directories[0]?.status, { timeout: 90_000 })
    .toBe('locked');
  await directory.open();
  await expect(directory.summary).toHaveAttribute('data-status', 'locked');
  // Governed by a stricter policy of its own, which never unlocks by itself.
  await expect(directory.account(UNTIL_ADMIN)).toContainText('Locked until you unlock it');
  const others = (await truth(lockwatch)).filter((name) => name !== ACCOUNT);

  // Counting, then locked, at the controller that is not the PDC emulator.
  await triggerLab(lockwatch, { kind: 'directoryGuess', account: ACCOUNT, times: 2, at: 'dc2' });
  await expect(directory.account(ACCOUNT)).toHaveAttribute('data-status', 'counting', { timeout: 30_000 });
  await expect(directory.account(ACCOUNT)).toContainText('2 of 5');
  await triggerLab(lockwatch, { kind: 'directoryGuess', account: ACCOUNT, times: 3, at: 'dc2' });
  await expect(directory.account(ACCOUNT)).toHaveAttribute('data-status', 'locked', { timeout: 30_000 });
  await expect(directory.account(ACCOUNT)).toContainText(/Unlocks in \d+:\d\d/);
  await expect.poll(() => truth(lockwatch)).toContain(ACCOUNT);
  await expect
    .poll(async () => JSON.stringify(await notificationsOf(lockwatch)), { timeout: 30_000 })
    .toContain(ACCOUNT);
  await inBothThemes(page, lockwatch, '2-locked');

  // Every controller, the truth first.
  await directory.openControllers(ACCOUNT);
  const rows = directory.controllers.locator('tr[data-controller]');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toHaveAttribute('data-controller', PDC);
  await expect(rows.first()).toContainText('This is the truth');
  for (const host of [PDC, OTHER])
    await expect(directory.controller(host)).toHaveAttribute('data-status', 'locked');
  await inBothThemes(page, lockwatch, '3-controllers');

  // One of them goes down: it has a row that says so.
  await triggerLab(lockwatch, { kind: 'controllerPower', controller: 'dc2', up: false });
  await expect(async () => {
    await directory.press('Ask again');
    await expect(directory.controller(OTHER)).toHaveAttribute('data-status', 'unknown');
  }).toPass({ timeout: 60_000 });
  await expect(directory.controller(PDC)).toHaveAttribute('data-status', 'locked');
  await lockwatch.screenshot('directory-4-silent');
  await triggerLab(lockwatch, { kind: 'controllerPower', controller: 'dc2', up: true });

  // The one that decides goes down: what the other says is shown, and is not the truth.
  await triggerLab(lockwatch, { kind: 'controllerPower', controller: 'dc1', up: false });
  await expect(async () => {
    await directory.press('Ask again');
    await expect(directory.controller(PDC)).toHaveAttribute('data-status', 'unknown');
    await expect(directory.controller(OTHER)).toHaveAttribute('data-status', 'locked');
  }).toPass({ timeout: 60_000 });
  await expect(directory.dialog).toContainText(`${PDC}, the PDC emulator, does not answer`);
  await inBothThemes(page, lockwatch, '4b-pdc-down');
  await triggerLab(lockwatch, { kind: 'controllerPower', controller: 'dc1', up: true });
  await expect
    .poll(async () => (await snapshotOf(page)).directories[0]?.connection, { timeout: 90_000 })
    .toBe('following');
  await expect(async () => {
    await directory.press('Ask again');
    await expect(directory.controller(PDC)).toHaveAttribute('data-status', 'locked');
  }).toPass({ timeout: 60_000 });

  // The unlock, at the PDC emulator.
  await directory.press('Unlock…');
  await expect(directory.dialog).toContainText(`${PDC}, the PDC emulator of ${DOMAIN}`);
  await expect(directory.dialog).toContainText('Sets lockoutTime of');
  await inBothThemes(page, lockwatch, '5-unlock');
  await directory.press(`Unlock ${ACCOUNT}`);
  await expect(directory.dialog).toContainText(`${ACCOUNT} is unlocked. It was read again`, {
    timeout: 30_000,
  });
  await expect.poll(() => truth(lockwatch)).toEqual(others);
  await lockwatch.screenshot('directory-6-unlocked');

  // Clear at the PDC emulator; the other keeps its count, and the table says what that means.
  await directory.press('What every controller says');
  await expect(directory.controller(PDC)).toHaveAttribute('data-status', 'clear', { timeout: 30_000 });
  await expect(directory.controller(OTHER)).toHaveAttribute('data-status', 'counting', { timeout: 30_000 });
  await expect(directory.controllers).toContainText('That count has no effect any more.');
  await inBothThemes(page, lockwatch, '7-after');
  await directory.press('Close');
  await expect(directory.account(ACCOUNT)).toHaveCount(0, { timeout: 30_000 });
  await page.getByRole('navigation').getByRole('button', { name: 'Audit' }).click();
  await expect(page.getByText(ACCOUNT).first()).toBeVisible();
});
