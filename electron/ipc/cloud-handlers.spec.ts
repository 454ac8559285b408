import { describe, expect, it } from 'vitest';
import type { RequestInput } from '../../shared/contract';
import { appError } from '../../shared/errors';
import type { ConnectionProfile, ProfileFields } from '../../shared/instance';
import type { CloudInstance } from '../../shared/network';
import { err, ok, type Result } from '../../shared/result';
import type { EcsProvider } from '../cloud/aliyun/ecs-provider';
import { createAccountStore } from '../cloud/credentials/account-store';
import type { Environment } from '../cloud/credentials/key-material';
import type { CliConfig } from '../cloud/credentials/read-cli-config';
import { createMemoryFiles } from '../profiles/testing/memory-files';
import { sampleId } from '../profiles/testing/sample-profile';
import type { CloudSecretSlot } from '../secrets/secret-slot';
import { createCloudHandlers } from './cloud-handlers';

const CANARY = 'canarySecret4Tz';
const instance = (number: number, changes: Partial<CloudInstance> = {}): CloudInstance => ({
  id: `i-${number}`,
  name: `web-${number}`,
  region: 'cn-hangzhou',
  system: 'windows',
  status: 'running',
  lockedForSecurity: false,
  publicAddresses: [`192.0.2.${number}`],
  privateAddresses: [],
  vpcId: null,
  ...changes,
});

async function setUp(options: { cli?: Result<CliConfig>; environment?: Environment } = {}) {
  const kept = new Map<string, string>();
  const slot = ({ cloudAccountId, secret }: CloudSecretSlot) => `${cloudAccountId}/${secret}`;
  const secrets = {
    set: async (at: CloudSecretSlot, text: string) => {
      kept.set(slot(at), text);
      return ok(null);
    },
    get: async (at: CloudSecretSlot) => {
      const text = kept.get(slot(at));
      return text === undefined ? err(appError('vault.secretMissing')) : ok({ text, version: 1 });
    },
    stateOf: (at: CloudSecretSlot) => (kept.has(slot(at)) ? ('saved' as const) : ('missing' as const)),
    forget: async () => ok(null),
  };
  let ids = 0;
  const newId = () => sampleId(++ids);
  const accounts = createAccountStore({
    path: '/data/cloud-accounts.json',
    files: createMemoryFiles(),
    now: () => 7,
    newId,
    secrets,
  });
  await accounts.start();
  const profiles = new Map<string, ConnectionProfile>();
  const save = async (id: string, fields: ProfileFields) => {
    const profile = { ...fields, id, createdAtMs: 0, updatedAtMs: 0 };
    profiles.set(id, profile);
    return ok({ profile, warnings: [] });
  };
  const asked: string[] = [];
  const provider = {
    checkCredentials: async (region: string) => {
      asked.push(region);
      return ok(null);
    },
    listRegions: async () => ok([{ id: 'cn-hangzhou', name: 'Hangzhou' }]),
    listInstances: async () =>
      ok([instance(1), instance(2), instance(3, { publicAddresses: [] }), instance(4, { system: 'linux' })]),
  } as unknown as EcsProvider;
  const handlers = createCloudHandlers({
    accounts,
    providers: { of: () => provider },
    secrets,
    profiles: {
      list: () => [...profiles.values()],
      get: (id) => profiles.get(id),
      add: (fields) => save(newId(), fields),
      update: save,
    },
    environment: () => options.environment ?? {},
    readCli: async () => options.cli ?? err(appError('cloud.cliConfigMissing', { file: '/home/x' })),
    environmentName: () => 'from the environment',
    quit: new AbortController().signal,
  });
  return { handlers, accounts, kept, profiles, save, asked };
}

const typed = (changes: Partial<RequestInput<'cloud', 'saveAccount'>> = {}) => ({
  id: null,
  name: 'Shop',
  accessKeyId: 'LTAIexample1234567',
  roleArn: null,
  regions: ['cn-hangzhou'],
  secret: { accessKeySecret: CANARY, securityToken: null },
  ...changes,
});
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

describe('a cloud account', () => {
  it('is shown without its secret and with a shortened key', async () => {
    const { handlers, kept } = await setUp();
    const saved = value(await handlers.saveAccount(typed()));
    expect(saved).toMatchObject({ accessKeyIdShown: 'LTAI…4567', origin: 'typed', secretState: 'saved' });
    expect(JSON.stringify(saved)).not.toContain(CANARY);
    expect([...kept.values()]).toEqual([CANARY]);
  });

  it('keeps key and secret when they are not typed again', async () => {
    const { handlers, accounts, kept } = await setUp();
    const { id } = value(
      await handlers.saveAccount(typed({ secret: { accessKeySecret: CANARY, securityToken: 'token' } })),
    );
    value(await handlers.saveAccount(typed({ id, name: 'Renamed', accessKeyId: null, secret: null })));
    expect(accounts.get(id)).toMatchObject({
      name: 'Renamed',
      key: { kind: 'stsToken', accessKeyId: 'LTAIexample1234567' },
    });
    expect(kept.get(`${id}/accessKeySecret`)).toBe(CANARY);
  });

  it('does not take another key without its secret', async () => {
    const { handlers, accounts } = await setUp();
    const { id } = value(await handlers.saveAccount(typed()));
    const other = typed({ id, accessKeyId: 'LTAIother', secret: null });
    expect(await handlers.saveAccount(other)).toMatchObject({
      error: { code: 'app.invalidArgument', params: { field: 'secret' } },
    });
    expect(accounts.get(id)?.key).toMatchObject({ accessKeyId: 'LTAIexample1234567' });
  });

  it('keeps the role as it was set up while its name stays', async () => {
    const { handlers, accounts } = await setUp();
    const roleArn = 'acs:ram::1000000000000000:role/ops';
    const { id } = value(await handlers.saveAccount(typed({ roleArn })));
    const role = accounts.get(id)?.role;
    expect(role).toMatchObject({ arn: roleArn, durationSeconds: 3600 });
    value(await handlers.saveAccount(typed({ id, roleArn, secret: null })));
    expect(accounts.get(id)?.role).toEqual(role);
    value(await handlers.saveAccount(typed({ id, roleArn: '', secret: null })));
    expect(accounts.get(id)?.role).toBeNull();
  });

  it('is not made without a key and a secret, nor changed when there is none', async () => {
    const { handlers } = await setUp();
    for (const input of [typed({ secret: null }), typed({ accessKeyId: null })])
      expect(await handlers.saveAccount(input)).toMatchObject({ error: { code: 'app.invalidArgument' } });
    expect(await handlers.saveAccount(typed({ id: 'gone' }))).toMatchObject({
      error: { code: 'app.notFound' },
    });
    for (const result of [
      await handlers.checkAccount({ id: 'gone' }),
      await handlers.regions({ id: 'gone' }),
      await handlers.discover({ id: 'gone', region: 'cn-hangzhou' }),
    ])
      expect(result).toMatchObject({ error: { code: 'app.notFound' } });
  });

  it('is checked in its own region', async () => {
    const { handlers, asked } = await setUp();
    const { id } = value(await handlers.saveAccount(typed({ regions: ['eu-central-1'] })));
    expect(await handlers.checkAccount({ id })).toEqual(ok(null));
    expect(asked).toEqual(['eu-central-1']);
  });
});

describe('keys on this computer', () => {
  const environment = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIenv00000001',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: CANARY,
  };
  const cli = ok<CliConfig>({
    file: '/home/x/.aliyun/config.json',
    warnings: [],
    candidates: [
      {
        summary: {
          name: 'ops',
          mode: 'AK',
          current: true,
          accessKeyId: 'LTAIcli000000001',
          roleArn: null,
          region: 'cn-beijing',
          refusal: null,
        },
        key: { accessKeyId: 'LTAIcli000000001', accessKeySecret: CANARY, securityToken: null },
        role: null,
      },
      {
        summary: {
          name: 'ecs',
          mode: 'EcsRamRole',
          current: false,
          accessKeyId: null,
          roleArn: null,
          region: null,
          refusal: { key: 'error.cloud.cliMode', params: { mode: 'EcsRamRole' } },
        },
        key: null,
        role: null,
      },
    ],
  });

  it('are listed without their secrets, with the reason where one cannot be used', async () => {
    const { handlers } = await setUp({ environment, cli });
    const found = value(await handlers.importable(null));
    expect(found).toMatchObject([
      { key: 'environment', accessKeyIdShown: 'LTAI…0001' },
      { key: 'aliyunCli:ops', region: 'cn-beijing', unsupported: null },
      { key: 'aliyunCli:ecs', unsupported: { key: 'error.cloud.cliMode' } },
    ]);
    expect(JSON.stringify(found)).not.toContain(CANARY);
  });

  it('are none where there are none', async () => {
    const { handlers } = await setUp();
    expect(await handlers.importable(null)).toEqual(ok([]));
    expect(await handlers.importAccount({ key: 'environment' })).toMatchObject({ ok: false });
  });

  it('become one account each, however often they are taken over', async () => {
    const { handlers, accounts, kept } = await setUp({ environment, cli });
    for (const key of ['environment', 'aliyunCli:ops', 'environment', 'aliyunCli:ops'])
      value(await handlers.importAccount({ key }));
    expect(accounts.list()).toMatchObject([
      { key: { kind: 'environment' } },
      { name: 'ops', regions: ['cn-beijing'], importedFrom: 'aliyunCli' },
    ]);
    expect([...kept.values()]).toEqual([CANARY]);
    expect(await handlers.importAccount({ key: 'aliyunCli:ecs' })).toMatchObject({ ok: false });
  });
});

describe('instances found in a region', () => {
  it('get a profile, are linked, or are left alone; a second time nothing is left to do', async () => {
    const { handlers, profiles, save } = await setUp();
    const { id } = value(await handlers.saveAccount(typed()));
    await save(sampleId(90), {
      name: 'by hand',
      group: '',
      tags: [],
      ssh: { host: '192.0.2.2', port: 2222, user: 'admin', authentication: { kind: 'agent' } },
      jumpHosts: [],
      rdpPort: 3390,
      membership: 'standalone',
      cloud: null,
      watch: 'close',
    });
    const place = { id, region: 'cn-hangzhou' };
    expect(value(await handlers.discover(place)).map(({ action }) => action)).toEqual([
      'create',
      'link',
      'create',
    ]);
    const adopt = () =>
      handlers.adopt({ ...place, instanceIds: ['i-1', 'i-2', 'i-3'], sshUser: 'Administrator' });
    // i-3 has no address: nothing could reach it.
    expect(await adopt()).toEqual(ok({ created: 1, linked: 1 }));
    expect(await adopt()).toEqual(ok({ created: 0, linked: 0 }));
    expect(profiles.size).toBe(2);
    expect(profiles.get(sampleId(90))).toMatchObject({
      name: 'by hand',
      rdpPort: 3390,
      cloud: { instanceId: 'i-2', accountId: id },
    });
  });
});
