import { expect, test } from '../fixtures/test';
import { accessibilityProblems } from './axe';
import { formOf, navigate } from './pages';
import { showIn, themes } from './theme';

test('the first window explains itself, in every theme', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Watch your first Windows instance');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const theme of themes) {
    await showIn(page, theme);
    const contrast = theme !== 'high-contrast';
    expect(await accessibilityProblems(page, { contrast }), theme).toEqual([]);
    await lockwatch.screenshot(`first-run-${theme}`);
  }
});

test('styles carry the nonce: nothing is refused by the content security policy', async ({ launch }) => {
  const lockwatch = await launch();
  const page = await lockwatch.page();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  await page.reload();
  const button = page.getByRole('button', { name: 'Add instance' });
  await expect(button).toBeVisible();
  const background = await button.evaluate('(element) => getComputedStyle(element).backgroundColor');
  expect(background).not.toBe('rgba(0, 0, 0, 0)');
  await page.keyboard.press('Control+n');
  await expect(formOf(page).drawer).toBeVisible();
  expect(refused).toEqual([]);
});

test('the form says what is missing, guards what was typed, and gives the focus back', async ({
  lockwatch,
}) => {
  const page = await lockwatch.page();
  const form = formOf(page);
  const add = page.getByRole('button', { name: 'Add instance' });
  await add.focus();
  await page.keyboard.press('Enter');
  await expect(form.field('name')).toBeFocused();
  expect(await accessibilityProblems(page)).toEqual([]);
  await form.save.click();
  await expect(form.drawer.getByText('3 fields need your attention.')).toBeVisible();
  await expect(form.field('name')).toBeFocused();
  await lockwatch.screenshot('profile-form-errors');

  await form.field('name').fill('web-01');
  await page.keyboard.press('Escape');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Discard your changes?');
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await expect(form.field('name')).toHaveValue('web-01');
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Discard changes' }).click();
  await expect(form.drawer).toHaveCount(0);
  await expect(add).toBeFocused();
});

test('every page passes axe', async ({ lockwatch }) => {
  const page = await lockwatch.page();
  for (const name of ['Saved log', 'Settings'] as const) {
    await navigate(page, name);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    expect(await accessibilityProblems(page), name).toEqual([]);
    await lockwatch.screenshot(name.toLowerCase().replace(' ', '-'));
  }
});
