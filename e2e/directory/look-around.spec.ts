import { expect, test } from '../fixtures/test';
import { snapshotOf } from '../isolation/isolation-page';
import { accessibilityProblems } from '../ui/axe';
import { directoryOf } from './directory-page';

test('an admin looks around in the practice domain: names, check, form, policy', async ({ launch }) => {
  test.setTimeout(6 * 60_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  const directory = directoryOf(page);
  await expect
    .poll(async () => (await snapshotOf(page)).directories[0]?.status, { timeout: 90_000 })
    .toBe('locked');
  await directory.open();

  // Names with whatever means something in a filter find themselves and nobody else.
  for (const [typed, account] of [
    ['Miller, George (Accounts)', 'george.miller'],
    ['Lena * Star', 'lena.star'],
    ['Jack "Jay" Quinn', 'jack.quoted'],
    ['Paul \\ Slash', 'paul.slash'],
    ['陈丽', 'chen.li'],
  ] as const) {
    await directory.search.fill(typed);
    await expect(directory.account(account)).toHaveAttribute('data-status', 'clear');
    await expect(page.locator('tr[data-account]')).toHaveCount(1);
  }
  await directory.search.fill('*)(objectClass=*');
  await expect(page.getByText('No account of the domain matches')).toBeVisible();
  await directory.search.fill('');

  await page.getByRole('button', { name: 'Check connection' }).click();
  await expect(directory.dialog.getByText(/^(Everything works\.|It works, with)/)).toBeVisible({
    timeout: 60_000,
  });
  // The clock is told with the first answer, and costs no time of its own.
  for (const step of await directory.dialog.locator('[data-step]:not([data-step="clock"])').all())
    await expect(step).toContainText(/\d ms$/);
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('directory-check');

  // The form: nothing of the password comes back, and leaving with changes asks.
  await directory.press('Edit');
  const form = page.getByRole('dialog', { name: 'Edit lab.practice' });
  await expect(form.getByLabel('Password', { exact: true })).toHaveValue('');
  await form.getByRole('radio', { name: 'None', exact: true }).click();
  await expect(form.getByText('goes over the network as plain text')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('directory-form');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Choose an encryption, or say that you want it without.')).toBeVisible();
  await form.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard changes' }).click();
  expect((await snapshotOf(page)).directoryProfiles[0]?.transport).toBe('ldaps');

  await page.getByRole('button', { name: 'What other values would have done…' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /lab\.practice/ })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('practice-directory-policy');
  await page.getByRole('button', { name: 'Back' }).click();

  // Deleted at once, and back by the toast.
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'See the lockouts of a whole domain' }),
  ).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('directory-empty');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(directory.summary).toHaveAttribute('data-status', 'locked', { timeout: 60_000 });
});
