import { describe, expect, it } from 'vitest';
import type { CloudAccount, CloudAccountFields } from '../../../shared/cloud';
import { LAB_GROUP, type LabReport } from '../../../shared/lab';
import { ok } from '../../../shared/result';
import { createPracticeCloud } from './practice-cloud';

type Started = Extract<LabReport, { kind: 'started' }>;

const started: Started = {
  kind: 'started',
  state: { running: true, paused: false, speed: 1, phase: null, startedAtMs: 0, instances: [] },
  endpoints: [
    {
      name: 'web-01',
      host: '127.0.0.1',
      port: 2201,
      user: 'labadmin',
      password: 'x',
      privateKeyPath: '/lab/key',
      rdpPort: 3389,
      group: LAB_GROUP,
      hostKeyFingerprint: 'SHA256:x',
      rdpDoor: { host: '127.0.0.1', port: 21_001, publicAddress: '203.0.113.251' },
    },
  ],
  cloud: {
    ecs: {
      endpoint: 'http://127.0.0.1:4000',
      region: 'cn-hangzhou',
      accessKeyId: 'stand-in-key',
      accessKeySecret: 'stand-in-secret',
    },
    publicAddressUrl: 'http://127.0.0.1:4001/',
  },
};

function setUp() {
  const accounts = new Map<string, CloudAccount>();
  const secrets: unknown[] = [];
  const probed: string[] = [];
  const add = (fields: CloudAccountFields, id: string): CloudAccount => {
    const account = { ...fields, id, createdAtMs: 0, updatedAtMs: 0 };
    accounts.set(id, account);
    return account;
  };
  const cloud = createPracticeCloud({
    accounts: () => ({
      list: () => [...accounts.values()],
      add: async (fields, given) => {
        secrets.push(given);
        return ok(add(fields, `account-${accounts.size + secrets.length}`));
      },
      remove: async (id) => {
        accounts.delete(id);
        return ok(null);
      },
    }),
    probe: async (host, port) => {
      probed.push(`${host}:${port}`);
      return 'answered';
    },
    accountName: () => 'Practice cloud',
  });
  return { cloud, accounts, secrets, probed, add };
}
const signal = new AbortController().signal;

describe('the cloud of a practice run', () => {
  it('is reached by an account of its own, whose secret goes to the vault', async () => {
    const { cloud, accounts, secrets } = setUp();
    expect(cloud.services()).toEqual([]);
    const begun = await cloud.begin(started);
    expect([...accounts.values()]).toMatchObject([
      { id: begun.ok && begun.value, name: 'Practice cloud', endpoint: 'http://127.0.0.1:4000' },
    ]);
    expect(secrets).toEqual([{ accessKeySecret: 'stand-in-secret' }]);
    expect(cloud.services()).toMatchObject([{ url: 'http://127.0.0.1:4001/' }]);
  });

  it('replaces the account of an earlier run, and no other', async () => {
    const { cloud, accounts, add } = setUp();
    const fields: CloudAccountFields = {
      name: 'Practice cloud',
      provider: 'aliyun',
      key: { kind: 'accessKey', accessKeyId: 'old' },
      role: null,
      regions: [],
      endpoint: 'http://127.0.0.1:9',
    };
    add(fields, 'earlier');
    add({ ...fields, name: 'Mine' }, 'mine');
    await cloud.begin(started);
    await cloud.begin(started);
    expect(accounts.has('earlier')).toBe(false);
    expect([...accounts.values()].map(({ name }) => name).sort()).toEqual(['Mine', 'Practice cloud']);
  });

  it('is none when the lab has none', async () => {
    const { cloud, accounts } = setUp();
    const { cloud: _none, ...without } = started;
    expect(await cloud.begin(without)).toEqual(ok(null));
    expect(accounts.size).toBe(0);
  });

  it('has its doors on this computer', async () => {
    const { cloud, probed } = setUp();
    await cloud.begin(started);
    await cloud.probe('203.0.113.251', 3389, signal);
    await cloud.probe('203.0.113.9', 3389, signal);
    expect(probed).toEqual(['127.0.0.1:21001', '203.0.113.9:3389']);
  });
});
