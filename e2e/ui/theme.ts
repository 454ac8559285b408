import type { Page } from '@playwright/test';
import { expect } from '../fixtures/test';

export const themes = ['light', 'dark', 'high-contrast'] as const;
export type Theme = (typeof themes)[number];

/** Shows a page in a theme of the system's, and returns when the page has taken it. */
export async function showIn(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    forcedColors: theme === 'high-contrast' ? 'active' : 'none',
  });
  const taken = theme === 'high-contrast' ? 'highContrast' : theme;
  await expect(page.locator('html')).toHaveAttribute('data-theme', taken);
}
