import { describe, expect, it } from 'vitest';
import { networkSnapshotSchema } from '../../../shared/network';
import { createEcsRig, ref } from '../testing/ecs-rig';
import { tinyGroup, tinyRule } from '../testing/tiny-ecs';
import { createEcsProvider } from './ecs-provider';

const fault = (status: number, Code: string) => ({ status, json: { Code, RequestId: 'R' } });

async function read(rig: ReturnType<typeof createEcsRig>, members = true) {
  const snapshot = await rig.snapshot(members);
  if (!snapshot.ok) throw new Error(snapshot.error.code);
  return snapshot.value;
}

describe('the snapshot of an instance', () => {
  it('has the instance, its interfaces, their groups and who shares them', async () => {
    const snapshot = await read(createEcsRig());
    expect(networkSnapshotSchema.parse(snapshot)).toEqual(snapshot);
    expect(snapshot.instance).toMatchObject({
      id: 'i-1',
      system: 'windows',
      status: 'running',
      lockedForSecurity: false,
      publicAddresses: ['198.51.100.7'],
      privateAddresses: ['10.0.0.5'],
      vpcId: 'vpc-test',
    });
    expect(snapshot.interfaces).toEqual([
      {
        id: 'eni-1',
        primary: true,
        privateAddresses: ['10.0.0.5'],
        ipv6Addresses: ['2001:db8::7'],
        publicAddress: '198.51.100.7',
        groupIds: ['sg-shared', 'sg-own'],
      },
      {
        id: 'eni-2',
        primary: false,
        privateAddresses: ['10.0.1.5'],
        ipv6Addresses: ['2001:db8::7'],
        publicAddress: null,
        groupIds: ['sg-own'],
      },
    ]);
    const [shared, own] = snapshot.groups;
    expect(shared).toMatchObject({ id: 'sg-shared', type: 'basic', innerAccess: 'accept', managed: false });
    expect(shared?.members).toEqual([
      { id: 'i-1', name: 'name of i-1' },
      { id: 'i-2', name: 'name of i-2' },
    ]);
    expect(own).toMatchObject({ innerAccess: 'drop', tags: { owner: 'web' }, members: [{ id: 'i-1' }] });
  });

  it('counts an instance that carries a group on a secondary interface only', async () => {
    const rig = createEcsRig();
    rig.ecs.interfaces.set('eni-9', {
      instanceId: 'i-9',
      primary: false,
      address: '10.0.9.9',
      groups: ['sg-own'],
    });
    const { groups } = await read(rig);
    expect(groups[1]?.members.map((member) => member.id).toSorted()).toEqual(['i-1', 'i-9']);
  });

  it('makes 3 + g calls, and 2g more for the members, in two rounds', async () => {
    for (const g of [1, 3, 10]) {
      for (const members of [true, false]) {
        const rig = createEcsRig();
        const ids = Array.from({ length: g }, (_, index) => `sg-${index}`);
        for (const id of ids) {
          rig.ecs.groups.set(
            id,
            tinyGroup({ rules: Array.from({ length: 50 }, (_, n) => tinyRule(`sgr-${n}`)) }),
          );
        }
        rig.ecs.interfaces.set('eni-1', {
          instanceId: 'i-1',
          primary: true,
          address: '10.0.0.5',
          groups: ids,
        });
        rig.ecs.interfaces.delete('eni-2');
        await read(rig, members);
        expect(rig.calls).toHaveLength(3 + g + (members ? 2 * g : 0));
      }
    }
  });

  it('takes every page, and reads rules that come in several', async () => {
    const rig = createEcsRig();
    const shared = rig.ecs.groups.get('sg-shared');
    if (shared) shared.rules = Array.from({ length: 23 }, (_, n) => tinyRule(`sgr-${n}`));
    rig.ecs.pageSize = 5;
    const { groups } = await read(rig);
    expect(groups[0]?.ingress.map((rule) => rule.id)).toEqual(
      Array.from({ length: 23 }, (_, n) => `sgr-${n}`),
    );
  });

  it('leaves outbound rules out even when the answer has them', async () => {
    const rig = createEcsRig();
    rig.ecs.groups.get('sg-shared')?.rules.push(tinyRule('sgr-out', { Direction: 'egress' }));
    expect((await read(rig)).groups[0]?.ingress).toHaveLength(1);
  });

  it('resolves prefix lists and port lists; one that cannot be read is null', async () => {
    const rig = createEcsRig();
    rig.ecs.groups
      .get('sg-shared')
      ?.rules.push(
        tinyRule('sgr-2', { SourceCidrIp: '', SourcePrefixListId: 'pl-1' }),
        tinyRule('sgr-3', { SourceCidrIp: '', SourcePrefixListId: 'pl-gone' }),
        tinyRule('sgr-4', { PortRange: '', PortRangeListId: 'prl-1' }),
        tinyRule('sgr-5', { PortRange: '', PortRangeListId: 'prl-gone' }),
      );
    rig.ecs.prefixLists.set('pl-1', ['10.0.0.0/8', '2001:DB8::/32']);
    rig.ecs.portLists.set('prl-1', ['3389/3389', '80/90']);
    expect(await read(rig)).toMatchObject({
      prefixLists: { 'pl-1': ['10.0.0.0/8', '2001:db8::/32'], 'pl-gone': null },
      portLists: {
        'prl-1': [
          { from: 3389, to: 3389 },
          { from: 80, to: 90 },
        ],
        'prl-gone': null,
      },
    });
  });

  it('tells managed and enterprise groups, and takes one that is not listed for managed', async () => {
    const rig = createEcsRig();
    rig.ecs.groups.set('sg-own', tinyGroup({ managed: true, type: 'enterprise', inner: '' }));
    expect((await read(rig)).groups[1]).toMatchObject({
      managed: true,
      type: 'enterprise',
      innerAccess: 'drop',
    });
    rig.ecs.before = (call) =>
      call.action === 'DescribeSecurityGroups' ? { json: { RequestId: 'R' } } : undefined;
    expect((await read(rig)).groups[0]).toMatchObject({ id: 'sg-shared', managed: true });
  });

  it('stands in for a primary interface that the list leaves out', async () => {
    const rig = createEcsRig();
    rig.ecs.before = (call) =>
      call.action === 'DescribeNetworkInterfaces' ? { json: { RequestId: 'R' } } : undefined;
    expect((await read(rig)).interfaces).toMatchObject([
      { primary: true, privateAddresses: ['10.0.0.5'], groupIds: ['sg-shared', 'sg-own'] },
    ]);
  });
});

describe('groups that are asked for beside the interfaces', () => {
  const asked = (rig: ReturnType<typeof createEcsRig>, options: object) =>
    rig.run(rig.provider.snapshot(ref, rig.signal, options));
  const overlay = tinyGroup({
    name: 'overlay',
    inner: 'Drop',
    rules: [tinyRule('sgr-9', { Policy: 'Drop' })],
  });

  it('are told with their rules although nobody carries them', async () => {
    const rig = createEcsRig();
    rig.ecs.groups.set('sg-overlay', overlay);
    const told = await asked(rig, { groupIds: ['sg-overlay'] });
    expect(told).toMatchObject({
      value: {
        groups: [
          { id: 'sg-shared' },
          { id: 'sg-own' },
          {
            id: 'sg-overlay',
            name: 'overlay',
            innerAccess: 'drop',
            managed: false,
            ingress: [{ id: 'sgr-9', policy: 'drop' }],
            members: [],
          },
        ],
      },
    });
  });

  it.each([
    ['leaves one that is gone out of the list', false],
    ['fails the list of groups for one that is gone', true],
  ])('are left out when they do not exist, where the cloud %s', async (_how, listFails) => {
    const rig = createEcsRig();
    rig.ecs.before = (call) =>
      listFails &&
      call.action === 'DescribeSecurityGroups' &&
      call.parameters.SecurityGroupIds?.includes('sg-gone')
        ? fault(404, 'InvalidSecurityGroupId.NotFound')
        : undefined;
    const told = await asked(rig, { groupIds: ['sg-gone', 'sg-own'], expectedGroupIds: ['sg-shared'] });
    expect(told).toMatchObject({
      value: {
        groups: [
          { id: 'sg-shared', managed: false },
          { id: 'sg-own', managed: false },
        ],
      },
    });
  });

  it('fail the whole when they exist and cannot be read', async () => {
    const rig = createEcsRig();
    rig.ecs.groups.set('sg-overlay', overlay);
    rig.ecs.before = (call) =>
      call.parameters.SecurityGroupId === 'sg-overlay' ? fault(403, 'Forbidden.RAM') : undefined;
    expect(await asked(rig, { groupIds: ['sg-overlay'] })).toMatchObject({ error: { code: 'cloud.denied' } });
  });

  it('cost no further round, and none at all when the carried ones are expected', async () => {
    const rig = createEcsRig();
    rig.ecs.groups.set('sg-overlay', overlay);
    let underWay = 0;
    let most = 0;
    const count = <T>(work: () => Promise<T>): Promise<T> => {
      underWay += 1;
      most = Math.max(most, underWay);
      return work().finally(() => {
        underWay -= 1;
      });
    };
    const provider = createEcsProvider({
      clock: rig.clock,
      client: { ...rig.client, call: (request, signal) => count(() => rig.client.call(request, signal)) },
    });
    const options = { members: false, groupIds: ['sg-overlay'], expectedGroupIds: ['sg-shared', 'sg-own'] };
    await rig.run(provider.snapshot(ref, rig.signal, options));
    expect(rig.calls).toHaveLength(6);
    expect(most).toBe(6);
  });

  it.each([[['sg-own', 'sg-shared']], [['sg-own']], [['sg-elsewhere', 'sg-shared']], [['sg-gone']]])(
    'expected ones (%j) change nothing in what is told',
    async (expectedGroupIds) => {
      const plain = createEcsRig();
      const hinted = createEcsRig();
      for (const rig of [plain, hinted]) rig.ecs.groups.set('sg-elsewhere', tinyGroup({ name: 'elsewhere' }));
      const [a, b] = [await asked(plain, {}), await asked(hinted, { expectedGroupIds })];
      if (!a.ok || !b.ok) throw new Error('Not read');
      expect({ ...b.value, takenAtMs: 0 }).toEqual({ ...a.value, takenAtMs: 0 });
    },
  );
});

describe('a snapshot that cannot be whole is none', () => {
  it('of an instance that is gone', async () => {
    const rig = createEcsRig();
    const work = rig.provider.snapshot({ ...ref, instanceId: 'i-none' }, rig.signal);
    expect(await rig.run(work)).toMatchObject({ error: { code: 'cloud.notFound' } });
  });

  it('with an interface without groups', async () => {
    const rig = createEcsRig();
    rig.ecs.interfaces.set('eni-2', { instanceId: 'i-1', primary: false, address: '10.0.1.5', groups: [] });
    expect(await rig.snapshot()).toMatchObject({ error: { code: 'cloud.unreadableAnswer' } });
  });

  it('with a page token that comes again and again', async () => {
    const rig = createEcsRig();
    rig.ecs.before = (call) =>
      call.action === 'DescribeSecurityGroupAttribute'
        ? { json: { RequestId: 'R', NextToken: 'again', Permissions: { Permission: [tinyRule('sgr-1')] } } }
        : undefined;
    expect(await rig.snapshot()).toMatchObject({ error: { code: 'cloud.unreadableAnswer' } });
  });

  it('but an empty page with a token known already is the end of a list', async () => {
    const rig = createEcsRig();
    rig.ecs.before = (call) =>
      call.action === 'DescribeSecurityGroupAttribute'
        ? {
            json: {
              RequestId: 'R',
              NextToken: 'again',
              Permissions: { Permission: call.parameters.NextToken ? [] : [tinyRule('sgr-1')] },
            },
          }
        : undefined;
    expect((await read(rig)).groups[0]?.ingress).toHaveLength(1);
  });

  it('with an answer of another shape', async () => {
    const rig = createEcsRig();
    rig.ecs.before = (call) =>
      call.action === 'DescribeInstances' ? { json: { RequestId: 'R', Instances: 'none' } } : undefined;
    expect(await rig.snapshot()).toMatchObject({ error: { code: 'cloud.unreadableAnswer' } });
  });

  it.each([
    'DescribeInstances',
    'DescribeNetworkInterfaces',
    'DescribeSecurityGroups',
    'DescribeSecurityGroupAttribute',
  ])('without the permission for %s, which is named', async (action) => {
    const rig = createEcsRig();
    rig.ecs.before = (call) =>
      call.action === action
        ? {
            status: 403,
            json: { Code: 'Forbidden.RAM', AccessDeniedDetail: { AuthAction: `ecs:${action}` } },
          }
        : undefined;
    expect(await rig.snapshot()).toMatchObject({
      error: { code: 'cloud.denied', params: { action: `ecs:${action}` } },
    });
  });
});

describe('the other reads', () => {
  it('prove the credentials by a rehearsal that changes nothing', async () => {
    const rig = createEcsRig();
    expect(await rig.run(rig.provider.checkCredentials('eu-central-1', rig.signal))).toEqual({
      ok: true,
      value: null,
    });
    expect(rig.calls.map((call) => [call.action, call.parameters.DryRun])).toEqual([
      ['DescribeInstances', 'true'],
    ]);
    rig.ecs.before = () => fault(404, 'InvalidAccessKeyId.NotFound');
    expect(await rig.run(rig.provider.checkCredentials('eu-central-1', rig.signal))).toMatchObject({
      error: { code: 'cloud.auth' },
    });
  });

  it('list regions and every instance of one', async () => {
    const rig = createEcsRig();
    rig.ecs.pageSize = 1;
    expect(await rig.run(rig.provider.listRegions(rig.signal))).toEqual({
      ok: true,
      value: [{ id: 'eu-central-1', name: 'Frankfurt' }],
    });
    const instances = await rig.run(rig.provider.listInstances('eu-central-1', rig.signal));
    expect(instances.ok && instances.value.map((one) => one.id)).toEqual(['i-1', 'i-2']);
  });

  it.each([
    [{ OSType: 'windows', OSName: '' }, { system: 'windows' }],
    [{ OSType: 'linux', OSName: 'Windows look-alike' }, { system: 'linux' }],
    [{ OSType: '', OSName: 'Windows Server 2022' }, { system: 'windows' }],
    [{ Status: 'Stopped' }, { status: 'stopped' }],
    [{ Status: 'Hibernated' }, { status: 'unknown' }],
    [{ OperationLocks: { LockReason: [{ LockReason: 'security' }] } }, { lockedForSecurity: true }],
    [{ OperationLocks: { LockReason: [{ LockReason: 'financial' }] } }, { lockedForSecurity: false }],
    [{ OperationLocks: { LockReason: ['security'] } }, { lockedForSecurity: true }],
    [{ EipAddress: { IpAddress: '203.0.113.9' } }, { publicAddresses: ['203.0.113.9'] }],
    [{ InstanceName: '' }, { name: 'i-7' }],
  ])('an instance with %j is %j', async (fields, expected) => {
    const rig = createEcsRig();
    rig.ecs.before = () => ({ json: { Instances: { Instance: [{ InstanceId: 'i-7', ...fields }] } } });
    const instances = await rig.run(rig.provider.listInstances('eu-central-1', rig.signal));
    expect(instances).toMatchObject({ value: [expected] });
  });

  it('find groups by their tags', async () => {
    const rig = createEcsRig();
    const found = await rig.run(rig.provider.findGroups('eu-central-1', { owner: 'web' }, rig.signal));
    expect(found).toMatchObject({ value: [{ id: 'sg-own', tags: { owner: 'web' }, type: 'basic' }] });
  });
});
