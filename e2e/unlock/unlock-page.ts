import { expect, type Page } from '@playwright/test';
import { fleetOf, instanceOf } from '../ui/pages';

/** The two dialogs of unlocking, as an admin uses them. */
export const unlockOf = (page: Page) => {
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  const button = (name: string | RegExp) => dialog.getByRole('button', { name });
  /** The list changes its order while events come in: what is searched for stays where it is. */
  async function openInstance(name: string): Promise<void> {
    const { search, row, open } = fleetOf(page);
    await search.fill(name);
    await expect(row(name)).toBeVisible();
    await open(name);
    await expect(instanceOf(page).title).toHaveText(name);
  }
  return {
    dialog,
    openInstance,
    button,
    step: (name: 'set' | 'reboot' | 'reach') => dialog.locator(`[data-step="${name}"]`),
    /** Opens the dialog for an account that is locked, from its row. */
    async openUnlock(instance: string, account: string): Promise<void> {
      await openInstance(instance);
      await page.getByRole('button', { name: `Unlock ${account}` }).click();
      await expect(dialog).toBeVisible();
    },
    /** Opens the dialog for a new password, from the account's details. */
    async openReset(instance: string, account: string): Promise<void> {
      await openInstance(instance);
      const showAll = page.getByRole('button', { name: /^Show the other/ });
      const row = instanceOf(page).account(account);
      await row.or(showAll).first().waitFor();
      if (!(await row.isVisible())) await showAll.click();
      const details = row.getByRole('button', { name: `Details of ${account}` });
      if ((await details.getAttribute('aria-expanded')) !== 'true') await details.click();
      await page.getByRole('button', { name: 'Reset password…' }).click();
      await expect(dialog).toBeVisible();
    },
  };
};
