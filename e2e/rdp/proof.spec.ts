import { expect, test } from '../fixtures/test';
import { isolationOf } from '../isolation/isolation-page';
import { accessibilityProblems } from '../ui/axe';
import { fleetOf } from '../ui/pages';
import { showIn, themes } from '../ui/theme';

test('Remote Desktop is proved from here and through SSH, and its silence while isolated is good news', async ({
  launch,
}) => {
  test.setTimeout(240_000);
  const lockwatch = await launch({ args: ['--lab'] });
  const page = await lockwatch.page();
  await expect(fleetOf(page).row('web-01')).not.toHaveAttribute('data-status', 'unknown', {
    timeout: 60_000,
  });
  const isolation = isolationOf(page);
  await isolation.open('web-01');
  const panel = page.getByRole('region', { name: 'Remote Desktop' });
  const proof = (via: 'here' | 'tunnel') => panel.locator(`article[data-via="${via}"]`);
  const picture = async (name: string): Promise<void> => {
    await panel.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await lockwatch.screenshot(name);
  };

  await panel.getByRole('button', { name: 'Probe from here' }).click();
  await expect(proof('here')).toHaveAttribute('data-verdict', 'rdpWithNla', { timeout: 30_000 });
  await expect(proof('here')).toContainText('Clients without Network Level Authentication are refused');
  await expect(proof('here')).toContainText('seen for the first time');
  await panel.getByRole('button', { name: 'Probe through SSH' }).click();
  await expect(proof('tunnel')).toHaveAttribute('data-verdict', 'rdpWithNla', { timeout: 30_000 });
  await panel.getByRole('button', { name: 'Probe from here' }).click();
  await expect(proof('here')).toContainText('the same as last time');
  for (const theme of themes) {
    await showIn(page, theme);
    expect(await accessibilityProblems(page, { contrast: theme !== 'high-contrast' })).toEqual([]);
    await picture(`rdp-1-answers-${theme}`);
  }
  await showIn(page, 'light');

  await isolation.act('Isolate…');
  await isolation.confirm('Isolate');
  await expect(isolation.result).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  await isolation.close();
  await panel.getByRole('button', { name: 'Probe from here' }).click();
  await expect(proof('here')).toHaveAttribute('data-verdict', 'closedByRule', { timeout: 30_000 });
  await expect(proof('here')).toHaveAttribute('data-tone', 'good');
  await panel.getByRole('button', { name: 'Probe through SSH' }).click();
  await expect(proof('tunnel')).toContainText('the same as last time', { timeout: 30_000 });
  await picture('rdp-2-isolated');

  await panel.getByRole('button', { name: 'Connect' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/none is stored or handed over/)).toBeVisible();
  await expect(dialog.getByText(/closed from here/)).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await lockwatch.screenshot('rdp-3-connect');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
