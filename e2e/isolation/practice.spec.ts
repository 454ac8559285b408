import { labOf, notificationsOf, pressTray, trayOf, triggerLab } from '../fixtures/hooks';
import { expect, test } from '../fixtures/test';
import { fleetOf } from '../ui/pages';
import { attackOn, isolationOf, reachesRdp, snapshotOf } from './isolation-page';

/** The lab's rates are those of its last ten seconds; a lull must be longer to count as one. */
const SETTLED = { timeout: 45_000 };

test('an attack is isolated, the admin let in again, and the original brought back', async ({ launch }) => {
  test.setTimeout(300_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  const isolation = isolationOf(page);
  const rates: Record<string, unknown>[] = [];
  const note = async (when: string): Promise<void> => {
    rates.push({ when, ...(await attackOn(lockwatch, 'web-01')) });
  };
  const titles = async () =>
    (await notificationsOf(lockwatch))
      .filter(({ outcome }) => outcome === 'shown')
      .map(({ value }) => value.title.key);

  // The attack arrives, is told, and the rules that let it in are shown.
  await expect(fleetOf(page).row('web-01')).not.toHaveAttribute('data-status', 'unknown', {
    timeout: 60_000,
  });
  await triggerLab(lockwatch, { kind: 'attack', instance: 'web-01' });
  await expect
    .poll(async () => (await attackOn(lockwatch, 'web-01')).allowedPerSecond, SETTLED)
    .toBeGreaterThan(0);
  await expect.poll(titles, { timeout: 90_000 }).toContain('notification.lockout.title');
  await isolation.open('web-01');
  await expect(isolation.exposure.locator('[data-danger="world"]').first()).toBeVisible();
  await expect(page.getByText('RDP (port 3389) is open to the world')).toBeVisible();
  expect(await reachesRdp(lockwatch, 'web-01')).toBe(true);
  await note('before');
  const panel = page.getByRole('heading', { name: 'Exposure and isolation' });
  const picture = async (name: string): Promise<void> => {
    await panel.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await lockwatch.screenshot(name);
  };
  await picture('isolation-1-exposure');

  // The tray only leads to the preview; nothing is done before the admin confirms.
  const isolate = (await trayOf(lockwatch))?.items.flatMap((item) =>
    item.kind === 'menu' && item.label.key === 'tray.isolate' ? item.items : [],
  )[0];
  if (isolate?.kind !== 'action') throw new Error('The tray offers no isolation');
  expect(isolate.label.params).toEqual({ instance: 'web-01' });
  await pressTray(lockwatch, isolate.action);
  await expect(isolation.dialog.getByText('No other instance is touched.')).toBeVisible();
  await isolation.dialog.getByLabel('Reason').fill('Password guessing');
  await isolation.dialog.getByLabel('Incident').fill('INC-1');
  await isolation.dialog.getByLabel('Reason').focus();
  expect((await snapshotOf(page)).isolation.every(({ state }) => state === 'none')).toBe(true);
  await lockwatch.screenshot('isolation-2-preview');

  await isolation.confirm('Isolate');
  await expect(isolation.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  await lockwatch.screenshot('isolation-3-result');
  await isolation.close();
  // Members of its own group still get in, whatever the rules say: that is no green.
  await expect(isolation.mark).toHaveAttribute('data-isolation', 'isolatedExcept');
  await expect(page.getByText('RDP (port 3389) is closed by the rules')).toBeVisible();
  await expect.poll(titles).toContain('notification.isolation.isolated.title');
  expect(await reachesRdp(lockwatch, 'web-01')).toBe(false);

  // By the lab's own count the attack goes on, and none of it arrives.
  const reached = (await attackOn(lockwatch, 'web-01')).allowed;
  await expect.poll(async () => (await attackOn(lockwatch, 'web-01')).allowedPerSecond, SETTLED).toBe(0);
  await expect
    .poll(async () => (await attackOn(lockwatch, 'web-01')).blockedPerSecond, SETTLED)
    .toBeGreaterThan(0);
  expect((await attackOn(lockwatch, 'web-01')).allowed).toBe(reached);
  await note('isolated');
  await picture('isolation-4-isolated');

  // Back for the admin alone.
  await isolation.act('Restore to trusted addresses…');
  await isolation.dialog.getByLabel('Trusted addresses').fill('');
  await isolation.confirm('Find my public address');
  const admin = (await labOf(lockwatch))?.state.adminAddress;
  await isolation.confirm(`Add ${admin}/32`);
  await isolation.confirm('Show the plan');
  await expect(
    isolation.dialog.getByText('Afterwards the rules let only the trusted addresses'),
  ).toBeVisible();
  await lockwatch.screenshot('isolation-5-restore-preview');
  await isolation.confirm('Let only these in');
  await expect(isolation.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  await isolation.close();
  await expect(isolation.mark).toHaveAttribute('data-isolation', 'trustedExcept');
  expect(await reachesRdp(lockwatch, 'web-01')).toBe(true);
  const keptOut = (await attackOn(lockwatch, 'web-01')).blocked;
  await expect
    .poll(async () => (await attackOn(lockwatch, 'web-01')).blocked, SETTLED)
    .toBeGreaterThan(keptOut + 2);
  expect((await attackOn(lockwatch, 'web-01')).allowed).toBe(reached);
  await note('trusted only');
  await picture('isolation-6-trusted');

  // The address changes: offered, planned, and the old one is out.
  await triggerLab(lockwatch, { kind: 'moveAdmin', address: '192.0.2.254' });
  await expect.poll(() => reachesRdp(lockwatch, 'web-01')).toBe(false);
  await expect.poll(titles, { timeout: 60_000 }).toContain('notification.address.title');
  const offer = page.getByRole('button', { name: 'Show the replacement' });
  await offer.click();
  await isolation.confirm('Replace the address');
  await expect(isolation.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  await isolation.close();
  await expect.poll(() => reachesRdp(lockwatch, 'web-01')).toBe(true);
  await expect(page.getByText('192.0.2.254/32').first()).toBeVisible();
  await picture('isolation-7-followed');

  // The original is open to the world: undoing wants its name typed.
  await isolation.act('Undo…');
  const undo = isolation.dialog.getByRole('button', { name: 'Undo', exact: true });
  await expect(isolation.dialog.getByLabel('Type web-01 to confirm')).toBeVisible();
  await expect(undo).toBeDisabled();
  await isolation.dialog.getByLabel('Type web-01 to confirm').fill('web-01');
  await lockwatch.screenshot('isolation-8-undo');
  await isolation.confirm('Undo');
  await expect(isolation.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  await isolation.close();
  await expect(page.getByText('RDP (port 3389) is open to the world')).toBeVisible();
  expect(await reachesRdp(lockwatch, 'web-01')).toBe(true);
  await expect
    .poll(async () => (await attackOn(lockwatch, 'web-01')).allowedPerSecond, SETTLED)
    .toBeGreaterThan(0);
  await note('undone');

  // Everything is on record, and the record holds.
  await page.getByRole('navigation').getByRole('button', { name: 'Audit' }).click();
  const auditRows = page.getByRole('row').filter({ hasText: 'web-01' });
  await expect(auditRows.first()).toBeVisible();
  await page.getByRole('searchbox').fill('Password guessing');
  await expect(auditRows.first()).toBeVisible();
  await auditRows.first().click();
  await lockwatch.screenshot('isolation-9-audit');
  const rows = await page.evaluate(() =>
    (globalThis as unknown as { api: import('../../shared/api').WindowApi }).api.audit.page({
      search: '',
      actions: [],
      instanceId: null,
      fromMs: null,
      toMs: null,
      beforeSeq: null,
      limit: 100,
    }),
  );
  if (!rows.ok) throw new Error(rows.error.code);
  expect(rows.value.breaks).toEqual([]);
  expect(rows.value.rows.map(({ action, outcome }) => `${action} ${outcome}`).reverse()).toEqual([
    'isolate begun',
    'isolate succeeded',
    'restoreToTrust begun',
    'restoreToTrust succeeded',
    'followAddress begun',
    'followAddress succeeded',
    'undo begun',
    'undo succeeded',
  ]);
  test.info().annotations.push({ type: 'attack', description: JSON.stringify(rates) });
  process.stdout.write(`attack on web-01 by the lab's own count: ${JSON.stringify(rates)}\n`);
});
