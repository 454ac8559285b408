import { afterEach, describe, expect, it } from 'vitest';
import type { CloudRole } from '../../../shared/cloud';
import type { IngressRule, NetworkChange } from '../../../shared/network';
import { rdpRule } from '../../isolation/plan/testing/rdp-rule';
import {
  createEcsStandIn,
  type EcsStandInOptions,
  STAND_IN_KEY,
  STAND_IN_ROLE,
} from '../../lab/ecs/stand-in';
import { type Clock, systemClock } from '../../watch/clock';
import { createAssumedRole } from '../credentials/assume-role';
import { fixedCredentials } from '../testing/stub-cloud';
import { type CredentialSource, createAliyunClient } from './client';
import { createEcsProvider } from './ecs-provider';

/** The client and the practice endpoint were written apart from each other: here they meet. */

/** Waits a twentieth of what it is told, so that pauses between attempts cost little. */
const HURRY = 20;
const clock: Clock = { now: systemClock.now, after: (ms, run) => systemClock.after(ms / HURRY, run) };

const region = 'cn-hangzhou';
const ref = { region, instanceId: 'i-1' };
const { signal } = new AbortController();
const overlayTags = { 'lockwatch:isolation': 'i-1' };

const fiftyRules = (group: number) =>
  Array.from({ length: 50 }, (_, n) => ({
    portRange: n === 0 ? '3389/3389' : `${1000 + n}/${1000 + n}`,
    sourceCidrIp: n === 0 ? '0.0.0.0/0' : `10.${group}.${n}.0/24`,
  }));
const groups = [1, 2, 3].map((n) => ({ id: `sg-${n}`, vpcId: 'vpc-1', rules: fiftyRules(n) }));
const estate = {
  groups,
  instances: [
    {
      id: 'i-1',
      name: 'web',
      vpcId: 'vpc-1',
      osType: 'windows' as const,
      interfaces: [
        {
          id: 'eni-1',
          privateAddresses: ['10.0.0.5'],
          publicAddress: '198.51.100.5',
          groupIds: ['sg-1', 'sg-2', 'sg-3'],
        },
      ],
    },
    {
      id: 'i-2',
      name: 'mail',
      vpcId: 'vpc-1',
      interfaces: [{ privateAddresses: ['10.0.0.6'], groupIds: ['sg-1'] }],
    },
  ],
};

const opened: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
});

async function rig(options: Partial<EcsStandInOptions> = {}, role: CloudRole | null = null, headMs = 20_000) {
  const standIn = createEcsStandIn({ estate, ...options });
  opened.push(standIn);
  await standIn.start();
  let nonce = 0;
  const base = {
    fetch,
    clock,
    newNonce: () => `nonce-${nonce++}`,
    jitter: () => 0,
    endpoint: standIn.endpoint,
    limits: { headMs: HURRY * headMs, totalMs: HURRY * headMs, maxBytes: 1_000_000 },
  };
  const own: CredentialSource = fixedCredentials({
    accessKeyId: STAND_IN_KEY.id,
    accessKeySecret: STAND_IN_KEY.secret,
    securityToken: null,
  });
  const credentials =
    role === null
      ? own
      : createAssumedRole({
          client: createAliyunClient({ ...base, credentials: own }),
          role,
          region,
          clock,
        });
  const client = createAliyunClient({ ...base, credentials });
  return { standIn, provider: createEcsProvider({ client, clock }) };
}
type Rig = Awaited<ReturnType<typeof rig>>;

const drop = (cidr: string): IngressRule =>
  rdpRule({
    policy: 'drop',
    source: { kind: cidr.includes(':') ? 'ipv6' : 'ipv4', cidr },
    description: 'closed',
  });

let tokens = 0;
async function apply({ provider }: Rig, change: NetworkChange) {
  const done = await provider.apply(change, ref, `token-${tokens++}`, signal);
  if (!done.ok) throw new Error(`${change.kind}: ${done.error.code} ${JSON.stringify(done.error.params)}`);
  return done.value;
}

async function isolate(one: Rig): Promise<string> {
  const made = await apply(one, {
    kind: 'createGroup',
    as: 'overlay',
    name: 'lockwatch-i-1',
    vpcId: 'vpc-1',
    type: 'basic',
    description: 'closed by Lockwatch',
    tags: overlayTags,
  });
  const groupId = made.groupId ?? '';
  await apply(one, { kind: 'setInnerAccess', groupId, innerAccess: 'drop' });
  await apply(one, { kind: 'addRules', groupId, rules: [drop('0.0.0.0/0'), drop('::/0')] });
  await apply(one, { kind: 'changeGroups', interfaceId: 'eni-1', primary: true, add: [groupId], remove: [] });
  return groupId;
}

async function restore(one: Rig, groupId: string): Promise<void> {
  await apply(one, { kind: 'changeGroups', interfaceId: 'eni-1', primary: true, add: [], remove: [groupId] });
  await apply(one, { kind: 'deleteGroup', groupId });
}

async function read({ provider }: Rig, members = true) {
  const snapshot = await provider.snapshot(ref, signal, { members });
  if (!snapshot.ok) throw new Error(snapshot.error.code);
  return snapshot.value;
}

const rdpIsOpen = ({ standIn }: Rig, instanceId = 'i-1') =>
  standIn.allows(instanceId, { protocol: 'tcp', sourceAddress: '203.0.113.77', destinationPort: 3389 });

describe('isolating and restoring on the practice endpoint', () => {
  it('closes RDP of one instance and opens it again, and leaves everything as it was', async () => {
    const one = await rig();
    const before = await read(one);
    expect(before.groups.map((group) => [group.id, group.ingress.length])).toEqual([
      ['sg-1', 50],
      ['sg-2', 50],
      ['sg-3', 50],
    ]);
    expect(before.groups[0]?.members.map((member) => member.name).toSorted()).toEqual(['mail', 'web']);
    expect(rdpIsOpen(one)).toBe(true);
    const groupId = await isolate(one);
    expect([rdpIsOpen(one), rdpIsOpen(one, 'i-2')]).toEqual([false, true]);
    const during = await read(one, false);
    expect(during.groups.at(-1)).toMatchObject({ id: groupId, innerAccess: 'drop', tags: overlayTags });
    const found = await one.provider.findGroups(region, overlayTags, signal);
    expect(found).toMatchObject({ value: [{ id: groupId }] });
    await restore(one, groupId);
    expect(rdpIsOpen(one)).toBe(true);
    expect({ ...(await read(one)), takenAtMs: 0 }).toEqual({ ...before, takenAtMs: 0 });
  });

  it('takes 12 calls to read, 5 to isolate, 7 to verify, 3 to restore, 6 to verify, with 3 groups of 50 rules', async () => {
    const one = await rig();
    const counted = async (work: () => Promise<unknown>): Promise<number> => {
      one.standIn.clearCalls();
      await work();
      return one.standIn.calls.length;
    };
    expect(await counted(() => read(one))).toBe(12);
    let groupId = '';
    expect(
      await counted(async () => {
        groupId = await isolate(one);
      }),
    ).toBe(5);
    expect(await counted(() => read(one, false))).toBe(7);
    expect(await counted(() => restore(one, groupId))).toBe(3);
    expect(await counted(() => read(one, false))).toBe(6);
  });

  it('works with the temporary credentials of a role', async () => {
    const one = await rig(
      {},
      { arn: STAND_IN_ROLE, sessionName: 'lockwatch', externalId: null, durationSeconds: 900 },
    );
    await restore(one, await isolate(one));
    expect(
      one.standIn.calls.map((call) => call.action).filter((action) => action === 'AssumeRole'),
    ).toHaveLength(1);
  });

  it.each(['lost', 'html502', 'internalError', 'silent'] as const)(
    'ends the same when every change happens and its first answer is %s',
    async (kind) => {
      const one = await rig({}, null, kind === 'silent' ? 500 : 20_000);
      for (const on of [
        'CreateSecurityGroup',
        'ModifySecurityGroupPolicy',
        'AuthorizeSecurityGroup',
        'ModifyInstanceAttribute',
      ]) {
        one.standIn.faults.add({ on, fault: { kind, done: true }, times: 1 });
      }
      const groupId = await isolate(one);
      expect(rdpIsOpen(one)).toBe(false);
      expect(one.standIn.rulesOf(groupId)).toHaveLength(2);
      expect(one.standIn.state.groups.size).toBe(4);
      expect(one.standIn.groupsOf('i-1')).toEqual(['sg-1', 'sg-2', 'sg-3', groupId]);
    },
    20_000,
  );

  it('names each permission that is missing', async () => {
    const one = await rig();
    for (const on of ['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeSecurityGroupAttribute']) {
      const undo = one.standIn.faults.add({ on, fault: { kind: 'denied' } });
      expect(await one.provider.snapshot(ref, signal)).toMatchObject({
        error: { code: 'cloud.denied', params: { action: `ecs:${on}` } },
      });
      undo();
    }
  });

  it('proves the credentials, and tells wrong ones', async () => {
    const one = await rig();
    expect(await one.provider.checkCredentials(region, signal)).toEqual({ ok: true, value: null });
    const wrong = await rig({ keys: [] });
    expect(await wrong.provider.checkCredentials(region, signal)).toMatchObject({
      error: { code: 'cloud.auth' },
    });
  });
});
