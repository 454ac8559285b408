import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { incidentExportSchema } from '../../shared/incident-contract';
import { triggerLab } from '../fixtures/hooks';
import type { LockwatchApp } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';
import { accessibilityProblems } from '../ui/axe';
import { fleetOf } from '../ui/pages';
import { showIn } from '../ui/theme';

const openIncidents = (page: Page): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name: 'Incidents', exact: true }).click();

/** Answers the system's dialog for a place with a file in the data folder. */
async function savingTo({ electron, userData }: LockwatchApp, name: string): Promise<string> {
  const path = join(userData, name);
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  return path;
}

test('an attack in the practice lab becomes one incident, whose record can be read, noted, saved and closed', async ({
  launch,
}) => {
  test.setTimeout(240_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  await expect(fleetOf(page).row('web-01')).not.toHaveAttribute('data-status', 'unknown', {
    timeout: 60_000,
  });
  await triggerLab(lockwatch, { kind: 'attack', instance: 'web-01' });
  await openIncidents(page);
  const rows = page.getByRole('list', { name: 'Incidents, open ones first' }).getByRole('button');
  const attack = rows.filter({ hasText: 'Attack on web-01' });
  await expect(attack).toHaveCount(1, { timeout: 90_000 });
  await expect(attack).toContainText(/\d+ failures/);
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('incidents-light');
  await showIn(page, 'dark');
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('incidents-dark');
  await showIn(page, 'light');

  await test.step('it is found by who attacked and by whom, and not by anything else', async () => {
    const search = page.getByRole('searchbox');
    await search.fill('web-01 administrator');
    await expect(attack).toHaveCount(1);
    await search.fill('no such thing');
    await expect(page.getByText('No incident matches')).toBeVisible();
    await page.getByRole('button', { name: 'Clear search' }).click();
  });

  await attack.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Attack on web-01');
  await expect(page.getByRole('img', { name: /Chart of failed logons/ })).toBeVisible();
  const sources = page.getByRole('table', { name: 'Where the failures came from' });
  await expect(sources.getByRole('row').nth(1)).toBeVisible();

  await expect(page.getByText('Administrator was locked.')).toBeVisible({ timeout: 120_000 });

  await test.step('a note is kept', async () => {
    await page.getByRole('textbox', { name: 'Note' }).fill('Rang the owner, <b>no answer</b>');
    await page.getByRole('button', { name: 'Add note' }).click();
    await expect(page.getByText('Rang the owner, <b>no answer</b>')).toBeVisible();
  });
  expect(await accessibilityProblems(page)).toEqual([]);
  for (const theme of ['light', 'dark'] as const) {
    await showIn(page, theme);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('region', { name: 'In short' }).evaluate((element) => element.scrollIntoView());
    await lockwatch.screenshot(`incident-${theme}`);
    await page.getByRole('region', { name: 'History' }).evaluate((element) => element.scrollIntoView());
    await lockwatch.screenshot(`incident-history-${theme}`);
  }
  await showIn(page, 'high-contrast');
  expect(await accessibilityProblems(page, { contrast: false })).toEqual([]);
  await lockwatch.screenshot('incident-high-contrast');
  await showIn(page, 'light');

  await test.step('it is saved as Markdown, JSON and PDF', async () => {
    const saved = async (format: 'Markdown' | 'JSON' | 'PDF', name: string): Promise<Buffer> => {
      const path = await savingTo(lockwatch, name);
      await page.getByRole('button', { name: `Export ${format}` }).click();
      await expect.poll(() => existsSync(path), { timeout: 60_000 }).toBe(true);
      return readFileSync(path);
    };
    const markdown = (await saved('Markdown', 'record.md')).toString('utf8');
    expect(markdown).toContain('# Incident: Attack on web-01');
    expect(markdown).toContain('Rang the owner, \\<b\\>no answer\\</b\\>');
    const json = incidentExportSchema.parse(
      JSON.parse((await saved('JSON', 'record.json')).toString('utf8')),
    );
    expect(json.summary.verdict.kind).toBe('attack');
    expect(json.sources.length).toBeGreaterThan(0);
    expect((await saved('PDF', 'record.pdf')).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  });

  await test.step('it is closed by hand, and its file is there', async () => {
    await page.getByRole('button', { name: 'Close incident…' }).click();
    await lockwatch.screenshot('incident-close');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close incident', exact: true }).click();
    await expect(page.getByText('Closed by hand.').first()).toBeVisible();
    expect(readdirSync(join(lockwatch.userData, 'incidents')).some((name) => name.endsWith('.json'))).toBe(
      true,
    );
  });
});

test('the incident of an instance leads there and back, and is still there after the app was killed', async ({
  launch,
}) => {
  test.setTimeout(240_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  await expect(page.getByText('Practice. These instances are simulated')).toBeVisible();
  await expect(fleetOf(page).row('web-01')).not.toHaveAttribute('data-status', 'unknown', {
    timeout: 60_000,
  });
  await triggerLab(lockwatch, { kind: 'attack', instance: 'web-01' });
  await fleetOf(page).open('web-01');
  const show = page.getByRole('button', { name: 'Show incident' });
  await expect(show).toBeVisible({ timeout: 90_000 });
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('incident-on-instance');
  await show.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/web-01/);
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.fill('kept over a crash');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByText('kept over a crash')).toBeVisible();
  // The field is emptied once the note is on the disk, whatever showed it before.
  await expect(note).toHaveValue('');
  const folder = join(lockwatch.userData, 'incidents');
  await lockwatch.kill();
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  for (const text of texts) expect(JSON.parse(text)).toMatchObject({ version: 1 });
  expect(texts.filter((text) => text.includes('kept over a crash'))).toHaveLength(1);
});
