import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parsePage } from '../../electron/runbook/page-text';
import { runbookPageIds } from '../../shared/runbook';
import { appFolder } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';
import { accessibilityProblems } from '../ui/axe';
import { showIn, themes } from '../ui/theme';

const ERROR =
  'The user account has been locked because there were too many logon attempts or password change attempts.';

const field = (page: Page) => page.getByRole('textbox', { name: 'Search the runbook' });
const firstHit = (page: Page) => page.getByRole('list', { name: 'Found' }).getByRole('button').first();
const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** Opens the search once the window listens to keys. */
async function openSearch(page: Page): Promise<void> {
  await expect(title(page)).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
}

/** Every address that the window's session asks for from now on. */
function watchRequests(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => seen.push(request.url()));
  return seen;
}

test('finds with the network off, and asks nobody', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  await lockwatch.electron.evaluate(({ session }) =>
    session.defaultSession.enableNetworkEmulation({ offline: true }),
  );
  const seen = watchRequests(page);
  await openSearch(page);
  for (const [text, place, file] of [
    [ERROR, 'The error on each client', 'error'],
    ['4740', 'Events, one by one › Locked, unlocked', '4740'],
    ['0xC0000234', 'Status codes of failed sign-ins › NTSTATUS, in 4625 and 4776', 'code'],
    ['unlock', 'Unlock without the console', 'unlock'],
    ['lost everything', 'I have lost RDP, SSH and VNC', 'lost'],
  ] as const) {
    await field(page).fill(text);
    await expect(firstHit(page)).toContainText(place);
    await lockwatch.screenshot(`runbook-search-${file}`);
    process.stdout.write(`runbook, network off: ${JSON.stringify(text)} finds ${place}\n`);
  }
  expect(seen.filter((url) => !url.startsWith('lockwatch://app/'))).toEqual([]);
});

test('opens the first hit with Enter, at its place, and goes back the way one came', async ({
  lockwatch,
}) => {
  const page = await lockwatch.page();
  await openSearch(page);
  await field(page).fill('3221226036');
  await expect(firstHit(page)).toContainText('0xC0000234');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('Status codes of failed sign-ins');
  const row = page.getByRole('row', { name: /STATUS_ACCOUNT_LOCKED_OUT/ });
  await expect(row).toBeInViewport();
  await expect(row).toHaveAttribute('data-sought', 'true');
  await lockwatch.screenshot('runbook-code');

  await page.getByRole('main').getByRole('link', { name: 'Previous passwords' }).first().click();
  await expect(title(page)).toHaveText('Previous passwords: the exception that hides');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(title(page)).toHaveText('Status codes of failed sign-ins');
  await page.getByRole('button', { name: 'Forward' }).click();
  await expect(title(page)).toHaveText('Previous passwords: the exception that hides');
  for (let back = 0; back < 3; back++) await page.keyboard.press('Alt+ArrowLeft');
  await expect(title(page)).toHaveText('Watch your first Windows instance');
});

test('F1 explains the page that is shown', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  await page.getByRole('button', { name: 'Audit', exact: true }).click();
  await page.keyboard.press('F1');
  await expect(title(page)).toHaveText('After the incident: recommendations as checks');
  await page.getByRole('main').getByRole('link', { name: 'audit trail', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Audit', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
});

test('takes a search of 10,000 characters, and one that finds nothing', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  await openSearch(page);
  await field(page).fill(`${'lorem ipsum '.repeat(830)} 0xC000006A`);
  await expect(firstHit(page)).toContainText('STATUS_WRONG_PASSWORD');
  await field(page).fill('qqqqqqqqqq');
  await expect(page.getByText('Nothing was found. Try fewer words')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveValue('');
  await expect(title(page)).toHaveText('Runbook');
});

test('copies a command', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  await openSearch(page);
  await field(page).fill('auditpol');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('Audit settings that the evidence needs');
  const code = page.locator('pre', { hasText: 'auditpol /backup' });
  await code.locator('..').getByRole('button').click();
  await expect(code.locator('..').getByRole('button')).toHaveText('Copied');
  const copied = await lockwatch.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain('auditpol /backup /file:%TEMP%\\audit.csv');
});

test('saves a page as PDF where the admin says, and does nothing where none is said', async ({
  lockwatch,
}) => {
  const page = await lockwatch.page();
  const file = join(lockwatch.userData, 'page.pdf');
  const answerDialog = (filePath: string): Promise<void> =>
    lockwatch.electron.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: path === '', filePath: path });
    }, filePath);
  await openSearch(page);
  await field(page).fill('4740');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('Events, one by one');
  await answerDialog('');
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  await answerDialog(file);
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  await expect(page.getByText(`Saved as ${file}`)).toBeVisible();
  await expect(page.getByText(/^Saved as/)).toHaveCount(1);
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  expect(await lockwatch.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(
    1,
  );
});

test('reads well in every theme and width', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  await openSearch(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const theme of themes) {
    const contrast = theme !== 'high-contrast';
    await showIn(page, theme);
    await page.getByRole('button', { name: 'Contents' }).click();
    await expect(title(page)).toHaveText('Runbook');
    expect(await accessibilityProblems(page, { contrast }), theme).toEqual([]);
    await lockwatch.screenshot(`runbook-contents-${theme}`);
    await page.getByRole('main').getByRole('button', { name: 'Start here' }).click();
    await expect(title(page)).toHaveText('Start here: the first two minutes');
    expect(await accessibilityProblems(page, { contrast }), theme).toEqual([]);
    await lockwatch.screenshot(`runbook-page-${theme}`);
  }
});

test('every page opens', async ({ lockwatch }) => {
  test.slow();
  const page = await lockwatch.page();
  await openSearch(page);
  for (const id of runbookPageIds) {
    const { head } = parsePage(readFileSync(join(appFolder, 'runbook', 'en', `${id}.md`), 'utf8'));
    await page.getByRole('button', { name: 'Contents' }).click();
    await page
      .getByRole('main')
      .getByRole('button', { name: `${head.title} ${head.summary}` })
      .click();
    await expect(title(page)).toHaveText(head.title);
    await expect(page.getByRole('heading', { level: 2, name: 'Sources' })).toBeAttached();
  }
});
