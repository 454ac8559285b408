import type { Page } from '@playwright/test';
import { checkPassword } from '../../shared/password-rules';
import type { LockwatchApp } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';
import { filesBelow, processTraces, recordMessages } from '../fixtures/traces';
import {
  ADMINISTRATOR,
  addInstance,
  dataFor,
  passwordOf,
  pinHostKey,
  snapshotOf,
  withEstate,
} from './own-estate';
import { unlockOf } from './unlock-page';

const NAME = 'shop-01';

const connectionOf = async (page: Page, id: string): Promise<string | undefined> =>
  (await snapshotOf(page)).fleet.find((view) => view.id === id)?.connection;
const resetOf = async (page: Page) => (await snapshotOf(page)).passwordResets[0];
const clipboardOf = (lockwatch: LockwatchApp): Promise<string> =>
  lockwatch.electron.evaluate(async ({ clipboard }) => await clipboard.readText());

/** No form of a secret in any file of the app's. */
function expectNoTrace(userData: string, secrets: Readonly<Record<string, string>>): void {
  const files = filesBelow(userData);
  expect([...files.keys()].join()).toContain('password-resets.json');
  for (const [path, content] of files)
    for (const [name, secret] of Object.entries(secrets))
      for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret, 'utf16le')])
        expect(content.includes(form), `${name} in ${path}`).toBe(false);
}

test('a password is set, the instance rebooted, and the new one holds; no trace of it is left', async ({
  launch,
}) => {
  test.setTimeout(240_000);
  await withEstate(async (estate) => {
    const { accountId, ...data } = await dataFor(estate);
    const lockwatch = await launch(data);
    const page = await lockwatch.page();
    const unlock = unlockOf(page);
    const old = passwordOf(estate);
    const id = await addInstance(page, estate, accountId, NAME);
    await expect.poll(() => pinHostKey(page, id), { timeout: 60_000 }).toBe(true);
    await expect.poll(() => connectionOf(page, id), { timeout: 60_000 }).toBe('following');
    await lockwatch.electron.evaluate(({ clipboard }) => clipboard.writeText('what the admin copied'));
    const messages = await recordMessages(lockwatch);

    // The rules speak while it is typed; nothing goes anywhere yet.
    await unlock.openReset(NAME, ADMINISTRATOR);
    const field = unlock.dialog.getByLabel('New password', { exact: false }).first();
    const set = unlock.button('Set the password');
    await field.fill('/short');
    await expect(unlock.dialog.getByText('At least 8 characters; this has 6.')).toBeVisible();
    await expect(unlock.dialog.getByText('A Windows password must not begin with a slash.')).toBeVisible();
    await expect(set).toBeDisabled();
    await lockwatch.screenshot('reset-1-rules');
    await unlock.button('Generate one').click();
    const password = await field.inputValue();
    expect(checkPassword(password, ADMINISTRATOR)).toEqual({ errors: [], warnings: [] });
    await expect(unlock.dialog.getByText('The cloud takes this password.')).toBeVisible();
    await unlock.dialog.getByLabel('Keep the new password for Lockwatch’s own sign-in').check();
    await lockwatch.screenshot('reset-2-generated');
    await set.click();
    await expect(unlock.step('set')).toHaveAttribute('data-state', 'done', { timeout: 30_000 });
    expect(passwordOf(estate)).toBe(old);

    // Copied by main on demand, and shown here as long as this is open.
    await unlock.button('Copy the password').click();
    await expect(unlock.dialog.getByText('Copied.', { exact: false })).toBeVisible();
    expect(await clipboardOf(lockwatch)).toBe(password);
    await lockwatch.screenshot('reset-3-set');

    // The reboot has a confirmation of its own.
    const reboot = unlock.button('Reboot now');
    await expect(reboot).toBeDisabled();
    await unlock.dialog.getByLabel(`Reboot ${NAME} now`, { exact: false }).check();
    await reboot.click();
    await expect(unlock.step('reboot')).toHaveAttribute('data-state', 'doing', { timeout: 30_000 });
    await expect.poll(async () => (await resetOf(page))?.seenDown, { timeout: 30_000 }).toBe(true);
    await lockwatch.screenshot('reset-4-rebooting');
    await expect(unlock.step('reboot')).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
    await expect(unlock.step('reach')).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
    await lockwatch.screenshot('reset-5-done');

    // By the machine itself: the new one is right, the old one is not. And Lockwatch signs in with the new one.
    expect(passwordOf(estate)).toBe(password);
    expect(password).not.toBe(old);
    const { windows } = estate.instance('web-01');
    expect(windows.sam.logon(ADMINISTRATOR, old, 'interactive', windows.now()).answer).toBe('wrongPassword');
    expect(windows.sam.logon(ADMINISTRATOR, password, 'interactive', windows.now()).answer).toBe('success');
    await expect.poll(() => connectionOf(page, id)).toBe('following');
    await expect(unlock.dialog.getByText('Lockwatch now signs in with the new password.')).toBeVisible();
    await unlock.button('Close').click();
    await expect(unlock.dialog).toHaveCount(0);
    await expect.poll(() => resetOf(page)).toBeUndefined();

    // No trace: not in a message, a command line, the page, or a file; and the clipboard is cleared at the end.
    const secrets = { password, 'old password': old };
    const sent = await messages.all();
    expect(sent).toContain('passwordReset.begin');
    for (const [name, secret] of Object.entries(secrets)) {
      expect(sent.includes(secret), `${name} in a message to the window`).toBe(false);
      for (const { type, commandLine } of await processTraces(lockwatch))
        expect(commandLine.includes(secret), `${name} in the command line of ${type}`).toBe(false);
    }
    expect(await page.evaluate(`document.documentElement.outerHTML`)).not.toContain(password);
    await lockwatch.quit();
    expectNoTrace(lockwatch.userData, secrets);
    expect(JSON.stringify(estate.cloud.ecs.calls)).not.toContain(password);
  });
});

test('the app is killed before the reboot; at the next start the reboot still waits', async ({ launch }) => {
  test.setTimeout(180_000);
  await withEstate(async (estate) => {
    const { accountId, ...data } = await dataFor(estate);
    const first = await launch(data);
    const page = await first.page();
    const unlock = unlockOf(page);
    const id = await addInstance(page, estate, accountId, NAME);
    await expect.poll(() => pinHostKey(page, id), { timeout: 60_000 }).toBe(true);
    await expect.poll(() => connectionOf(page, id), { timeout: 60_000 }).toBe('following');
    await unlock.openReset(NAME, ADMINISTRATOR);
    await unlock.button('Generate one').click();
    await unlock.button('Set the password').click();
    await expect(unlock.step('set')).toHaveAttribute('data-state', 'done', { timeout: 30_000 });
    await first.kill();

    const second = await launch(data);
    const again = await second.page();
    const later = unlockOf(again);
    await expect.poll(async () => (await resetOf(again))?.phase, { timeout: 30_000 }).toBe('set');
    await later.openInstance(NAME);
    await expect(again.getByText('waits for a reboot of', { exact: false })).toBeVisible();
    await second.screenshot('reset-6-pending');
    await again.getByRole('button', { name: 'Show…' }).click();
    await expect(later.dialog.getByText('Lockwatch no longer has the password.')).toBeVisible();
    await expect(later.button('Copy the password')).toHaveCount(0);
    await later.dialog.getByLabel(`Reboot ${NAME} now`, { exact: false }).check();
    await later.button('Reboot now').click();
    await expect(later.step('reboot')).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
    await expect.poll(async () => (await resetOf(again))?.held).toBe(false);
    await second.screenshot('reset-7-after-restart');
  });
});
