import type { Locator, Page } from '@playwright/test';
import type { Checklist, ChecklistPartId } from '../../shared/checklist';
import { labOf, pressTray, trayOf, triggerLab } from '../fixtures/hooks';
import type { LockwatchApp } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';
import { isolationOf, snapshotOf } from '../isolation/isolation-page';
import { accessibilityProblems } from '../ui/axe';
import { fleetOf } from '../ui/pages';

const NAME = 'web-01';
const ACCOUNT = 'Administrator';

const part = (page: Page, id: ChecklistPartId): Locator => page.locator(`#part-${id}`);
const expectState = (page: Page, id: ChecklistPartId, state: string, timeout = 60_000): Promise<void> =>
  expect(part(page, id)).toHaveAttribute('data-state', state, { timeout });
const checklistOf = async (page: Page): Promise<Checklist | undefined> => {
  const { checklists, profiles } = await snapshotOf(page);
  const id = profiles.find(({ name }) => name === NAME)?.id;
  return checklists.find((one) => one.instanceId === id && one.accountName === ACCOUNT);
};

/** The entry of the tray menu that leads to this account's checklist. */
async function trayEntry(lockwatch: LockwatchApp) {
  const items = (await trayOf(lockwatch))?.items ?? [];
  return items.find(
    (item) =>
      item.kind === 'action' &&
      item.label.key.startsWith('tray.checklist.next') &&
      item.label.params.instance === NAME &&
      item.label.params.account === ACCOUNT,
  );
}

test('from the attack to the closed incident, each step ticked by what shows that it is done', async ({
  launch,
}) => {
  test.setTimeout(15 * 60_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  const isolation = isolationOf(page);
  const picture = async (name: string, id?: ChecklistPartId): Promise<void> => {
    if (id) await part(page, id).evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await lockwatch.screenshot(`checklist-${name}`);
  };

  await expect(fleetOf(page).row(NAME)).not.toHaveAttribute('data-status', 'unknown', { timeout: 60_000 });
  await triggerLab(lockwatch, { kind: 'attack', instance: NAME });
  await expect
    .poll(async () => (await checklistOf(page))?.steps.at(1)?.parts.at(4)?.evidence?.key, {
      timeout: 180_000,
    })
    .toContain('locked');

  // The tray leads there, and does nothing.
  const entry = await trayEntry(lockwatch);
  if (entry?.kind !== 'action') throw new Error('The tray has no checklist');
  await pressTray(lockwatch, entry.action);
  await page.getByRole('heading', { level: 1, name: `Checklist for ${NAME}` }).waitFor();
  await expect(part(page, 'originalsRecorded')).toBeFocused();
  await expect(part(page, 'isolated')).toHaveAttribute('data-state', 'todo');
  await expect(page.getByText('Waiting does not help while this goes on', { exact: false })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await picture('1-locked');
  await page.evaluate(`api.settings.save({ theme: 'dark' })`);
  await expect(page.locator('html'))
    .toHaveAttribute('data-theme', 'dark')
    .catch(() => undefined);
  await picture('1-locked-dark');
  await page.evaluate(`api.settings.save({ theme: 'light' })`);

  // Step 1.
  await part(page, 'isolated').getByRole('button', { name: 'Isolate…' }).click();
  await isolation.confirm('Isolate');
  await expect(isolation.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  await isolation.close();
  await expectState(page, 'originalsRecorded', 'done');
  // Members of its own group still get in: that is not done, and it is said.
  await expectState(page, 'isolated', 'doing');
  await expect(part(page, 'isolated')).toContainText('members of its own group');
  await picture('2-isolated');

  // Step 2: the way to the console by hand, the sign-in there by evidence.
  await part(page, 'ctrlAltDel').getByRole('button', { name: 'I have done this' }).click();
  await expect(part(page, 'ctrlAltDel')).toContainText('Ticked by hand');
  await triggerLab(lockwatch, { kind: 'consoleSignIn', instance: NAME, account: ACCOUNT });
  await expectState(page, 'consoleSignIn', 'done');
  await expectState(page, 'ctrlAltDel', 'done');
  await expect(part(page, 'ctrlAltDel')).toContainText('Shown by evidence');
  await expectState(page, 'accountUnlocked', 'done');
  await picture('3-unlocked', 'consoleSignIn');

  // Step 3.
  await part(page, 'trustedRule').getByRole('button', { name: 'Restore to trusted addresses…' }).click();
  await isolation.dialog.getByLabel('Trusted addresses').fill('');
  await isolation.confirm('Find my public address');
  await isolation.confirm(`Add ${(await labOf(lockwatch))?.state.adminAddress}/32`);
  await isolation.confirm('Show the plan');
  await isolation.confirm('Let only these in');
  await expect(isolation.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  await isolation.close();
  await expectState(page, 'trustedRule', 'done');
  await expectState(page, 'isolated', 'done');
  await picture('4-restored', 'trustedRule');

  // Step 4.
  await part(page, 'rdpAnswers').getByRole('button', { name: 'Test Remote Desktop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Probe from here' }).click();
  await expectState(page, 'rdpAnswers', 'done');
  await page.keyboard.press('Escape');
  await triggerLab(lockwatch, { kind: 'rdpSignIn', instance: NAME, account: ACCOUNT });
  await expectState(page, 'signedInAgain', 'done');
  await expectState(page, 'accountClear', 'done');
  await expectState(page, 'quiet', 'doing');
  await picture('5-waiting', 'quiet');
  const incidentId = (await checklistOf(page))?.incidentId;

  // Nothing fails any more, so the incident closes by proof and its checklist with it.
  await page
    .getByRole('heading', { level: 1, name: 'This checklist is closed' })
    .waitFor({ timeout: 300_000 });
  await expect
    .poll(async () => (await snapshotOf(page)).incidents.find(({ id }) => id === incidentId))
    .toMatchObject({ state: 'closed', closedBy: 'proof' });
  await page.getByRole('button', { name: 'Open the record' }).click();
  await expect(page.getByText('No new failures: done, shown by evidence.')).toBeVisible();
  await picture('6-record');
  expect(await trayEntry(lockwatch)).toBeUndefined();
});

test('what was ticked is there again after a restart', async ({ launch }) => {
  test.setTimeout(5 * 60_000);
  const first = await launch({ args: ['--lab'] });
  const page = await first.page();
  await triggerLab(first, { kind: 'attack', instance: NAME });
  await expect.poll(async () => (await checklistOf(page)) !== undefined, { timeout: 180_000 }).toBe(true);
  const before = await checklistOf(page);
  const tick = { incidentId: before?.incidentId, part: 'consoleOpened', done: true };
  await page.evaluate(`api.checklist.tick(${JSON.stringify(tick)})`);
  await first.quit();
  const second = await launch({ args: ['--lab'], userData: first.userData });
  const again = await second.page();
  await expect
    .poll(
      async () => {
        const { checklists } = await snapshotOf(again);
        const same = checklists.find(({ incidentId }) => incidentId === before?.incidentId);
        return same?.steps.flatMap(({ parts }) => parts).find(({ id }) => id === 'consoleOpened')?.by;
      },
      { timeout: 60_000 },
    )
    .toBe('hand');
});
