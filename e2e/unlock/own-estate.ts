import { randomUUID } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createAccountStore } from '../../electron/cloud/credentials/account-store';
import { STAND_IN_KEY } from '../../electron/lab/ecs/stand-in';
import { type Estate, startEstate } from '../../electron/lab/estate';
import { createDiskFiles } from '../../electron/storage/atomic-file';
import { ok } from '../../shared/result';
import type { Snapshot } from '../../shared/snapshot';
import { type LaunchOptions, newUserData, removeUserData } from '../fixtures/lockwatch-app';

export const INSTANCE = 'web-01';
export const ADMINISTRATOR = 'Administrator';

/** An estate beside the app, whose machine the test can ask which passwords it takes. */
export async function withEstate(run: (estate: Estate) => Promise<void>): Promise<void> {
  const folder = await newUserData();
  const estate = await startEstate({ dataDir: folder, speed: 20, history: false, only: [INSTANCE] });
  try {
    await run(estate);
  } finally {
    await estate.stop();
    await removeUserData(folder);
  }
}

/** The password that the machine holds for its administrator: the lab's truth. */
export const passwordOf = (estate: Estate): string =>
  estate.instance(INSTANCE).windows.sam.find(ADMINISTRATOR)?.password ?? '';

/** A practice run with an account that leads to the estate's cloud. */
export async function dataFor(
  estate: Estate,
): Promise<LaunchOptions & { userData: string; accountId: string }> {
  const userData = await newUserData();
  const path = join(userData, 'cloud-accounts.json');
  const accounts = createAccountStore({
    path,
    files: createDiskFiles(),
    now: Date.now,
    newId: randomUUID,
    secrets: { set: async () => ok(null), forget: async () => ok(null) },
  });
  await accounts.start();
  const account = await accounts.add(
    {
      name: 'Own cloud',
      provider: 'aliyun',
      key: { kind: 'environment' },
      role: null,
      regions: ['cn-hangzhou'],
      endpoint: estate.cloud.ecs.endpoint,
    },
    {},
  );
  if (!account.ok) throw new Error(account.error.code);
  chmodSync(path, 0o644);
  return {
    userData,
    accountId: account.value.id,
    args: ['--lab'],
    env: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: STAND_IN_KEY.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: STAND_IN_KEY.secret,
    },
  };
}

export const snapshotOf = async (page: Page): Promise<Snapshot> =>
  (await page.evaluate(`api.app.snapshot(null).then(({ value }) => value.snapshot)`)) as Snapshot;

/** Adds the estate's instance, signed in at as its administrator with a password, and pins its host key. */
export async function addInstance(
  page: Page,
  estate: Estate,
  accountId: string,
  name: string,
): Promise<string> {
  const [endpoint] = estate.endpoints();
  if (!endpoint?.cloud) throw new Error('no practice instance');
  const input = {
    id: null,
    fields: {
      name,
      group: '',
      tags: [],
      ssh: {
        host: endpoint.host,
        port: endpoint.port,
        user: ADMINISTRATOR,
        authentication: { kind: 'password' },
      },
      jumpHosts: [],
      rdpPort: 3389,
      membership: 'standalone',
      cloud: { ...endpoint.cloud, accountId },
      watch: 'close',
    },
    secrets: { instance: passwordOf(estate) },
    copySecretsFrom: null,
  };
  const id = (await page.evaluate(`(async () => {
    const saved = await api.profiles.save(${JSON.stringify(input)});
    if (!saved.ok) throw new Error(saved.error.code);
    return saved.value.id;
  })()`)) as string;
  return id;
}

/** Says yes to the host key that the instance shows. */
export async function pinHostKey(page: Page, id: string): Promise<boolean> {
  const question = (await snapshotOf(page)).hostKeyQuestions.find(({ instanceId }) => instanceId === id);
  if (!question) return false;
  const { hop, fingerprint } = question.key;
  const decision = { id, checkId: null, hop, fingerprint, decision: 'pin' };
  await page.evaluate(`api.hostKeys.decide(${JSON.stringify(decision)})`);
  return true;
}
