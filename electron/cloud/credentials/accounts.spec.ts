import { describe, expect, it } from 'vitest';
import type { CloudAccountFields } from '../../../shared/cloud';
import { appError } from '../../../shared/errors';
import { err, ok } from '../../../shared/result';
import { createMemoryFiles } from '../../profiles/testing/memory-files';
import { sampleId } from '../../profiles/testing/sample-profile';
import { type CloudSecretSlot, cloudPlace } from '../../secrets/secret-slot';
import { createCloudProviders } from '../cloud-providers';
import { createStubCloud, finish, type StubHandler } from '../testing/stub-cloud';
import { accountMigrations, createAccountStore } from './account-store';

const CANARY = 'canarySecret3Wd';
const PATH = '/data/cloud-accounts.json';
const fields = (changes: Partial<CloudAccountFields> = {}): CloudAccountFields => ({
  name: 'production',
  provider: 'aliyun',
  key: { kind: 'accessKey', accessKeyId: 'keyId' },
  role: null,
  regions: ['eu-central-1'],
  endpoint: null,
  ...changes,
});
const role = {
  arn: 'acs:ram::1234567890123456:role/ops',
  sessionName: 'lockwatch',
  externalId: null,
  durationSeconds: 3600,
};

function memorySecrets() {
  const kept = new Map<string, string>();
  const name = (slot: CloudSecretSlot) => `${slot.cloudAccountId}/${slot.secret}/${slot.place}`;
  const secrets = {
    works: true,
    kept,
    set: async (slot: CloudSecretSlot, text: string) => {
      if (!secrets.works) return err(appError('vault.unavailable'));
      kept.set(name(slot), text);
      return ok(null);
    },
    get: async (slot: CloudSecretSlot) => {
      const text = kept.get(name(slot));
      return text === undefined ? err(appError('vault.secretMissing')) : ok({ text, version: 1 });
    },
    forget: async (id: string) => {
      for (const one of kept.keys()) if (one.startsWith(`${id}/`)) kept.delete(one);
      return ok(null);
    },
  };
  return secrets;
}

function openStore(files = createMemoryFiles(), secrets = memorySecrets()) {
  let ids = 0;
  const store = createAccountStore({
    path: PATH,
    files,
    now: () => 7,
    newId: () => sampleId(++ids),
    secrets,
  });
  return { store, files, secrets };
}

describe('the cloud accounts', () => {
  it('are kept without their secrets, which lie in the vault', async () => {
    const { store, files, secrets } = openStore();
    await store.start();
    const added = await store.add(fields(), { accessKeySecret: ` ${CANARY} ` });
    expect(added).toMatchObject({ ok: true, value: { id: sampleId(1), name: 'production' } });
    expect(JSON.stringify([...files.contents])).not.toContain(CANARY);
    expect([...secrets.kept]).toEqual([[`${sampleId(1)}/accessKeySecret/${cloudPlace(fields())}`, CANARY]]);
    const again = openStore(files, secrets).store;
    expect(await again.start()).toEqual([]);
    expect(again.list()).toHaveLength(1);
    expect(await again.update(sampleId(1), fields({ name: 'renamed' }), {})).toMatchObject({ ok: true });
    expect(again.get(sampleId(1))?.name).toBe('renamed');
    expect(secrets.kept.size).toBe(1);
    expect(await again.remove(sampleId(1))).toMatchObject({ ok: true });
    expect(secrets.kept.size).toBe(0);
    expect(again.list()).toEqual([]);
  });

  it.each([
    ['key', { key: { kind: 'accessKey', accessKeyId: 'another' } }],
    ['endpoint', { endpoint: 'https://ecs.example' }],
  ] as const)('lose their secret with another %s, unless it is given again', async (_what, changes) => {
    const { store, secrets } = openStore();
    await store.start();
    await store.add(fields(), { accessKeySecret: CANARY });
    expect(await store.update(sampleId(1), fields(changes), {})).toMatchObject({ ok: true });
    expect(secrets.kept.size).toBe(0);
    await store.update(sampleId(1), fields(), { accessKeySecret: 'givenAgain' });
    expect([...secrets.kept.values()]).toEqual(['givenAgain']);
  });

  it('are not there when their secrets, or they themselves, could not be kept', async () => {
    const { store, files, secrets } = openStore();
    await store.start();
    secrets.works = false;
    expect(await store.add(fields(), { accessKeySecret: CANARY })).toMatchObject({ ok: false });
    secrets.works = true;
    files.failing = { writeAtomic: 'file.diskFull' };
    expect(await store.add(fields(), { accessKeySecret: CANARY })).toMatchObject({ ok: false });
    expect(store.list()).toEqual([]);
    expect(secrets.kept.size).toBe(0);
  });

  it.each([
    [fields({ regions: ['no/region'] })],
    [fields({ key: { kind: 'accessKey', accessKeyId: 'a b' } })],
    [fields({ endpoint: 'http://ecs.example' })],
    [fields({ role: { ...role, arn: 'x' } })],
  ])('are checked: %j', async (wrong) => {
    const { store } = openStore();
    await store.start();
    expect(await store.add(wrong, {})).toMatchObject({ ok: false });
  });

  it('say when there is none', async () => {
    const { store } = openStore();
    await store.start();
    expect(await store.update(sampleId(9), fields(), {})).toMatchObject({ error: { code: 'app.notFound' } });
    expect(await store.remove(sampleId(9))).toMatchObject({ error: { code: 'app.notFound' } });
  });

  it('have one migration for every version before the present one', () => {
    expect(accountMigrations).toEqual([]);
  });
});

describe('the provider of an account', () => {
  const good = { json: { RequestId: 'R', Instances: { Instance: [] } } };

  async function rig(handler: StubHandler, changes: Partial<CloudAccountFields> = {}, environment = {}) {
    const { store, secrets } = openStore();
    await store.start();
    const added = await store.add(fields(changes), { accessKeySecret: CANARY });
    if (!added.ok) throw new Error(added.error.code);
    const cloud = createStubCloud(handler);
    let nonce = 0;
    const providers = createCloudProviders({
      fetch: cloud.fetch,
      clock: cloud.clock,
      secrets,
      environment: () => environment,
      newNonce: () => `n-${nonce++}`,
      jitter: () => 0,
    });
    const account = added.value;
    const list = () =>
      finish(cloud.clock, providers.of(account).listInstances('eu-central-1', new AbortController().signal));
    return { ...cloud, account, providers, secrets, list };
  }
  const keyIds = (calls: readonly { readonly headers: Readonly<Record<string, string>> }[]) =>
    calls.map((call) => /Credential=([^,]+)/.exec(call.headers.authorization ?? '')?.[1]);

  it('signs with the key from the vault, and is the same one until the account changes', async () => {
    const { list, calls, providers, account } = await rig(() => good);
    expect(await list()).toMatchObject({ ok: true });
    expect(keyIds(calls)).toEqual(['keyId']);
    expect(providers.of(account)).toBe(providers.of({ ...account }));
    expect(providers.of({ ...account, updatedAtMs: 8 })).not.toBe(providers.of(account));
  });

  it('says whose secret is missing, and asks nothing', async () => {
    const { list, calls, secrets } = await rig(() => good);
    secrets.kept.clear();
    expect(await list()).toMatchObject({
      error: { code: 'cloud.credentialsMissing', params: { account: 'production' } },
    });
    expect(calls).toEqual([]);
  });

  it('needs the token of temporary credentials, and sends it', async () => {
    const { list, calls, secrets, account } = await rig(() => good, {
      key: { kind: 'stsToken', accessKeyId: 'STS.keyId' },
    });
    expect(await list()).toMatchObject({ error: { code: 'cloud.credentialsMissing' } });
    await secrets.set(
      { cloudAccountId: account.id, secret: 'securityToken', place: cloudPlace(account) },
      'token',
    );
    expect(await list()).toMatchObject({ ok: true });
    expect(calls[0]?.headers).toMatchObject({
      'x-acs-security-token': 'token',
      'x-acs-accesskey-id': 'STS.keyId',
    });
  });

  it('takes the key from the environment', async () => {
    const environment = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'envId', ALIBABA_CLOUD_ACCESS_KEY_SECRET: CANARY };
    const { list, calls } = await rig(() => good, { key: { kind: 'environment' } }, environment);
    expect(await list()).toMatchObject({ ok: true });
    expect(keyIds(calls)).toEqual(['envId']);
    const without = await rig(() => good, { key: { kind: 'environment' } });
    expect(await without.list()).toMatchObject({ error: { code: 'cloud.credentialsMissing' } });
  });

  describe('with a role', () => {
    const assumed = (serial: number, until: string) => ({
      json: {
        RequestId: 'R',
        Credentials: {
          AccessKeyId: `STS.role${serial}`,
          AccessKeySecret: `${CANARY}${serial}`,
          SecurityToken: `${CANARY}token`,
          Expiration: until,
        },
      },
    });
    const HOUR = 3_600_000;

    it('assumes it once for many calls, and again before it lapses', async () => {
      const { list, calls, clock } = await rig(
        (call, count) =>
          call.action === 'AssumeRole' ? assumed(count, new Date(clock.now() + HOUR).toISOString()) : good,
        { role },
      );
      await Promise.all([list(), list()]);
      clock.jump(54 * 60_000);
      await list();
      clock.jump(2 * 60_000);
      await list();
      expect(calls.filter((call) => call.action === 'AssumeRole')).toHaveLength(2);
      expect(calls.find((call) => call.action === 'AssumeRole')).toMatchObject({
        host: 'sts.eu-central-1.aliyuncs.com',
        parameters: { RoleArn: role.arn, RoleSessionName: 'lockwatch', DurationSeconds: '3600' },
        headers: { 'x-acs-version': '2015-04-01' },
      });
      expect(keyIds(calls.filter((call) => call.action !== 'AssumeRole'))).toEqual([
        'STS.role1',
        'STS.role1',
        'STS.role1',
        'STS.role2',
      ]);
    });

    it('assumes it again when the cloud calls it expired in the middle', async () => {
      const until = new Date(Date.UTC(2030, 0)).toISOString();
      const { list, calls } = await rig(
        (call, count) => {
          if (call.action === 'AssumeRole') return assumed(count, until);
          return count === 1
            ? { status: 400, json: { Code: 'InvalidSecurityToken.Expired', RequestId: 'R' } }
            : good;
        },
        { role },
      );
      expect(await list()).toMatchObject({ ok: true });
      expect(keyIds(calls)).toEqual(['keyId', 'STS.role1', 'keyId', 'STS.role2']);
    });

    it('goes on with what is still valid while the renewal fails for a moment', async () => {
      let down = false;
      const { list, clock } = await rig(
        (call, count) => {
          if (call.action !== 'AssumeRole') return good;
          return down ? 'drop' : assumed(count, new Date(clock.now() + HOUR).toISOString());
        },
        { role },
      );
      expect(await list()).toMatchObject({ ok: true });
      down = true;
      clock.jump(57 * 60_000);
      expect(await list()).toMatchObject({ ok: true });
      clock.jump(4 * 60_000);
      expect(await list()).toMatchObject({ error: { code: 'cloud.network' } });
    });

    it('names the permission when it may not be assumed, and no secret anywhere', async () => {
      const denied = {
        Code: 'NoPermission',
        RequestId: 'R',
        AccessDeniedDetail: { AuthAction: 'sts:AssumeRole' },
      };
      const { list } = await rig(() => ({ status: 403, json: denied }), { role });
      expect(await list()).toMatchObject({
        error: { code: 'cloud.denied', params: { action: 'sts:AssumeRole' } },
      });
      const odd = await rig(() => ({ json: { Credentials: { AccessKeyId: CANARY } } }), { role });
      const answer = await odd.list();
      expect(answer).toMatchObject({ error: { code: 'cloud.unreadableAnswer' } });
      expect(JSON.stringify(answer)).not.toContain(CANARY);
    });
  });
});
