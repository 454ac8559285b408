import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { type Estate, startEstate } from '../../electron/lab/estate';
import { newUserData, removeUserData } from '../fixtures/lockwatch-app';
import { snapshotOf } from '../isolation/isolation-page';
import { pinHostKey } from '../unlock/own-estate';
import { ACCOUNT, NAME } from './drill-page';

/** Quick enough to lock within seconds, slow enough for the lock to last two minutes. */
const SPEED = 6;

/** An estate beside the app, which is still there when the app is started again. */
export async function withEstate(run: (estate: Estate) => Promise<void>): Promise<void> {
  const folder = await newUserData();
  const estate = await startEstate({ dataDir: folder, speed: SPEED, history: false, only: [NAME] });
  try {
    await run(estate);
  } finally {
    await estate.stop();
    await removeUserData(folder);
  }
}

/**
 * Has a profile read the estate's machine from now on, by an account of its own with a key, so that nothing is asked
 * when the app is started again.
 */
export async function watch(
  { page, userData }: { readonly page: Page; readonly userData: string },
  estate: Estate,
  name: string,
): Promise<void> {
  const [endpoint] = estate.endpoints();
  const profile = (await snapshotOf(page)).profiles.find((one) => one.name === name);
  if (!endpoint || !profile) throw new Error('nothing to watch');
  const { host, port, user, privateKeyPath } = endpoint;
  // The estate's own folder is nobody else's to read.
  const path = join(userData, 'estate-key');
  copyFileSync(privateKeyPath, path);
  chmodSync(path, 0o644);
  const { group, tags, jumpHosts, rdpPort, membership, cloud } = profile;
  const ssh = { host, port, user, authentication: { kind: 'key', path, encrypted: false } };
  const input = {
    id: profile.id,
    fields: { name, group, tags, ssh, jumpHosts, rdpPort, membership, cloud, watch: 'close' },
    secrets: {},
    copySecretsFrom: null,
  };
  await page.evaluate(`(async () => {
    const saved = await api.profiles.save(${JSON.stringify(input)});
    if (!saved.ok) throw new Error(saved.error.code);
  })()`);
  await expect.poll(() => pinHostKey(page, profile.id), { timeout: 30_000 }).toBe(true);
}

/** The lab's word on the account that the drill is about. */
export const accountOf = (estate: Estate): string | undefined =>
  estate
    .state()
    .instances.find(({ name }) => name === NAME)
    ?.accounts.find(({ name }) => name === ACCOUNT)?.state;
