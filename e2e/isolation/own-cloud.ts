import { randomUUID } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { createAccountStore } from '../../electron/cloud/credentials/account-store';
import type { EstateSpec } from '../../electron/lab/ecs/estate-spec';
import { createEcsStandIn, type EcsStandIn, STAND_IN_KEY } from '../../electron/lab/ecs/stand-in';
import { createProfileStore } from '../../electron/profiles/profile-store';
import { createSettingsStore } from '../../electron/profiles/settings-store';
import { createDiskFiles } from '../../electron/storage/atomic-file';
import { systemClock } from '../../electron/watch/clock';
import { ok } from '../../shared/result';
import { type LaunchOptions, newUserData } from '../fixtures/lockwatch-app';

export const INSTANCE = { id: 'i-own-1', name: 'shop-01', address: '203.0.113.77' } as const;
export const GROUP = 'sg-own';

/** One instance that everybody reaches, with a neighbour in its group. */
const estate: EstateSpec = {
  groups: [
    {
      id: GROUP,
      name: 'shop',
      innerAccess: 'Drop',
      rules: [
        { portRange: '3389/3389', sourceCidrIp: '0.0.0.0/0' },
        { portRange: '443/443', sourceCidrIp: '0.0.0.0/0' },
      ],
    },
  ],
  instances: [
    {
      id: INSTANCE.id,
      name: INSTANCE.name,
      interfaces: [{ privateAddresses: ['10.1.0.1'], publicAddress: INSTANCE.address, groupIds: [GROUP] }],
    },
    { id: 'i-own-2', name: 'shop-02', interfaces: [{ privateAddresses: ['10.1.0.2'], groupIds: [GROUP] }] },
  ],
};

/** A stand-in that this test runs, so that it is there before and after the app. */
export async function startOwnCloud(hooks: Parameters<typeof createEcsStandIn>[0]['hooks'] = {}) {
  const standIn = createEcsStandIn({ estate, hooks });
  await standIn.start();
  return standIn;
}

/** What the internet reaches by the stand-in's own evaluation, one packet at a time. */
export const internetReaches = (standIn: EcsStandIn, port: number): boolean =>
  standIn.allows(INSTANCE.id, { sourceAddress: '198.51.100.9', protocol: 'tcp', destinationPort: port });

/** A practice run with an account that leads to this stand-in, and a profile of its instance. */
export async function dataFor(
  standIn: Pick<EcsStandIn, 'endpoint'>,
  adminName: string,
): Promise<LaunchOptions & { userData: string }> {
  const userData = await newUserData();
  const files = createDiskFiles();
  const now = (): number => systemClock.now();
  const path = (name: string): string => join(userData, name);
  const accounts = createAccountStore({
    path: path('cloud-accounts.json'),
    files,
    now,
    newId: randomUUID,
    secrets: { set: async () => ok(null), forget: async () => ok(null) },
  });
  const settings = createSettingsStore({ path: path('settings.json'), files, now });
  const profiles = createProfileStore({
    path: path('profiles.json'),
    files,
    clock: systemClock,
    newId: randomUUID,
    forget: async () => ok(null),
  });
  for (const store of [accounts, settings, profiles]) await store.start();
  const account = await accounts.add(
    {
      name: 'Own cloud',
      provider: 'aliyun',
      key: { kind: 'environment' },
      role: null,
      regions: ['cn-hangzhou'],
      endpoint: standIn.endpoint,
    },
    {},
  );
  if (!account.ok) throw new Error(account.error.code);
  const saved = [
    await settings.save({ adminName }),
    await profiles.add({
      name: INSTANCE.name,
      group: 'Shop',
      tags: [],
      ssh: { host: '127.0.0.1', port: 1, user: 'nobody', authentication: { kind: 'agent' } },
      jumpHosts: [],
      rdpPort: 3389,
      membership: 'standalone',
      cloud: {
        provider: 'aliyun',
        region: 'cn-hangzhou',
        instanceId: INSTANCE.id,
        accountId: account.value.id,
      },
      watch: 'off',
    }),
  ];
  for (const one of saved) if (!one.ok) throw new Error(one.error.code);
  await profiles.dispose();
  for (const name of ['cloud-accounts.json', 'settings.json', 'profiles.json']) chmodSync(path(name), 0o644);
  return {
    userData,
    args: ['--lab'],
    env: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: STAND_IN_KEY.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: STAND_IN_KEY.secret,
    },
  };
}
