import { labOf, triggerLab } from '../fixtures/hooks';
import { expect, test } from '../fixtures/test';
import { instanceOf } from '../ui/pages';
import { unlockOf } from './unlock-page';

test('an account that an attack locked is unlocked over SSH, once it is isolated or all the same', async ({
  launch,
}) => {
  test.setTimeout(240_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  const unlock = unlockOf(page);
  const administrator = async () =>
    (await labOf(lockwatch))?.state.instances
      .find(({ name }) => name === 'web-01')
      ?.accounts.find(({ name }) => name === 'Administrator')?.state;

  await expect(page.locator('[data-instance]').filter({ hasText: 'web-01' })).not.toHaveAttribute(
    'data-status',
    'unknown',
    { timeout: 60_000 },
  );
  await triggerLab(lockwatch, { kind: 'attack', instance: 'web-01' });
  await expect.poll(administrator, { timeout: 90_000 }).toBe('locked');
  await expect(page.locator('[data-instance]').filter({ hasText: 'web-01' })).toHaveAttribute(
    'data-status',
    'locked',
    { timeout: 30_000 },
  );

  // Nothing is done before the admin has seen where, as whom and what may lock it again.
  await unlock.openUnlock('web-01', 'Administrator');
  await expect(unlock.dialog.getByText('A local account of web-01, unlocked there over SSH.')).toBeVisible();
  await expect(unlock.dialog.getByText('This looks like an attack.', { exact: false })).toBeVisible();
  await expect(unlock.dialog.getByText('At the pace of the failures', { exact: false })).toBeVisible();
  await expect(unlock.button('Isolate first')).toBeVisible();
  await lockwatch.screenshot('unlock-1-plan');
  expect(await administrator()).toBe('locked');

  // The attack is over: it is unlocked, read again, and seen by its own evidence.
  await triggerLab(lockwatch, { kind: 'stopAttack', instance: 'web-01' });
  await unlock.dialog.getByLabel('Reason').fill('Called the admin');
  await unlock.button('Unlock Administrator all the same').click();
  await expect(
    unlock.dialog.getByText('Administrator is unlocked. It was read again on web-01: not locked.'),
  ).toBeVisible({ timeout: 30_000 });
  await lockwatch.screenshot('unlock-2-done');
  await expect.poll(administrator).toBe('clear');
  await unlock.button('Close').click();
  await expect(instanceOf(page).account('Administrator').getByText('Clear')).toBeVisible({ timeout: 30_000 });
  await instanceOf(page).tab('Evidence').click();
  await expect(page.getByText('4767').first()).toBeVisible({ timeout: 30_000 });
  await lockwatch.screenshot('unlock-3-evidence');

  // On record, before and after.
  await page.getByRole('navigation').getByRole('button', { name: 'Audit' }).click();
  await page.getByRole('searchbox').fill('Called the admin');
  await expect(page.getByRole('row').filter({ hasText: 'Unlock account' })).toHaveCount(2);

  // What is not locked is not unlocked.
  const view = (await page.evaluate(
    `api.app.snapshot(null).then(({ value }) => value.snapshot.fleet.find(({ computer }) => computer === 'LAB-WEB-01'))`,
  )) as { id: string };
  const plan = await page.evaluate(
    `api.unlock.plan({ id: '${view.id}', accountKey: 'administrator' }).then(({ value }) => value)`,
  );
  expect(plan).toMatchObject({ plan: null, refusal: { key: 'unlock.refusal.notLocked' } });
  const self = await page.evaluate(
    `api.unlock.plan({ id: '${view.id}', accountKey: 'watcher' }).then(({ value }) => value)`,
  );
  expect(self).toMatchObject({ plan: null, refusal: { key: 'unlock.refusal.self' } });
});
