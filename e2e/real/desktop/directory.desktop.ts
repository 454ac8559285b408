import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { TradeOff } from '../../../shared/trade-off';
import { closeWindow, trayOf, windowStateOf } from '../../fixtures/hooks';
import { expect, test } from '../../fixtures/test';
import { type DomainController, startDomainController } from '../directory/samba/domain-controller';
import { bindLogon, kerberosLogon } from '../directory/samba/logons';
import { canRunSamba, ownLoopbackAddress } from '../directory/samba/provision';
import { artifactsDir, startDesktop } from './desktop-session';
import { directoryWindow } from './directory-window';

const PASSWORD = 'Right-Pass.1';
const THRESHOLD = 4;
const MINUTES = 30;
const HOUR_SECONDS = 3600;
/** Failures of the hours before, by account: how many, and how many hours ago. */
const EARLIER = [
  ['anna', 3, 2],
  ['bert', 1, 3],
  ['cora', 5, 5],
  ['dora', 2, 9],
  ['emil', 3, 20],
] as const;

let dc: DomainController | undefined;
test.afterEach(() => dc?.dispose());

/** The window as it is when everything in it has come to rest, as high as it needs to be. */
async function picture(page: Page, name: string, height = 820): Promise<void> {
  mkdirSync(artifactsDir, { recursive: true });
  await page.setViewportSize({ width: 1280, height });
  await page.screenshot({ path: join(artifactsDir, `${name}.png`), animations: 'disabled' });
  await page.setViewportSize({ width: 1280, height: 820 });
}

/** A domain in which some have failed before, and mary never. */
async function startDomain(): Promise<DomainController> {
  const started = await startDomainController({ address: ownLoopbackAddress() });
  dc = started;
  await started.database.policy({ threshold: THRESHOLD, windowMinutes: MINUTES, durationMinutes: MINUTES });
  await started.database.addUsers(
    ['mary', ...EARLIER.map(([name]) => name)].map((name) => ({ name, password: PASSWORD })),
  );
  for (const [name, failures, hours] of EARLIER) {
    for (let n = 0; n < failures; n++) await bindLogon(started, name, 'wrong');
    await started.database.shiftTimes(name, -hours * HOUR_SECONDS);
  }
  return started;
}

test('a lock on a real controller is told by the desktop, seen, explained, and opened from the app', async ({
  launch,
}) => {
  test.skip(!canRunSamba, 'A domain controller listens on ports below 1024: it needs root.');
  const desktop = await startDesktop();
  try {
    const domain = await startDomain();
    const pdc = `${domain.hostName}.${domain.dnsDomain}`;
    const lockwatch = await launch();
    const page = await lockwatch.page();
    const directory = directoryWindow(page);
    await directory.add(domain);
    await expect.poll(() => desktop.displayed(), { message: 'the certificate is asked about' }).toBe(1);
    expect(desktop.closeAndRead()).toMatchObject([{ summary: `${domain.dnsDomain} needs you` }]);
    await directory.acceptCertificate(domain);
    await expect(directory.summary(domain.dnsDomain)).toHaveAttribute('data-status', 'clear');
    await closeWindow(lockwatch);
    await expect.poll(() => windowStateOf(lockwatch)).toBe('hidden');

    // Real failed logons, over two protocols.
    for (let n = 1; n < THRESHOLD; n++)
      expect(await bindLogon(domain, 'mary', `wrong ${n}`)).toMatchObject({ result: 'wrongPassword' });
    expect(await kerberosLogon(domain, 'mary', 'wrong')).toMatchObject({ result: 'wrongPassword' });
    await expect.poll(() => desktop.displayed(), { message: 'the lock is told' }).toBe(1);
    expect(await bindLogon(domain, 'mary', PASSWORD)).toMatchObject({ result: 'lockedOut' });
    await expect.poll(async () => (await trayOf(lockwatch))?.status).toBe('locked');

    desktop.screen('directory-notification');
    desktop.press();
    await expect.poll(() => windowStateOf(lockwatch)).toBe('visible');
    const told = desktop.closeAndRead().at(-1);
    expect(told?.summary).toBe(`mary on ${domain.dnsDomain} is locked`);
    expect(told?.appName).toMatch(/Lockwatch/i);
    expect(told?.body).toMatch(/unlocks by itself at \d{1,2}:\d{2}/i);

    const mary = directory.account('mary');
    await expect(mary).toHaveAttribute('data-status', 'locked');
    await expect(mary).toContainText(`${THRESHOLD} of ${THRESHOLD}`);

    await directory.openControllers('mary');
    const row = directory.controllers.locator('tr[data-controller]');
    await expect(row).toHaveCount(1);
    await expect(row).toHaveAttribute('data-controller', pdc);
    await expect(row).toHaveAttribute('data-status', 'locked');
    await expect(row).toContainText('This is the truth');
    await picture(page, 'directory-controller-table');
    await directory.dialog.getByRole('button', { name: 'Close' }).click();

    // The policy, replayed on what the controller counted.
    await page.getByRole('button', { name: 'What other values would have done' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(domain.dnsDomain);
    const figures = await directory.replay(3, MINUTES, MINUTES);
    await expect(figures).toContainText('in force');
    await picture(page, 'directory-policy', 1600);
    const [id] = await page.evaluate<string[]>(
      `api.app.snapshot(null).then(({ value }) => value.snapshot.directories.map(({ id }) => id))`,
    );
    const choice = { threshold: 3, windowMinutes: MINUTES, durationMinutes: MINUTES };
    const asked = { scope: { kind: 'directory', id }, days: 1, choices: [choice] };
    const { attempts, accounts, current, chosen } = await page.evaluate<TradeOff>(
      `api.policy.tradeOff(${JSON.stringify(asked)}).then(({ value }) => value)`,
    );
    const failed = EARLIER.reduce((sum, [, failures]) => sum + Math.min(failures, THRESHOLD), THRESHOLD);
    expect(attempts).toEqual({ guessers: 0, users: 0, unknown: failed });
    expect(accounts).toBe(EARLIER.length + 1);
    expect(current).toMatchObject({ choice: { ...choice, threshold: THRESHOLD }, lockouts: 2 });
    expect(chosen).toMatchObject([{ choice, lockouts: 4 }]);

    await page.getByRole('button', { name: 'Back' }).click();
    await directory.openUnlock('mary');
    await expect(directory.dialog).toContainText(`${pdc}, the PDC emulator of ${domain.dnsDomain}`);
    await picture(page, 'directory-unlock');
    await directory.dialog.getByRole('button', { name: 'Unlock mary' }).click();
    await expect(directory.dialog).toContainText('mary is unlocked. It was read again at the PDC emulator.');
    await directory.dialog.getByRole('button', { name: 'Close' }).click();

    expect(await bindLogon(domain, 'mary', PASSWORD)).toMatchObject({ result: 'success' });
    expect((await domain.database.account('mary', ['lockoutTime'])).lockoutTime ?? ['0']).toEqual(['0']);
    await expect(mary).toHaveCount(0);
    await expect(directory.summary(domain.dnsDomain)).toHaveAttribute('data-status', 'clear');
    await expect
      .poll(() => desktop.closeAndRead().map(({ summary }) => summary))
      .toContain(`mary on ${domain.dnsDomain} is unlocked`);

    await directory.navigate('Audit');
    const entries = page.locator('[data-index]').filter({ hasText: pdc });
    await expect(entries).toHaveCount(2);
    await picture(page, 'directory-audit');
  } finally {
    await desktop.stop();
  }
});
