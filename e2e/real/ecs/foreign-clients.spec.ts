import { afterEach, describe, expect, it } from 'vitest';
import { instanceIdOf, practiceNetworks } from '../../../electron/lab/ecs/practice/practice-estate';
import { createEcsStandIn, type EcsStandIn, STAND_IN_KEY } from '../../../electron/lab/ecs/stand-in';
import type { Endpoint } from './endpoint';
import { hasLibcloud, libcloud, libcloudValue } from './libcloud';
import { officialClient, sdk } from './official-sdk';
import { inWireWords, ownClient } from './own-client';
import { popCore } from './pop-core';

const REGION = 'cn-hangzhou';
const WEB = instanceIdOf('web-01');
const SHARED = 'sg-practice-web';
const ATTACKER = { sourceAddress: '198.51.100.7', protocol: 'tcp', destinationPort: 3389 } as const;
const DROP = { IpProtocol: 'TCP', PortRange: '3389/3389', SourceCidrIp: '0.0.0.0/0', Policy: 'Drop' };
const libcloudReason = 'python3-libcloud is not installed';

const open: EcsStandIn[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

async function started(): Promise<{ standIn: EcsStandIn; endpoint: Endpoint }> {
  const standIn = createEcsStandIn({ estate: practiceNetworks });
  open.push(standIn);
  const port = await standIn.start();
  return { standIn, endpoint: { port, key: STAND_IN_KEY, region: REGION } };
}

/** Field by field as text, empty fields left out: the form in which all clients can be compared. */
function plain(record: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(
    entries.map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), String(value)]),
  );
}

const records = (body: Record<string, unknown>, ...path: readonly string[]): Record<string, unknown>[] =>
  path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], body) as Record<
    string,
    unknown
  >[];

async function officialInstances(
  endpoint: Endpoint,
): Promise<sdk.DescribeInstancesResponseBodyInstancesInstance[]> {
  const client = officialClient(endpoint);
  const all: sdk.DescribeInstancesResponseBodyInstancesInstance[] = [];
  let nextToken: string | undefined;
  do {
    const request = new sdk.DescribeInstancesRequest({ regionId: REGION, maxResults: 3, nextToken });
    const { body } = await client.describeInstances(request);
    all.push(...(body?.instances?.instance ?? []));
    nextToken = body?.nextToken;
  } while (nextToken);
  return all;
}

async function officialRules(endpoint: Endpoint, securityGroupId: string): Promise<Record<string, string>[]> {
  const request = new sdk.DescribeSecurityGroupAttributeRequest({ regionId: REGION, securityGroupId });
  const { body } = await officialClient(endpoint).describeSecurityGroupAttribute(request);
  return (body?.permissions?.permission ?? []).map((rule) => plain({ ...rule }));
}

const popRules = async (endpoint: Endpoint, SecurityGroupId: string, method: 'GET' | 'POST') => {
  const asked = { RegionId: REGION, SecurityGroupId };
  const body = await popCore(endpoint).request('DescribeSecurityGroupAttribute', asked, { method });
  return records(body, 'Permissions', 'Permission').map(plain);
};

describe('foreign clients read the same', () => {
  it('official SDK and pop-core: instances over several pages, groups, rules', async () => {
    const { endpoint } = await started();
    const official = await officialInstances(endpoint);
    expect(official.map((one) => one.instanceId)).toEqual(practiceNetworks.instances.map(({ id }) => id));
    for (const method of ['GET', 'POST'] as const) {
      const asked = { RegionId: REGION, PageSize: 100 };
      const body = await popCore(endpoint).request('DescribeInstances', asked, { method });
      const seen = records(body, 'Instances', 'Instance').map((one) => ({
        id: one.InstanceId,
        name: one.InstanceName,
        status: one.Status,
        system: one.OSType,
        groups: records(one, 'SecurityGroupIds', 'SecurityGroupId'),
      }));
      expect(seen).toEqual(
        official.map((one) => ({
          id: one.instanceId,
          name: one.instanceName,
          status: one.status,
          system: one.OSType,
          groups: one.securityGroupIds?.securityGroupId,
        })),
      );
      for (const { id } of practiceNetworks.groups) {
        expect(await popRules(endpoint, id, method)).toEqual(await officialRules(endpoint, id));
      }
    }
  });

  it.skipIf(!hasLibcloud)(`libcloud, in XML (skipped when ${libcloudReason})`, async () => {
    const { endpoint } = await started();
    const [regions, instances, groups, ...rules] = await libcloud(endpoint, [
      ['regions'],
      ['instances'],
      ['groups'],
      ...practiceNetworks.groups.map(({ id }) => ['rules', id]),
    ]);
    expect(regions).toMatchObject({ value: expect.arrayContaining([REGION]) });
    const official = await officialInstances(endpoint);
    const states = { Running: 'running', Stopped: 'stopped' } as Record<string, string>;
    expect(instances).toEqual({
      value: official.map((one) => ({
        id: one.instanceId,
        name: one.instanceName,
        state: states[one.status ?? ''],
        public: one.publicIpAddress?.ipAddress ?? [],
      })),
    });
    expect(groups).toEqual({
      value: practiceNetworks.groups.map(({ id, name }) => ({ id, name, vpc: 'vpc-practice' })),
    });
    for (const [index, { id }] of practiceNetworks.groups.entries()) {
      const answer = rules[index];
      const { whole, short } = (answer && 'value' in answer ? answer.value : {}) as {
        whole: Record<string, string>[];
        short: (string | null)[][];
      };
      const expected = await officialRules(endpoint, id);
      expect(whole.map(plain)).toEqual(expected);
      expect(short.map(([protocol, ports]) => [protocol, ports ?? ''])).toEqual(
        expected.map((rule) => [rule.IpProtocol, rule.PortRange ?? '']),
      );
    }
  });
});

/** What the interface says and the app has no use for. */
const NOT_KEPT = new Set(['CreateTime', 'Direction', 'NicType']);
const kept = (rule: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(rule).filter(([name]) => !NOT_KEPT.has(name)));

describe('the app’s own client reads the same', () => {
  it('instances, interfaces, groups, rules and lists', async () => {
    const { endpoint } = await started();
    const own = ownClient(endpoint);
    const { signal } = new AbortController();
    const official = await officialInstances(endpoint);
    const listed = await own.listInstances(REGION, signal);
    if (!listed.ok) throw new Error(listed.error.code);
    expect(listed.value.map(({ id, name, status, system }) => ({ id, name, status, system }))).toEqual(
      official.map((one) => ({
        id: one.instanceId,
        name: one.instanceName,
        status: one.status?.toLowerCase(),
        system: one.OSType,
      })),
    );
    for (const one of official) {
      const read = await own.snapshot({ region: REGION, instanceId: one.instanceId ?? '' }, signal);
      if (!read.ok) throw new Error(read.error.code);
      const { groups, interfaces, prefixLists, portLists, instance } = read.value;
      expect(instance.lockedForSecurity).toBe((one.operationLocks?.lockReason ?? []).length > 0);
      expect(interfaces.map(({ id }) => id)).toEqual(
        one.networkInterfaces?.networkInterface?.map((nic) => nic.networkInterfaceId),
      );
      const primary = interfaces.find((nic) => nic.primary);
      expect(primary?.groupIds).toEqual(one.securityGroupIds?.securityGroupId);
      for (const group of groups) {
        const expected = (await officialRules(endpoint, group.id)).map(kept);
        expect(group.ingress.map(inWireWords)).toEqual(expected);
        const sharing = practiceNetworks.instances.filter((other) =>
          other.interfaces.some((nic) => nic.groupIds.includes(group.id)),
        );
        expect(group.members.map(({ id }) => id).sort()).toEqual(sharing.map(({ id }) => id).sort());
      }
      for (const [id, cidrs] of Object.entries(prefixLists)) {
        expect(cidrs).toEqual(practiceNetworks.prefixLists?.find((list) => list.id === id)?.cidrs);
      }
      for (const [id, ranges] of Object.entries(portLists)) {
        const written = ranges?.map((range) => (range === 'all' ? '-1/-1' : `${range.from}/${range.to}`));
        expect(written).toEqual(practiceNetworks.portLists?.find((list) => list.id === id)?.ranges);
      }
    }
  });
});

/** What every client does in turn: a group that drops Remote Desktop, put onto one instance and taken off again. */
interface Isolator {
  readonly name: string;
  readonly missing: boolean;
  create(endpoint: Endpoint): Promise<string>;
  deny(endpoint: Endpoint, groupId: string): Promise<unknown>;
  attach(endpoint: Endpoint, groupId: string): Promise<unknown>;
  detach(endpoint: Endpoint, groupId: string): Promise<unknown>;
  remove(endpoint: Endpoint, groupId: string): Promise<unknown>;
}

const overlay = {
  RegionId: REGION,
  VpcId: 'vpc-practice',
  SecurityGroupName: 'overlay',
  ClientToken: 'once',
};
const flat = (groupId: string) => ({ RegionId: REGION, SecurityGroupId: groupId, ...DROP });

const isolators: readonly Isolator[] = [
  {
    name: 'official SDK',
    missing: false,
    async create(endpoint) {
      const request = new sdk.CreateSecurityGroupRequest({
        regionId: REGION,
        vpcId: overlay.VpcId,
        securityGroupName: overlay.SecurityGroupName,
        clientToken: overlay.ClientToken,
      });
      const { body } = await officialClient(endpoint).createSecurityGroup(request);
      return body?.securityGroupId ?? '';
    },
    deny(endpoint, securityGroupId) {
      const permission = new sdk.AuthorizeSecurityGroupRequestPermissions({
        ipProtocol: 'TCP',
        portRange: '3389/3389',
        sourceCidrIp: '0.0.0.0/0',
        policy: 'Drop',
        description: "isolation (it's *temp*) ~é",
      });
      const request = new sdk.AuthorizeSecurityGroupRequest({
        regionId: REGION,
        securityGroupId,
        permissions: [permission],
      });
      return officialClient(endpoint).authorizeSecurityGroup(request);
    },
    attach: (endpoint, groupId) => officialSet(endpoint, [SHARED, groupId]),
    detach: (endpoint) => officialSet(endpoint, [SHARED]),
    remove: (endpoint, securityGroupId) =>
      officialClient(endpoint).deleteSecurityGroup(
        new sdk.DeleteSecurityGroupRequest({ regionId: REGION, securityGroupId }),
      ),
  },
  ...(['GET', 'POST'] as const).map((method): Isolator => {
    const ask = (endpoint: Endpoint, action: string, asked: Readonly<Record<string, unknown>>) =>
      popCore(endpoint).request(action, asked, { method });
    return {
      name: `pop-core with ${method}`,
      missing: false,
      create: async (endpoint) =>
        String((await ask(endpoint, 'CreateSecurityGroup', overlay)).SecurityGroupId),
      deny: (endpoint, groupId) => {
        const fields = { ...DROP, Description: "isolation (it's *temp*) ~é" };
        const permission = Object.entries(fields).map(([name, value]) => [`Permissions.1.${name}`, value]);
        const asked = { RegionId: REGION, SecurityGroupId: groupId, ...Object.fromEntries(permission) };
        return ask(endpoint, 'AuthorizeSecurityGroup', asked);
      },
      attach: (endpoint, groupId) =>
        ask(endpoint, 'ModifyInstanceAttribute', {
          InstanceId: WEB,
          'SecurityGroupIds.1': SHARED,
          'SecurityGroupIds.2': groupId,
        }),
      detach: (endpoint) =>
        ask(endpoint, 'ModifyInstanceAttribute', { InstanceId: WEB, 'SecurityGroupIds.1': SHARED }),
      remove: (endpoint, groupId) =>
        ask(endpoint, 'DeleteSecurityGroup', { RegionId: REGION, SecurityGroupId: groupId }),
    };
  }),
  {
    name: 'libcloud',
    missing: !hasLibcloud,
    create: async (endpoint) => String(await libcloudValue(endpoint, 'create', overlay)),
    deny: (endpoint, groupId) =>
      libcloudValue(endpoint, 'call', 'AuthorizeSecurityGroup', {
        ...flat(groupId),
        Description: "isolation (it's *temp*) ~é",
      }),
    attach: (endpoint, groupId) => libcloudValue(endpoint, 'join', WEB, groupId),
    detach: (endpoint, groupId) => libcloudValue(endpoint, 'leave', WEB, groupId),
    remove: (endpoint, groupId) => libcloudValue(endpoint, 'delete', groupId),
  },
];

function officialSet(endpoint: Endpoint, securityGroupIds: string[]) {
  const request = new sdk.ModifyInstanceAttributeRequest({ instanceId: WEB, securityGroupIds });
  return officialClient(endpoint).modifyInstanceAttribute(request);
}

describe('foreign clients change the same groups', () => {
  it.each(isolators.filter(({ missing }) => !missing))(
    '$name isolates one instance and lets it go',
    async (client) => {
      const { standIn, endpoint } = await started();
      const groupId = await client.create(endpoint);
      // The same token again is the same group.
      expect(await client.create(endpoint)).toBe(groupId);
      await client.deny(endpoint, groupId);
      expect(standIn.allows(WEB, ATTACKER)).toBe(true);
      await client.attach(endpoint, groupId);
      expect(standIn.allows(WEB, ATTACKER)).toBe(false);
      expect(standIn.allows(WEB, { ...ATTACKER, destinationPort: 443 })).toBe(true);
      expect(standIn.allows(instanceIdOf('app-02'), ATTACKER)).toBe(true);
      const seen = await officialRules(endpoint, groupId);
      expect(seen).toMatchObject([{ Policy: 'Drop', Description: "isolation (it's *temp*) ~é" }]);
      expect(await popRules(endpoint, groupId, 'POST')).toEqual(seen);
      expect(standIn.groupsOf(WEB)).toEqual([SHARED, groupId]);
      await client.detach(endpoint, groupId);
      expect(standIn.allows(WEB, ATTACKER)).toBe(true);
      await client.remove(endpoint, groupId);
      expect(standIn.state.groups.has(groupId)).toBe(false);
      expect(standIn.calls.map(({ code }) => code).filter((code) => code !== null)).toEqual([]);
    },
  );

  if (!hasLibcloud) it.skip(`libcloud isolates one instance and lets it go: ${libcloudReason}`);
});

describe('foreign clients are told the same', () => {
  const gone = { RegionId: REGION, SecurityGroupId: 'sg-gone' };

  it('an error with its code and request id', async () => {
    const { standIn, endpoint } = await started();
    const request = new sdk.DescribeSecurityGroupAttributeRequest({
      regionId: REGION,
      securityGroupId: 'sg-gone',
    });
    const code = 'InvalidSecurityGroupId.NotFound';
    await expect(officialClient(endpoint).describeSecurityGroupAttribute(request)).rejects.toMatchObject({
      code,
      statusCode: 404,
    });
    await expect(
      popCore(endpoint).request('DescribeSecurityGroupAttribute', gone, { method: 'POST' }),
    ).rejects.toMatchObject({ code });
    if (hasLibcloud) await expect(libcloudValue(endpoint, 'rules', 'sg-gone')).rejects.toThrow(code);
    expect(new Set(standIn.calls.map((call) => call.code))).toEqual(new Set([code]));
  });

  it('a missing permission by its name', async () => {
    const { standIn, endpoint } = await started();
    standIn.faults.add({ on: 'RevokeSecurityGroup', fault: { kind: 'denied' } });
    const request = new sdk.RevokeSecurityGroupRequest({
      regionId: REGION,
      securityGroupId: SHARED,
      securityGroupRuleId: ['x'],
    });
    await expect(officialClient(endpoint).revokeSecurityGroup(request)).rejects.toMatchObject({
      code: 'Forbidden.RAM',
      accessDeniedDetail: { AuthAction: 'ecs:RevokeSecurityGroup' },
    });
  });

  it('throttling, with how long to wait', async () => {
    const { standIn, endpoint } = await started();
    standIn.faults.add({ on: 'DescribeRegions', fault: { kind: 'throttled', retryAfterMs: 700 } });
    await expect(
      officialClient(endpoint).describeRegions(new sdk.DescribeRegionsRequest({})),
    ).rejects.toMatchObject({ code: 'Throttling.User', retryAfter: 700 });
  });

  it('that a secret is wrong', async () => {
    const { endpoint } = await started();
    const wrong = { ...endpoint, key: { ...endpoint.key, secret: 'wrong' } };
    const code = 'SignatureDoesNotMatch';
    await expect(officialInstances(wrong)).rejects.toMatchObject({ code });
    for (const method of ['GET', 'POST'] as const) {
      await expect(popRules(wrong, SHARED, method)).rejects.toMatchObject({ code });
    }
    if (hasLibcloud) await expect(libcloudValue(wrong, 'instances')).rejects.toThrow(code);
  });
});
