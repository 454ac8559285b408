import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Checklist, ChecklistPart, ChecklistPartId } from '../../shared/checklist';
import { createTranslator } from '../../shared/messages/format';
import { pressTray, trayOf } from '../fixtures/hooks';
import type { LockwatchApp } from '../fixtures/lockwatch-app';
import { snapshotOf } from '../isolation/isolation-page';

export const NAME = 'web-01';
export const ACCOUNT = 'Administrator';
export const artifacts = join(__dirname, '..', '..', 'artifacts');

const words = createTranslator('en-GB');

/** The window's checklist, what the app says of it, and the tray's word on it. */
export const drillOf = (lockwatch: LockwatchApp, page: Page, instance = NAME) => {
  const part = (id: ChecklistPartId): Locator => page.locator(`#part-${id}`);
  const checklist = async (): Promise<Checklist | undefined> => {
    const { checklists, profiles } = await snapshotOf(page);
    const id = profiles.find(({ name }) => name === instance)?.id;
    return checklists.find((one) => one.instanceId === id && one.accountName === ACCOUNT);
  };
  const partNow = async (id: ChecklistPartId): Promise<ChecklistPart> => {
    const found = (await checklist())?.steps.flatMap(({ parts }) => parts).find((one) => one.id === id);
    if (!found) throw new Error(`No part ${id}`);
    return found;
  };
  const trayItem = async () => {
    const items = (await trayOf(lockwatch))?.items ?? [];
    return items.flatMap((item) => {
      if (item.kind !== 'action' || !item.label.key.startsWith('tray.checklist.')) return [];
      const { params } = item.label;
      return params.instance === instance && params.account === ACCOUNT ? [item] : [];
    })[0];
  };
  let pictures = 0;
  return {
    part,
    checklist,
    partNow,
    /** The window as it is, or another one, with the next number. */
    async picture(what: string, { of = page, at }: { of?: Page; at?: Locator } = {}): Promise<void> {
      await at?.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      const name = `drill-${String(++pictures).padStart(2, '0')}-${what}.png`;
      await of.screenshot({ path: join(artifacts, 'screenshots', name) });
    },
    expectState: (id: ChecklistPartId, state: string, timeout = 60_000): Promise<void> =>
      expect(part(id)).toHaveAttribute('data-state', state, { timeout }),
    /** Ticked, and not by a hand. */
    async expectTicked(id: ChecklistPartId): Promise<void> {
      await expect(part(id)).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
      await expect(part(id)).toContainText('Shown by evidence');
    },
    expectNext: (id: ChecklistPartId): Promise<void> =>
      expect(part(id)).toHaveAttribute('aria-current', 'step', { timeout: 60_000 }),
    press: (id: ChecklistPartId, name: string): Promise<void> =>
      part(id).getByRole('button', { name, exact: true }).click(),
    /** What the tray's menu says of this account's checklist, as a person reads it. */
    async tray(): Promise<string | undefined> {
      const item = await trayItem();
      return item && words(item.label.key, item.label.params);
    },
    async pressTray(): Promise<void> {
      const item = await trayItem();
      if (!item) throw new Error('The tray has no such checklist');
      await pressTray(lockwatch, item.action);
    },
    /** Saves the record that the window shows, with a copy among the artifacts. */
    async export(format: 'Markdown' | 'JSON' | 'PDF', extension: string): Promise<Buffer> {
      const path = join(lockwatch.userData, `record.${extension}`);
      await lockwatch.electron.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, path);
      await page.getByRole('button', { name: `Export ${format}` }).click();
      await expect.poll(() => existsSync(path), { timeout: 60_000 }).toBe(true);
      mkdirSync(join(artifacts, 'drill'), { recursive: true });
      copyFileSync(path, join(artifacts, 'drill', `record.${extension}`));
      return readFileSync(path);
    },
  };
};
