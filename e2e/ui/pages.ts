import type { Locator, Page } from '@playwright/test';

/** The list of instances. */
export const fleetOf = (page: Page) => {
  const row = (name: string): Locator =>
    page.locator('[data-instance]').filter({ has: page.getByText(name, { exact: true }) });
  return {
    row,
    status: (name: string) => row(name).getAttribute('data-status'),
    search: page.getByRole('searchbox', { name: 'Search instances' }),
    open: async (name: string): Promise<void> => {
      await row(name).focus();
      await page.keyboard.press('Enter');
    },
    choose: async (name: string, action: string): Promise<void> => {
      await page.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: action }).click();
    },
  };
};

/** One instance's page. */
export const instanceOf = (page: Page) => ({
  title: page.getByRole('heading', { level: 1 }),
  tab: (name: 'Overview' | 'Evidence' | 'Diagnosis') => page.getByRole('tab', { name }),
  account: (name: string) => page.locator(`[data-account="${name}"]`),
  table: (name: string) => page.getByRole('table', { name }),
});

/** The form that adds and edits an instance. */
export const formOf = (page: Page) => ({
  drawer: page.getByRole('dialog'),
  field: (id: string) => page.locator(`#profile-${id}`),
  save: page.getByRole('button', { name: /^Save/ }),
});

export const navigate = (page: Page, to: 'Instances' | 'Saved log' | 'Settings'): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name: to }).click();
