import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What slides or fades has other colours on its way: wait until it has arrived. Endless animations do not count. */
const SETTLED = `Promise.all(document.getAnimations()
  .filter((animation) => animation.effect?.getTiming().iterations !== Infinity)
  .map((animation) => animation.finished.catch(() => null))).then(() => 0)`;

/**
 * What axe finds wrong on the page as it is now, one line a rule. Under forced colours axe reads the colours that the
 * page asked for, not those that are painted: there the contrast is the system's.
 */
export async function accessibilityProblems(page: Page, { contrast = true } = {}): Promise<string[]> {
  await page.evaluate(SETTLED);
  await page.evaluate(`${source};0`);
  const problems = await page.evaluate(`
    axe.run({ exclude: ['[data-tabster-dummy]'] }, { rules: { 'color-contrast': { enabled: ${contrast} } } }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')))`);
  return problems as string[];
}
