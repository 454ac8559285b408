import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../clock';
import { EcsError } from '../error';
import { createEcsStandIn, type EcsStandInOptions } from '../stand-in';
import type { Body } from '../testing/client';
import { smallEstate } from '../testing/estates';

type Parameters = Readonly<Record<string, string>>;

function setUp(options: Partial<EcsStandInOptions> = {}) {
  const standIn = createEcsStandIn({ estate: smallEstate, clock: new SimulatedClock(0), ...options });
  const act = (action: string, parameters: Parameters = {}) =>
    standIn.act(action, parameters) as unknown as Body;
  const codeOf = (action: string, parameters: Parameters = {}): string => {
    try {
      act(action, parameters);
      return 'OK';
    } catch (thrown) {
      if (thrown instanceof EcsError) return `${thrown.status} ${thrown.code}`;
      throw thrown;
    }
  };
  return { standIn, act, codeOf };
}

const permission = (index: number, fields: Parameters): Parameters =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`Permissions.${index}.${name}`, value]));
const rdp = { IpProtocol: 'TCP', PortRange: '3389/3389', SourceCidrIp: '192.0.2.0/24' };
const own = { SecurityGroupId: 'sg-own' };
const numberedGroups = (name: string, ids: readonly string[]): Parameters =>
  Object.fromEntries(ids.map((id, index) => [`${name}.${index + 1}`, id]));

describe('reading', () => {
  it('lists regions and instances, with the interfaces and their groups', () => {
    const { act } = setUp();
    expect(JSON.stringify(act('DescribeRegions'))).toContain('"RegionId":"cn-hangzhou"');
    const found = act('DescribeInstances', { InstanceIds: '["i-one","i-none"]' }).Instances?.Instance;
    expect(found).toHaveLength(1);
    expect(found?.[0]).toMatchObject({
      InstanceId: 'i-one',
      OSType: 'windows',
      Status: 'Running',
      PublicIpAddress: { IpAddress: ['203.0.113.1'] },
      SecurityGroupIds: { SecurityGroupId: ['sg-shared'] },
      OperationLocks: { LockReason: [] },
    });
    const nics = act('DescribeNetworkInterfaces', { InstanceId: 'i-one' }).NetworkInterfaceSets
      ?.NetworkInterfaceSet;
    expect(nics).toMatchObject([
      { Type: 'Primary', SecurityGroupIds: { SecurityGroupId: ['sg-shared'] } },
      {
        Type: 'Secondary',
        NetworkInterfaceId: 'eni-second',
        SecurityGroupIds: { SecurityGroupId: ['sg-own'] },
      },
    ]);
  });

  it('pages by token to the end, and by number with totals', () => {
    const { act } = setUp();
    const ids = (body: Body) => JSON.stringify(body).match(/"InstanceId":"(i-\w+)"/g);
    const first = act('DescribeInstances', { MaxResults: '2' });
    expect([ids(first)?.length, first.TotalCount]).toEqual([2, 0]);
    const second = act('DescribeInstances', { MaxResults: '2', NextToken: String(first.NextToken) });
    expect([ids(second)?.length, second.NextToken]).toEqual([1, '']);
    const numbered = act('DescribeInstances', { PageSize: '2', PageNumber: '2' });
    expect([ids(numbered), numbered.TotalCount, numbered.PageNumber]).toEqual([
      ['"InstanceId":"i-out"'],
      3,
      2,
    ]);
    expect(act('DescribeInstances', { PageNumber: '9' }).Instances?.Instance).toEqual([]);
  });

  it('filters by group, and answers a dry run with the error that means yes', () => {
    const { act, codeOf } = setUp();
    const found = act('DescribeInstances', { SecurityGroupId: 'sg-shared' }).Instances?.Instance;
    expect(found).toMatchObject([{ InstanceId: 'i-one' }, { InstanceId: 'i-two' }]);
    expect(codeOf('DescribeInstances', { DryRun: 'true' })).toBe('400 DryRunOperation');
    expect(codeOf('DescribeInstances', { RegionId: 'nowhere' })).toBe('404 InvalidRegionId.NotFound');
    expect(codeOf('DescribeInstances', { InstanceIds: 'i-one' })).toBe('400 InvalidInstanceIds.Malformed');
    expect(codeOf('DescribeInstances', { NextToken: 'x' })).toBe('400 InvalidNextToken');
  });

  it('describes groups, their rules by direction and page, who names them, and lists', () => {
    const { act, codeOf } = setUp();
    const groups = act('DescribeSecurityGroups', { SecurityGroupIds: '["sg-shared","sg-managed"]' });
    expect(groups.SecurityGroups?.SecurityGroup).toMatchObject([
      { SecurityGroupId: 'sg-shared', SecurityGroupType: 'normal', ServiceManaged: false, EcsCount: 2 },
      { SecurityGroupId: 'sg-managed', ServiceManaged: true },
    ]);
    const shared = { SecurityGroupId: 'sg-shared' };
    const page = act('DescribeSecurityGroupAttribute', { ...shared, Direction: 'ingress', MaxResults: '1' });
    expect(page.InnerAccessPolicy).toBe('Accept');
    expect(page.Permissions?.Permission).toMatchObject([
      { SecurityGroupRuleId: 'sgr-rdp', Policy: 'Accept', Priority: '1', SourceCidrIp: '0.0.0.0/0' },
    ]);
    const token = String(page.NextToken);
    const rest = act('DescribeSecurityGroupAttribute', { ...shared, MaxResults: '1', NextToken: token });
    expect([rest.Permissions?.Permission?.length, rest.NextToken]).toEqual([1, '']);
    expect(act('DescribeSecurityGroupAttribute', { ...shared, Direction: 'egress' }).Permissions).toEqual({
      Permission: [],
    });
    expect(codeOf('DescribeSecurityGroupAttribute', { SecurityGroupId: 'sg-no' })).toBe(
      '404 InvalidSecurityGroupId.NotFound',
    );
    act('AuthorizeSecurityGroup', {
      ...own,
      ...permission(1, { ...rdp, SourceCidrIp: '', SourceGroupId: 'sg-shared' }),
    });
    const references = act('DescribeSecurityGroupReferences', { 'SecurityGroupId.1': 'sg-shared' });
    expect(JSON.stringify(references)).toContain('"SecurityGroupId":"sg-own"');
    const prefixes = act('DescribePrefixListAttributes', { PrefixListId: 'pl-office' });
    expect(prefixes).toMatchObject({ MaxEntries: 40, Entries: { Entry: [{ Cidr: '198.51.100.0/28' }, {}] } });
    const ports = act('DescribePortRangeListEntries', { PortRangeListId: 'prl-remote' });
    expect(ports.Entries).toMatchObject([{ PortRange: '22/22' }, { PortRange: '3389/3390' }]);
    expect(codeOf('DescribePrefixListAttributes', { PrefixListId: 'pl-x' })).toBe(
      '404 InvalidPrefixListId.NotFound',
    );
  });
});

describe('groups', () => {
  it('fact 8: creates basic groups that let their members in, and enterprise groups that never do', () => {
    const { act, standIn, codeOf } = setUp();
    const create = (more: Parameters) =>
      String(act('CreateSecurityGroup', { VpcId: 'vpc-practice', ...more }).SecurityGroupId);
    const basic = create({ SecurityGroupName: 'over-lay', 'Tag.1.Key': 'who', 'Tag.1.Value': 'ann' });
    const enterprise = create({ SecurityGroupType: 'enterprise' });
    expect(standIn.state.groups.get(basic)).toMatchObject({ innerAccess: 'Accept', tags: { who: 'ann' } });
    expect(standIn.state.groups.get(enterprise)?.innerAccess).toBe('Drop');
    act('ModifySecurityGroupPolicy', { SecurityGroupId: basic, InnerAccessPolicy: 'Drop' });
    expect(standIn.state.groups.get(basic)?.innerAccess).toBe('Drop');
    const change = { SecurityGroupId: enterprise, InnerAccessPolicy: 'Accept' };
    expect(codeOf('ModifySecurityGroupPolicy', change)).toBe('400 InvalidParameter.InnerAccessPolicy');
    expect(codeOf('CreateSecurityGroup')).toBe('400 MissingParameter');
    expect(codeOf('CreateSecurityGroup', { VpcId: 'v', SecurityGroupName: '1x' })).toBe(
      '400 InvalidSecurityGroupName.Malformed',
    );
  });

  it('deletes a group that nothing uses', () => {
    const { act, standIn, codeOf } = setUp();
    expect(codeOf('DeleteSecurityGroup', { SecurityGroupId: 'sg-shared' })).toBe('403 DependencyViolation');
    act('DeleteSecurityGroup', { SecurityGroupId: 'sg-enterprise' });
    expect(standIn.state.groups.has('sg-enterprise')).toBe(false);
  });

  it('tags and untags groups and instances', () => {
    const { act, standIn, codeOf } = setUp();
    const target = { ResourceType: 'securitygroup', 'ResourceId.1': 'sg-own' };
    act('TagResources', { ...target, 'Tag.1.Key': 'why', 'Tag.1.Value': 'attack', 'Tag.2.Key': 'who' });
    expect(standIn.state.groups.get('sg-own')?.tags).toEqual({ why: 'attack', who: '' });
    const found = act('DescribeSecurityGroups', { 'Tag.1.Key': 'why', 'Tag.1.Value': 'attack' });
    expect(found.SecurityGroups?.SecurityGroup).toMatchObject([{ SecurityGroupId: 'sg-own' }]);
    act('UntagResources', { ...target, 'TagKey.1': 'why' });
    expect(standIn.state.groups.get('sg-own')?.tags).toEqual({ who: '' });
    act('TagResources', { ResourceType: 'instance', 'ResourceId.1': 'i-one', 'Tag.1.Key': 'a' });
    expect(standIn.state.instances.get('i-one')?.tags).toEqual({ a: '' });
    expect(codeOf('TagResources', { ...target, ResourceType: 'moon', 'Tag.1.Key': 'a' })).toBe(
      '400 InvalidResourceType',
    );
  });
});

describe('rules', () => {
  it('fact 7: takes priority 1 and Accept when nothing is said, in the newer and in the flat form', () => {
    const { act, standIn } = setUp();
    act('AuthorizeSecurityGroup', { ...own, ...permission(1, rdp) });
    act('AuthorizeSecurityGroup', {
      ...own,
      ...rdp,
      IpProtocol: '6',
      PortRange: '22/22',
      Priority: '7',
      Policy: 'drop',
    });
    expect(standIn.rulesOf('sg-own')).toMatchObject([
      { ipProtocol: 'TCP', policy: 'Accept', priority: 1, sourceCidrIp: '192.0.2.0/24', nicType: 'intranet' },
      { ipProtocol: 'TCP', policy: 'Drop', priority: 7, portRange: '22/22' },
    ]);
  });

  it('fact 14: says yes to a rule that is there, and adds nothing, whatever its description', () => {
    const { act, standIn } = setUp();
    act('AuthorizeSecurityGroup', { ...own, ...permission(1, rdp) });
    const [first] = standIn.rulesOf('sg-own');
    expect(act('AuthorizeSecurityGroup', { ...own, ...permission(1, { ...rdp, Description: 'x' }) })).toEqual(
      {},
    );
    expect(standIn.rulesOf('sg-own')).toEqual([first]);
  });

  it('fact 14: revokes by id or not at all, and by fields as the documentation or as the field has it', () => {
    const { act, standIn, codeOf } = setUp();
    const shared = { SecurityGroupId: 'sg-shared' };
    const both = { ...shared, 'SecurityGroupRuleId.1': 'sgr-web', 'SecurityGroupRuleId.2': 'sgr-gone' };
    expect(codeOf('RevokeSecurityGroup', both)).toBe('400 InvalidParam.SecurityGroupRuleId');
    expect(standIn.rulesOf('sg-shared')).toHaveLength(2);
    const twice = { ...shared, 'SecurityGroupRuleId.1': 'sgr-web', 'SecurityGroupRuleId.2': 'sgr-web' };
    expect(codeOf('RevokeSecurityGroup', twice)).toBe('400 InvalidParam.SecurityGroupRuleIdRepeated');
    act('RevokeSecurityGroup', { ...shared, 'SecurityGroupRuleId.1': 'sgr-web' });
    expect(standIn.rulesOf('sg-shared').map(({ id }) => id)).toEqual(['sgr-rdp']);
    const fields = permission(1, { ...rdp, SourceCidrIp: '0.0.0.0/0', Policy: 'accept', Priority: '1' });
    expect(codeOf('RevokeSecurityGroup', { ...shared, ...fields })).toBe('OK');
    expect(standIn.rulesOf('sg-shared')).toEqual([]);
    expect(codeOf('RevokeSecurityGroup', { ...shared, ...fields })).toBe('OK');
    const field = setUp({
      rulebook: { revokeOfMissingRule: 'fails', missingRuleIdCode: 'InvalidSecurityGroupRuleId.NotFound' },
    });
    expect(field.codeOf('RevokeSecurityGroup', { ...own, ...fields })).toBe(
      '400 InvalidSecurityGroupRule.RuleNotExist',
    );
    expect(field.codeOf('RevokeSecurityGroup', { ...own, 'SecurityGroupRuleId.1': 'x' })).toBe(
      '404 InvalidSecurityGroupRuleId.NotFound',
    );
  });

  it('fact 15: modifies a rule but neither the kind of its source nor to an empty field', () => {
    const { act, standIn, codeOf } = setUp();
    const rule = { SecurityGroupId: 'sg-shared', SecurityGroupRuleId: 'sgr-rdp' };
    act('ModifySecurityGroupRule', { ...rule, Policy: 'drop', Priority: '3', Description: 'shut' });
    const expected = {
      id: 'sgr-rdp',
      policy: 'Drop',
      priority: 3,
      description: 'shut',
      sourceCidrIp: '0.0.0.0/0',
    };
    expect(standIn.rulesOf('sg-shared')[0]).toMatchObject(expected);
    act('ModifySecurityGroupRule', { ...rule, Description: '' });
    expect(standIn.rulesOf('sg-shared')[0]).toMatchObject(expected);
    expect(codeOf('ModifySecurityGroupRule', { ...rule, Ipv6SourceCidrIp: '::/0' })).toBe(
      '400 InvalidOperation.ModifySgRuleEntityType',
    );
    expect(codeOf('ModifySecurityGroupRule', { ...rule, SecurityGroupRuleId: 'no' })).toBe(
      '400 InvalidParam.SecurityGroupRuleId',
    );
  });

  it.each([
    ['no source', { ...rdp, SourceCidrIp: '' }, '400 MissingParameter'],
    ['both families', { ...rdp, Ipv6SourceCidrIp: '::/0' }, '400 InvalidParam.SourceIp'],
    ['no block', { ...rdp, SourceCidrIp: '192.0.2.0/33' }, '400 InvalidParam.SourceCidrIp'],
    ['IPv6 where IPv4 belongs', { ...rdp, SourceCidrIp: '::/0' }, '400 InvalidParam.SourceCidrIp'],
    [
      'ICMPv6 from IPv4',
      { ...rdp, IpProtocol: 'ICMPv6', PortRange: '-1/-1' },
      '400 InvalidParam.Ipv6ProtocolConflictWithIpv4Address',
    ],
    [
      'a port list for all protocols',
      { ...rdp, IpProtocol: 'ALL', PortRangeListId: 'prl-remote' },
      '400 InvalidParam.ProtocolNotSupportPortRangeList',
    ],
    [
      'a port list nobody knows',
      { ...rdp, PortRangeListId: 'prl-no' },
      '400 InvalidPortRangeListId.NotFound',
    ],
    ['an unknown protocol', { ...rdp, IpProtocol: 'SCTP' }, '400 InvalidIpProtocol.ValueNotSupported'],
    ['every port of TCP', { ...rdp, PortRange: '-1/-1' }, '400 InvalidParam.PortRange'],
    ['a port too high', { ...rdp, PortRange: '1/65536' }, '400 InvalidParam.PortRange'],
    ['ports the wrong way round', { ...rdp, PortRange: '20/10' }, '400 InvalidParam.PortRange'],
    ['priority 0', { ...rdp, Priority: '0' }, '400 InvalidPriority.ValueNotSupported'],
    ['priority 101', { ...rdp, Priority: '101' }, '400 InvalidPriority.ValueNotSupported'],
    ['an unknown policy', { ...rdp, Policy: 'maybe' }, '400 InvalidPolicy.ValueNotSupported'],
    [
      'an unknown group',
      { ...rdp, SourceCidrIp: '', SourceGroupId: 'sg-no' },
      '404 InvalidSourceGroupId.NotFound',
    ],
  ])('refuses %s', (_, fields, code) => {
    const { codeOf, standIn } = setUp();
    expect(codeOf('AuthorizeSecurityGroup', { ...own, ...permission(1, fields) })).toBe(code);
    expect(standIn.rulesOf('sg-own')).toEqual([]);
  });

  it('refuses the same permission twice in one call', () => {
    const { codeOf } = setUp();
    expect(codeOf('AuthorizeSecurityGroup', { ...own, ...permission(1, rdp), ...permission(2, rdp) })).toBe(
      '400 InvalidParam.DuplicatePermissions',
    );
  });

  it('fact 8: takes no group source into an enterprise group, and Drop by either reading', () => {
    const enterprise = { SecurityGroupId: 'sg-enterprise' };
    const source = permission(1, { ...rdp, SourceCidrIp: '', SourceGroupId: 'sg-own' });
    const drop = permission(1, { ...rdp, Policy: 'Drop' });
    const { codeOf } = setUp();
    expect(codeOf('AuthorizeSecurityGroup', { ...enterprise, ...source })).toBe(
      '400 InvalidGroupParameter.OperationDenied',
    );
    expect(codeOf('AuthorizeSecurityGroup', { ...enterprise, ...drop })).toBe('OK');
    const old = setUp({ rulebook: { enterpriseRefusesDrop: true } });
    expect(old.codeOf('AuthorizeSecurityGroup', { ...enterprise, ...drop })).toBe(
      '400 InvalidGroupParameter.OperationDenied',
    );
  });

  it('fact 12: writes nothing into a managed group, and moves nobody in or out', () => {
    const { codeOf } = setUp();
    const managed = { SecurityGroupId: 'sg-managed' };
    const code = '403 InvalidOperation.ResourceManagedByCloudProduct';
    expect(codeOf('AuthorizeSecurityGroup', { ...managed, ...permission(1, rdp) })).toBe(code);
    expect(codeOf('RevokeSecurityGroup', { ...managed, 'SecurityGroupRuleId.1': 'sgr-m' })).toBe(code);
    expect(
      codeOf('ModifySecurityGroupRule', { ...managed, SecurityGroupRuleId: 'sgr-m', Priority: '2' }),
    ).toBe(code);
    expect(codeOf('ModifySecurityGroupPolicy', { ...managed, InnerAccessPolicy: 'Drop' })).toBe(code);
    expect(codeOf('DeleteSecurityGroup', managed)).toBe(code);
    expect(codeOf('JoinSecurityGroup', { ...managed, InstanceId: 'i-one' })).toBe(code);
  });
});

describe('fact 11: limits', () => {
  const many = (count: number, from = 0): Parameters =>
    Object.assign(
      {},
      ...Array.from({ length: count }, (_, index) =>
        permission(index + 1, {
          ...rdp,
          SourceCidrIp: `10.${(from + index) >> 8}.${(from + index) & 255}.0/24`,
        }),
      ),
    );

  it('takes 100 rules in a call and so many on an interface, over all its groups', () => {
    const { act, codeOf, standIn } = setUp({ limits: { rulesPerInterface: 102 } });
    expect(codeOf('AuthorizeSecurityGroup', { ...own, ...many(101) })).toBe('403 AuthorizationLimitExceed');
    act('AuthorizeSecurityGroup', { ...own, ...many(100) });
    expect(standIn.rulesOf('sg-own')).toHaveLength(100);
    act('JoinSecurityGroup', { ...own, InstanceId: 'i-one' });
    expect(codeOf('AuthorizeSecurityGroup', { ...own, ...many(1, 500) })).toBe(
      '403 AuthorizationLimitExceed',
    );
    expect(codeOf('AuthorizeSecurityGroup', { SecurityGroupId: 'sg-shared', ...many(1) })).toBe(
      '403 AuthorizationLimitExceed',
    );
  });

  it('counts a list as the most that it may hold', () => {
    const { codeOf } = setUp({ limits: { rulesPerInterface: 199 } });
    const lists = { IpProtocol: 'TCP', SourcePrefixListId: 'pl-office', PortRangeListId: 'prl-remote' };
    expect(codeOf('AuthorizeSecurityGroup', { ...own, ...permission(1, lists) })).toBe(
      '403 AuthorizationLimitExceed',
    );
    const one = { IpProtocol: 'TCP', SourcePrefixListId: 'pl-office', PortRange: '1/2' };
    expect(codeOf('AuthorizeSecurityGroup', { ...own, ...permission(1, one) })).toBe('OK');
  });

  it('takes 20 group sources in a group and 10 groups on an interface', () => {
    const groups = Array.from({ length: 21 }, (_, index) => ({ id: `sg-${index}` }));
    const { act, codeOf } = setUp({ estate: { ...smallEstate, groups: [...smallEstate.groups, ...groups] } });
    const sources = (count: number): Parameters =>
      Object.assign(
        {},
        ...groups
          .slice(0, count)
          .map(({ id }, index) => permission(index + 1, { ...rdp, SourceCidrIp: '', SourceGroupId: id })),
      );
    expect(codeOf('AuthorizeSecurityGroup', { ...own, ...sources(21) })).toBe('403 AuthorizationLimitExceed');
    expect(codeOf('AuthorizeSecurityGroup', { ...own, ...sources(20) })).toBe('OK');
    const ids = groups.map(({ id }) => id);
    const set = (count: number) => ({
      InstanceId: 'i-two',
      ...numberedGroups('SecurityGroupIds', ids.slice(0, count)),
    });
    expect(codeOf('ModifyInstanceAttribute', set(11))).toBe('400 InstanceSecurityGroupLimitExceeded');
    act('ModifyInstanceAttribute', set(10));
    expect(codeOf('JoinSecurityGroup', { InstanceId: 'i-two', SecurityGroupId: 'sg-20' })).toBe(
      '400 InstanceSecurityGroupLimitExceeded',
    );
  });
});

describe('membership', () => {
  it('fact 19: sets the groups of the primary interface, and of any by its own id', () => {
    const { act, standIn } = setUp();
    act('ModifyInstanceAttribute', {
      InstanceId: 'i-one',
      ...numberedGroups('SecurityGroupIds', ['sg-own', 'sg-shared', 'sg-own']),
    });
    expect([standIn.groupsOf('i-one'), standIn.groupsOf('eni-second')]).toEqual([
      ['sg-own', 'sg-shared'],
      ['sg-own'],
    ]);
    act('ModifyNetworkInterfaceAttribute', {
      NetworkInterfaceId: 'eni-second',
      'SecurityGroupId.1': 'sg-shared',
    });
    expect(standIn.groupsOf('eni-second')).toEqual(['sg-shared']);
  });

  it('joins and leaves, but never the only group, nor one it is not in', () => {
    const { act, standIn, codeOf } = setUp();
    const leave = (SecurityGroupId: string) =>
      codeOf('LeaveSecurityGroup', { InstanceId: 'i-two', SecurityGroupId });
    expect(leave('sg-shared')).toBe('403 InstanceLastSecurityGroup');
    const nic = { NetworkInterfaceId: 'eni-second', ...own };
    expect(codeOf('LeaveSecurityGroup', nic)).toBe('403 InvalidOperation.AtLeastInOneGroup');
    expect(leave('sg-own')).toBe('400 InvalidSecurityGroupAssociation.NotFound');
    act('JoinSecurityGroup', { InstanceId: 'i-two', ...own });
    expect(leave('sg-shared')).toBe('OK');
    expect(standIn.groupsOf('i-two')).toEqual(['sg-own']);
    act('JoinSecurityGroup', { NetworkInterfaceId: 'eni-second', SecurityGroupId: 'sg-shared' });
    expect(standIn.groupsOf('eni-second')).toEqual(['sg-own', 'sg-shared']);
    const both = { InstanceId: 'i-one', NetworkInterfaceId: 'eni-second', ...own };
    expect(codeOf('JoinSecurityGroup', both)).toBe('403 InvalidParam.EniIdAndInstanceId.Conflict');
  });

  it('fact 11: mixes neither networks nor types, but replaces all of one type by the other', () => {
    const { codeOf } = setUp();
    const set = (...ids: string[]) =>
      codeOf('ModifyInstanceAttribute', { InstanceId: 'i-one', ...numberedGroups('SecurityGroupIds', ids) });
    expect(set('sg-shared', 'sg-elsewhere')).toBe('400 InvalidInstanceId.Mismatch');
    expect(set('sg-shared', 'sg-enterprise')).toBe('400 InvalidOperation.MultiGroupType');
    expect(set('sg-enterprise')).toBe('OK');
    expect(set('sg-none')).toBe('404 InvalidSecurityGroupId.NotFound');
  });

  it('refuses everything on an instance that is locked, in between states, or gone', () => {
    const { codeOf, standIn } = setUp();
    const join = { InstanceId: 'i-one', ...own };
    standIn.setInstance('i-one', { locks: ['security'] });
    for (const action of ['JoinSecurityGroup', 'ModifyInstanceAttribute', 'RebootInstance']) {
      expect(codeOf(action, join)).toBe('403 InstanceLockedForSecurity');
    }
    const nic = { NetworkInterfaceId: 'eni-second', 'SecurityGroupId.1': 'sg-own' };
    expect(codeOf('ModifyNetworkInterfaceAttribute', nic)).toBe('403 InstanceLockedForSecurity');
    standIn.setInstance('i-one', { locks: [], status: 'Starting' });
    expect(codeOf('JoinSecurityGroup', join)).toBe('403 IncorrectInstanceStatus');
    standIn.release('i-one');
    expect(codeOf('ModifyInstanceAttribute', join)).toBe('404 InvalidInstanceId.NotFound');
    expect(codeOf('ModifyNetworkInterfaceAttribute', nic)).toBe('404 InvalidEniId.NotFound');
  });
});

describe('fact 20: passwords and power', () => {
  const password = (Password: string) => ({ InstanceId: 'i-one', Password });

  it('takes a password that waits for a reboot through the interface', () => {
    const { act, standIn, codeOf } = setUp();
    act('ModifyInstanceAttribute', password("P@ssw0rd+!*'()"));
    expect(standIn.state.instances.get('i-one')).toMatchObject({ passwordPending: true, passwordChanges: 1 });
    act('RebootInstance', { InstanceId: 'i-one' });
    expect(standIn.state.instances.get('i-one')).toMatchObject({ passwordPending: false, reboots: 1 });
    act('StopInstance', { InstanceId: 'i-one' });
    expect(codeOf('RebootInstance', { InstanceId: 'i-one' })).toBe('403 IncorrectInstanceStatus');
    act('StartInstance', { InstanceId: 'i-one' });
    standIn.setInstance('i-one', { status: 'Starting' });
    expect(codeOf('ModifyInstanceAttribute', password('Abcdefg1'))).toBe('403 IncorrectInstanceStatus');
  });

  it.each(['Short1!', 'alllowercase1', `Aa1${'x'.repeat(28)}`, '/Abcdefg1', 'Abcdefg 1'])(
    'refuses %s',
    (word) => {
      const { codeOf } = setUp();
      expect(codeOf('ModifyInstanceAttribute', password(word))).toBe('400 InvalidPassword.Malformed');
    },
  );
});

describe('facts 22 and 24: the console', () => {
  it('gives an address that is percent-encoded already, and no other to a stopped instance', () => {
    const { act, standIn, codeOf } = setUp();
    const url = String(act('DescribeInstanceVncUrl', { InstanceId: 'i-one' }).VncUrl);
    expect(url).toMatch(/^wss%3A%2F%2F[\w.%-]+$/);
    expect(decodeURIComponent(url)).toMatch(/^wss:\/\/vnc\.stand-in\.invalid\/websockify\/\?s=[\w%-]+$/);
    standIn.setInstance('i-one', { status: 'Stopped' });
    expect(codeOf('DescribeInstanceVncUrl', { InstanceId: 'i-one' })).toBe('403 IncorrectInstanceStatus');
  });

  it.each([
    ['Ecs123', 'OK'],
    ['ecs123', '400 IncorrectVncPassword.Malformed'],
    ['Ecs1234', '400 IncorrectVncPassword.Malformed'],
    ['Ecs12!', '400 IncorrectVncPassword.Malformed'],
  ])('judges the console password %s', (VncPassword, code) => {
    expect(setUp().codeOf('ModifyInstanceVncPasswd', { InstanceId: 'i-one', VncPassword })).toBe(code);
  });
});
