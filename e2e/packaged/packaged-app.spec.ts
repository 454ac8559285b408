import { copyFileSync, readFileSync, renameSync, truncateSync } from 'node:fs';
import type { LockwatchApp } from '../fixtures/lockwatch-app';
import { expect, test } from '../fixtures/test';

const runtimeScripts = () => import('../../scripts/runtime.mjs');
const fuseScripts = () => import('../../scripts/fuses.mjs');
const packageForTests = async () => (await runtimeScripts()).resolvePackagedApp({ forTests: true });

interface ProcessFacts {
  readonly type: string;
  readonly uid: number;
  readonly seccomp: number;
  readonly noNewPrivs: number;
}

/** What the kernel says of the app's processes. */
async function processFacts({ electron }: LockwatchApp): Promise<ProcessFacts[]> {
  const metrics = await electron.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, pid }) => ({ type, pid })),
  );
  return metrics.map(({ type, pid }) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): number =>
      Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? -1);
    return { type, uid: field('Uid'), seccomp: field('Seccomp'), noNewPrivs: field('NoNewPrivs') };
  });
}

test.describe('the packaged app', () => {
  test.skip(process.platform !== 'linux', 'reads /proc to see the sandbox');

  test('starts as an ordinary user with its sandbox on, and shows its window', async ({ launch }) => {
    const { executablePath } = await packageForTests();
    const lockwatch = await launch({ packagedPath: executablePath });
    const page = await lockwatch.page();
    await expect(page.getByRole('button', { name: 'Add instance', exact: true })).toBeVisible();
    await lockwatch.screenshot('packaged-first-run');
    expect(await lockwatch.electron.evaluate(({ app }) => app.isPackaged)).toBe(true);
    expect(await lockwatch.electron.evaluate(({ app }) => app.getAppPath())).toMatch(/app\.asar$/);
    const facts = await processFacts(lockwatch);
    expect(facts.find(({ type }) => type === 'Tab')).toMatchObject({ seccomp: 2, noNewPrivs: 1 });
    for (const { uid } of facts) expect(uid).not.toBe(0);
    const commandLine = readFileSync(`/proc/${lockwatch.electron.process().pid}/cmdline`, 'utf8');
    expect(commandLine).not.toContain('no-sandbox');
  });

  test('reads its runbook out of the archive', async ({ launch }) => {
    const { executablePath } = await packageForTests();
    const page = await (await launch({ packagedPath: executablePath })).page();
    await expect(page.getByRole('button', { name: 'Add instance', exact: true })).toBeVisible();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search the runbook' }).fill('0xC0000234');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Status codes of failed sign-ins');
  });

  test('carries the fuses it should', async () => {
    const { binary } = await packageForTests();
    const { readFuses, wantedFuses } = await fuseScripts();
    const fuses = await readFuses(binary);
    const wanted = wantedFuses({ forTests: true });
    expect(Object.keys(fuses).length).toBeGreaterThanOrEqual(8);
    for (const [name, value] of Object.entries(fuses)) expect([name, value]).toEqual([name, wanted[name]]);
    // Linux does not hold the archive against its hash; where it is done, this fuse is what stops a changed one.
    expect(fuses.EnableEmbeddedAsarIntegrityValidation).toBe(true);
  });

  test('does not start without its whole archive', async ({ launch }) => {
    const { executablePath, archive } = await packageForTests();
    const whole = `${archive}.whole`;
    copyFileSync(archive, whole);
    try {
      truncateSync(archive, 10_000);
      await expect(launch({ packagedPath: executablePath })).rejects.toThrow();
    } finally {
      renameSync(whole, archive);
    }
  });
});
