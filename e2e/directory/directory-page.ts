import { expect, type Locator, type Page } from '@playwright/test';

/** The page of directories, and what opens above it. */
export const directoryOf = (page: Page) => {
  const dialog = page.getByRole('dialog');
  const controllers = dialog.getByRole('table', { name: /^What every controller says of/ });
  const account = (name: string): Locator => page.locator(`tr[data-account="${name}"]`);
  return {
    dialog,
    account,
    search: page.getByRole('searchbox', { name: 'Search the domain’s accounts' }),
    summary: page.getByRole('region', { name: 'lab.practice' }),
    open: async (): Promise<void> => {
      await page
        .getByRole('navigation', { name: 'Main' })
        .getByRole('button', { name: 'Directories' })
        .click();
      await page.getByRole('heading', { level: 1, name: 'Directories' }).waitFor();
    },
    /** Rows of the controller table, the reasons below them among them. */
    controllers,
    controller: (host: string) => controllers.locator(`tr[data-controller="${host}"]`),
    openControllers: async (name: string): Promise<void> => {
      await account(name)
        .getByRole('button', { name: `Controllers: ${name}` })
        .click();
      await expect(controllers).toBeVisible();
    },
    press: (name: string) => dialog.getByRole('button', { name, exact: true }).click(),
  };
};
