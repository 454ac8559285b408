import { expect, type Page } from '@playwright/test';
import { fleetOf, instanceOf } from '../ui/pages';

/** The two dialogs of unlocking, as an admin uses them. */
export const unlockOf = (page: Page) => {
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  const button = (name: string | RegExp) => dialog.getByRole('button', { name });
  return {
    dialog,
    button,
    step: (name: 'set' | 'reboot' | 'reach') => dialog.locator(`[data-step="${name}"]`),
    /** Opens the dialog for an account that is locked, from its row. */
    async openUnlock(instance: string, account: string): Promise<void> {
      if (!(await instanceOf(page).account(account).isVisible())) await fleetOf(page).open(instance);
      await page.getByRole('button', { name: `Unlock ${account}` }).click();
      await expect(dialog).toBeVisible();
    },
    /** Opens the dialog for a new password, from the account's details. */
    async openReset(instance: string, account: string): Promise<void> {
      if (!(await instanceOf(page).account(account).isVisible())) await fleetOf(page).open(instance);
      const showAll = page.getByRole('button', { name: /^Show the other/ });
      const row = instanceOf(page).account(account);
      if (!(await row.isVisible()) && (await showAll.count()) > 0) await showAll.first().click();
      const details = row.getByRole('button', { name: `Details of ${account}` });
      if ((await details.getAttribute('aria-expanded')) !== 'true') await details.click();
      await page.getByRole('button', { name: 'Reset password…' }).click();
      await expect(dialog).toBeVisible();
    },
  };
};
