import type { Page } from 'playwright';
import type { WindowApi } from '../../shared/api';
import type { Snapshot } from '../../shared/snapshot';

/** What the window would fetch now. */
export async function snapshotOf(page: Page): Promise<Snapshot> {
  const result = await page.evaluate(() =>
    (globalThis as unknown as { api: WindowApi }).api.app.snapshot(null),
  );
  if (!result.ok) throw new Error(result.error.code);
  return result.value.snapshot;
}
