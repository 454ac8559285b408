import { X509Certificate } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { expect } from '../../fixtures/test';
import type { DomainController } from '../directory/samba/domain-controller';
import { ADMIN_PASSWORD } from '../directory/samba/provision';

/** The directories in the window, as an admin uses them. */
export const directoryWindow = (page: Page) => {
  const dialog = page.getByRole('dialog');
  const account = (name: string): Locator => page.locator(`tr[data-account="${name}"]`);
  const navigate = (to: string): Promise<void> =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: to }).click();
  return {
    dialog,
    account,
    navigate,
    summary: (name: string) => page.getByRole('region', { name, exact: true }),
    controllers: dialog.getByRole('table', { name: /^What every controller says of/ }),

    /** Adds the controller's domain, watched closely, its certificates taken one by one. */
    async add(dc: DomainController): Promise<void> {
      await navigate('Directories');
      await page.getByRole('button', { name: 'Add directory' }).first().click();
      const form = page.getByRole('dialog', { name: 'Add directory' });
      await form.getByRole('textbox', { name: 'Domain', exact: true }).fill(dc.dnsDomain);
      await form.getByLabel('Domain controllers').fill(dc.address);
      await form.getByRole('radio', { name: 'LDAPS' }).click();
      await form.getByRole('radio', { name: 'Only those that I have accepted' }).click();
      await form.getByRole('textbox', { name: 'User', exact: true }).fill(`administrator@${dc.dnsDomain}`);
      await form.locator('#profile-password').fill(ADMIN_PASSWORD);
      await form.getByRole('radio', { name: 'Closely' }).click();
      await form.getByRole('button', { name: /^Save/ }).click();
      await expect(form).toHaveCount(0);
    },

    /** Takes the certificate that the app asks about, if it is the controller's own. */
    async acceptCertificate(dc: DomainController): Promise<void> {
      await page.getByRole('button', { name: 'Review' }).click();
      const question = page.getByRole('alertdialog', { name: 'Is this the right domain controller?' });
      const { fingerprint256 } = new X509Certificate(dc.certificate());
      await expect(question).toContainText(fingerprint256);
      await question.getByRole('button', { name: 'It matches, accept it' }).click();
      await expect(question).toHaveCount(0);
    },

    async openControllers(name: string): Promise<void> {
      await account(name)
        .getByRole('button', { name: /Controllers/ })
        .click();
    },

    async openUnlock(name: string): Promise<void> {
      await account(name)
        .getByRole('button', { name: /Unlock/ })
        .click();
    },

    /** Replays what was seen with these values. */
    async replay(threshold: number, windowMinutes: number, durationMinutes: number): Promise<Locator> {
      await page.getByLabel('Threshold').fill(String(threshold));
      await page.getByLabel('Count forgotten after').fill(String(windowMinutes));
      await page.getByLabel('Locked for').fill(String(durationMinutes));
      await page.getByRole('button', { name: 'Replay' }).click();
      return page.getByRole('table').last();
    },
  };
};
