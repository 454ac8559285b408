import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAliyunClient } from '../../../electron/cloud/aliyun/client';
import { createEcsProvider } from '../../../electron/cloud/aliyun/ecs-provider';
import type { CloudProvider } from '../../../electron/cloud/provider';
import type { EstateSpec } from '../../../electron/lab/ecs/estate-spec';
import type { Packet } from '../../../electron/lab/ecs/reachability';
import { createEcsStandIn, type EcsStandIn, STAND_IN_KEY } from '../../../electron/lab/ecs/stand-in';
import { systemClock } from '../../../electron/watch/clock';
import { ok } from '../../../shared/result';
import { type OnDisk, perform, startOnDisk } from './on-disk';

const TRUSTED = '198.51.100.7';
const ATTACKER = '192.0.2.66';
const rules = (group: string) =>
  Array.from({ length: 50 }, (_, at) => ({
    id: `sgr-${group}-${at}`,
    portRange: at === 0 && group === 'web' ? '3389/3389' : `${8000 + at}/${8000 + at}`,
    sourceCidrIp: '0.0.0.0/0',
  }));

/** `i-1` with three groups of fifty rules, one of them shared with `i-2`. */
const estate: EstateSpec = {
  groups: [
    { id: 'sg-web', innerAccess: 'Drop', rules: rules('web') },
    { id: 'sg-app', innerAccess: 'Drop', rules: rules('app') },
    { id: 'sg-own', innerAccess: 'Drop', rules: rules('own') },
  ],
  instances: [
    {
      id: 'i-1',
      name: 'web-1',
      interfaces: [
        {
          privateAddresses: ['10.0.0.1'],
          publicAddress: '203.0.113.1',
          groupIds: ['sg-web', 'sg-app', 'sg-own'],
        },
      ],
    },
    { id: 'i-2', name: 'web-2', interfaces: [{ privateAddresses: ['10.0.0.2'], groupIds: ['sg-web'] }] },
  ],
};

let folder: string;
let standIn: EcsStandIn;
let provider: CloudProvider;
let rig: OnDisk;

const packet = (sourceAddress: string, destinationPort: number): Packet => ({
  sourceAddress,
  protocol: 'tcp',
  destinationPort,
});
const reaches = (from: string, port = 3389, instance = 'i-1'): boolean =>
  standIn.allows(instance, packet(from, port));
const truth = (): unknown => [
  standIn.groupsOf('i-1'),
  [...standIn.state.groups.keys()].sort(),
  ['sg-web', 'sg-app', 'sg-own'].map((id) => standIn.rulesOf(id)),
];
const changing = (): string[] =>
  standIn.calls.map(({ action }) => action).filter((action) => !action.startsWith('Describe'));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isolation-'));
  standIn = createEcsStandIn({ estate });
  await standIn.start();
  const client = createAliyunClient({
    fetch,
    clock: systemClock,
    newNonce: randomUUID,
    jitter: Math.random,
    endpoint: standIn.endpoint,
    credentials: {
      current: async () =>
        ok({ accessKeyId: STAND_IN_KEY.id, accessKeySecret: STAND_IN_KEY.secret, securityToken: null }),
      renew: () => false,
    },
  });
  provider = createEcsProvider({ client, clock: systemClock });
  rig = await startOnDisk(folder, provider, systemClock);
});
afterEach(async () => {
  await rig.dispose();
  await standIn.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('on the ECS stand-in', () => {
  it('isolates, restores to trust and undoes, told by packets', async () => {
    const original = truth();
    expect(reaches(ATTACKER)).toBe(true);

    standIn.clearCalls();
    const begun = performance.now();
    expect(await perform(rig, { kind: 'isolate' })).toBe('isolated');
    const took = performance.now() - begun;
    expect([reaches(ATTACKER), reaches(TRUSTED)]).toEqual([false, false]);
    expect([reaches(ATTACKER, 8001), reaches(ATTACKER, 3389, 'i-2')]).toEqual([true, true]);
    const calls = standIn.calls.length;
    process.stdout.write(
      `isolate: ${calls} calls, ${changing().length} of them changing (${changing().join(', ')}), plan included, ${Math.round(took)} ms\n`,
    );

    expect(await perform(rig, { kind: 'restoreToTrust', trusted: [`${TRUSTED}/32`] })).toBe(
      'restoredToTrust',
    );
    expect([reaches(ATTACKER), reaches(TRUSTED), reaches('198.51.100.8')]).toEqual([false, true, false]);

    expect(await perform(rig, { kind: 'undo' })).toBe('restored');
    expect(truth()).toEqual(original);
    expect(reaches(ATTACKER)).toBe(true);
  });

  it.each([
    ['CreateSecurityGroup', { kind: 'lost', done: true }],
    ['AuthorizeSecurityGroup', { kind: 'lost', done: true }],
    ['AuthorizeSecurityGroup', { kind: 'html502', done: true }],
    ['ModifyInstanceAttribute', { kind: 'lost', done: true }],
    ['ModifyInstanceAttribute', { kind: 'internalError' }],
    ['ModifySecurityGroupPolicy', { kind: 'unavailable' }],
  ] as const)('isolates once though %s goes wrong (%o)', async (on, fault) => {
    standIn.faults.add({ on, fault, times: 1 });
    expect(await perform(rig, { kind: 'isolate' })).toBe('isolated');
    expect([...standIn.state.groups.keys()].filter((id) => !id.match(/^sg-(web|app|own)$/))).toHaveLength(1);
    expect(reaches(ATTACKER)).toBe(false);
  });

  it('waits until readers see the change', async () => {
    standIn.delays = { describeMs: 1500, effectMs: 0 };
    expect(await perform(rig, { kind: 'isolate' })).toBe('isolated');
    expect(reaches(ATTACKER)).toBe(false);
  });

  it.each(['AuthorizeSecurityGroup', 'CreateSecurityGroup', 'ModifyInstanceAttribute'])(
    'names the permission when %s is denied, and undoes what was begun',
    async (action) => {
      const original = truth();
      const key = standIn.key();
      if (!key) throw new Error('There is no key');
      standIn.setKey({ ...key, denied: new Set([`ecs:${action}`]) });
      expect(await perform(rig, { kind: 'isolate' })).toBe('failed');
      expect(rig.service.views()[0]?.attention).toMatchObject({
        key: 'error.cloud.denied',
        params: { action: `ecs:${action}` },
      });
      standIn.setKey(key);
      await perform(rig, { kind: 'undo' });
      expect(truth()).toEqual(original);
    },
  );

  it('leaves no secret in any file', async () => {
    await perform(rig, { kind: 'isolate' });
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = names.filter((name) => name.isFile());
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const text = await readFile(join(file.parentPath, file.name), 'utf8');
      expect(text.includes(STAND_IN_KEY.secret)).toBe(false);
      expect(text.includes(STAND_IN_KEY.id)).toBe(false);
    }
  });
});
