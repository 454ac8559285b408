import { connect } from 'node:net';
import { expect, type Page } from '@playwright/test';
import type { WindowApi } from '../../shared/api';
import type { Snapshot } from '../../shared/snapshot';
import { labOf } from '../fixtures/hooks';
import type { LockwatchApp } from '../fixtures/lockwatch-app';
import { fleetOf } from '../ui/pages';

type WithApi = typeof globalThis & { api: WindowApi };

/** One instance's exposure and isolation, as the window shows them. */
export const isolationOf = (page: Page) => {
  const dialog = page.getByRole('dialog');
  return {
    dialog,
    /** The state on the instance's own page, by its shape and word. */
    mark: page.locator('main [data-isolation]').first(),
    exposure: page.getByRole('table', { name: 'Rules that accept RDP' }),
    act: (name: 'Isolate…' | 'Restore to trusted addresses…' | 'Undo…' | 'Resume' | 'Rollback recipe…') =>
      page.getByRole('button', { name, exact: true }).click(),
    confirm: (name: string) => dialog.getByRole('button', { name, exact: true }).click(),
    close: () => dialog.getByRole('button', { name: 'Close', exact: true }).click(),
    result: dialog.locator('[data-outcome]'),
    open: async (name: string): Promise<void> => {
      // Alone in the list it stays where it is while the others change their places.
      await fleetOf(page).search.fill(name);
      await expect(page.locator('[data-instance]')).toHaveCount(1);
      await fleetOf(page).open(name);
      await page.getByRole('heading', { level: 1, name }).waitFor();
    },
  };
};

export async function snapshotOf(page: Page): Promise<Snapshot> {
  const answer = await page.evaluate(() => (globalThis as WithApi).api.app.snapshot(null));
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.snapshot;
}

/** Tries a TCP connection to the Remote Desktop door of a practice instance, as the admin. */
export async function reachesRdp(lockwatch: LockwatchApp, name: string): Promise<boolean> {
  const door = (await labOf(lockwatch))?.endpoints.find((one) => one.name === name)?.rdpDoor;
  if (!door) throw new Error(`${name} has no door`);
  return new Promise((resolve) => {
    const socket = connect(door.port, door.host);
    const settle = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

/** What the lab itself counts of the attack on an instance. */
export async function attackOn(lockwatch: LockwatchApp, name: string) {
  const attack = (await labOf(lockwatch))?.state.instances.find((one) => one.name === name)?.attack;
  if (!attack) throw new Error(`The lab counts no attack on ${name}`);
  return attack;
}
