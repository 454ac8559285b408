import { describe, expect, it } from 'vitest';
import { buildState, type EstateSpec, type GroupSpec } from './estate-spec';
import { allowsPacket, type Packet } from './reachability';
import type { EcsRule } from './types';

const CREATED = '2026-01-01T00:00:00Z';
const OUTSIDE = '198.51.100.7';

function reach(groups: readonly GroupSpec[], packet: Partial<Packet> = {}, more: Partial<EstateSpec> = {}) {
  const state = buildState(
    {
      groups: [...groups, { id: 'sg-peer', innerAccess: 'Drop' }],
      instances: [
        {
          id: 'i-one',
          interfaces: [
            {
              privateAddresses: ['10.0.0.1', '10.0.0.101'],
              ipv6Addresses: ['2001:db8::1'],
              publicAddress: '203.0.113.1',
              groupIds: groups.map(({ id }) => id),
            },
            { privateAddresses: ['10.0.1.1'], groupIds: ['sg-peer'] },
          ],
        },
        {
          id: 'i-mate',
          interfaces: [{ privateAddresses: ['10.0.0.2'], groupIds: groups.slice(0, 1).map(({ id }) => id) }],
        },
        { id: 'i-peer', interfaces: [{ privateAddresses: ['10.0.0.3'], groupIds: ['sg-peer'] }] },
      ],
      ...more,
    },
    CREATED,
  );
  const whole: Packet = { sourceAddress: OUTSIDE, protocol: 'tcp', destinationPort: 3389, ...packet };
  return allowsPacket(state, 'i-one', whole);
}

const group = (
  rules: readonly Partial<EcsRule>[],
  id = 'sg-a',
  more: Partial<GroupSpec> = {},
): GroupSpec => ({
  id,
  rules,
  ...more,
});
const rdp = (more: Partial<EcsRule> = {}): Partial<EcsRule> => ({
  portRange: '3389/3389',
  sourceCidrIp: '0.0.0.0/0',
  ...more,
});

describe('fact 7: the rules of all groups in one order', () => {
  it('goes by priority over all groups', () => {
    const accept = group([rdp({ priority: 1 })], 'sg-a');
    const drop = group([rdp({ priority: 2, policy: 'Drop' })], 'sg-b');
    expect(reach([accept, drop])).toBe(true);
    expect(reach([group([rdp({ priority: 3 })], 'sg-a'), drop])).toBe(false);
    expect(reach([drop, group([rdp({ priority: 3 })], 'sg-c')])).toBe(false);
  });

  it('puts Drop before Accept at the same priority, whatever the order of groups and rules', () => {
    const accept = rdp();
    const drop = rdp({ policy: 'Drop' });
    expect(reach([group([accept], 'sg-a'), group([drop], 'sg-b')])).toBe(false);
    expect(reach([group([drop], 'sg-a'), group([accept], 'sg-b')])).toBe(false);
    expect(reach([group([accept, drop])])).toBe(false);
  });

  it('drops a port and nothing else', () => {
    const overlay = group([rdp({ policy: 'Drop' })], 'sg-overlay', { innerAccess: 'Drop' });
    const everything = group([{ ipProtocol: 'ALL', portRange: '-1/-1', sourceCidrIp: '0.0.0.0/0' }]);
    expect(reach([everything, overlay])).toBe(false);
    expect(reach([everything, overlay], { destinationPort: 443 })).toBe(true);
    expect(reach([everything, overlay], { protocol: 'udp' })).toBe(true);
    expect(reach([everything, overlay], { protocol: 'icmp' })).toBe(true);
  });
});

describe('fact 8: hidden rules', () => {
  it('denies what no rule speaks of', () => {
    expect(reach([group([])])).toBe(false);
    expect(reach([group([rdp({ portRange: '443/443' })])])).toBe(false);
  });

  it('lets members of a basic group in before any Drop, unless the group keeps them apart', () => {
    const drop = [rdp({ policy: 'Drop' })];
    expect(reach([group(drop)], { sourceAddress: '10.0.0.2' })).toBe(true);
    expect(reach([group(drop)], { sourceAddress: '10.0.0.3' })).toBe(false);
    expect(reach([group(drop, 'sg-a', { innerAccess: 'Drop' })], { sourceAddress: '10.0.0.2' })).toBe(false);
    expect(reach([group([], 'sg-a', { type: 'enterprise' })], { sourceAddress: '10.0.0.2' })).toBe(false);
  });

  it('lets in the other members of an overlay that was left at its default', () => {
    const own = group([rdp()], 'sg-own', { innerAccess: 'Drop' });
    const overlay = group([rdp({ policy: 'Drop' })], 'sg-overlay');
    expect(reach([overlay, own], { sourceAddress: '10.0.0.2' })).toBe(true);
  });
});

describe('fact 10: quintuple rules', () => {
  it('compares the destination with the private address, also for what came to the public one', () => {
    const rule = rdp({ destCidrIp: '10.0.0.1/32' });
    expect(reach([group([rule])])).toBe(true);
    expect(reach([group([rule])], { destinationAddress: '203.0.113.1' })).toBe(true);
    expect(reach([group([rule])], { destinationAddress: '10.0.0.101' })).toBe(false);
    expect(reach([group([rdp({ destCidrIp: '203.0.113.1/32' })])])).toBe(false);
  });

  it('looks at source ports', () => {
    const rule = rdp({ sourcePortRange: '1000/2000' });
    expect(reach([group([rule])], { sourcePort: 1500 })).toBe(true);
    expect(reach([group([rule])])).toBe(false);
  });
});

describe('fact 21: what exposes', () => {
  const six = { sourceAddress: '2001:db8:ffff::9' } as const;

  it.each([
    ['a port range', rdp({ portRange: '1/65535' }), {}, true],
    ['a range beside it', rdp({ portRange: '3390/4000' }), {}, false],
    ['every port of every protocol', rdp({ ipProtocol: 'ALL', portRange: '-1/-1' }), {}, true],
    ['UDP', rdp({ ipProtocol: 'UDP' }), {}, false],
    ['GRE', rdp({ ipProtocol: 'GRE', portRange: '-1/-1' }), {}, false],
    ['a block around the source', rdp({ sourceCidrIp: '198.51.100.0/28' }), {}, true],
    ['a block beside the source', rdp({ sourceCidrIp: '198.51.100.16/28' }), {}, false],
    ['IPv4 from everywhere, for IPv6', rdp(), six, false],
    ['IPv6', { portRange: '3389/3389', ipv6SourceCidrIp: '::/0' }, six, true],
    ['IPv6, for IPv4', { portRange: '3389/3389', ipv6SourceCidrIp: '::/0' }, {}, false],
    ['an outbound rule', rdp({ direction: 'egress' }), {}, false],
    ['a prefix list', { portRange: '3389/3389', sourcePrefixListId: 'pl-1' }, {}, true],
    ['a prefix list nobody knows', { portRange: '3389/3389', sourcePrefixListId: 'pl-9' }, {}, false],
    ['a port list', { portRangeListId: 'prl-1', sourceCidrIp: '0.0.0.0/0' }, {}, true],
    ['a group', { portRange: '3389/3389', sourceGroupId: 'sg-peer' }, { sourceAddress: '10.0.0.3' }, true],
    ['a group, from outside', { portRange: '3389/3389', sourceGroupId: 'sg-peer' }, {}, false],
  ] as const)('%s', (_, rule, packet, expected) => {
    const lists = {
      prefixLists: [{ id: 'pl-1', cidrs: ['192.0.2.0/24', '198.51.100.7/32'] }],
      portLists: [{ id: 'prl-1', ranges: ['22/22', '3380/3390'] }],
    };
    expect(reach([group([rule])], packet, lists)).toBe(expected);
  });
});

describe('fact 19: interfaces', () => {
  it('looks at the groups of the interface that has the address', () => {
    const open = [group([rdp()])];
    expect(reach(open, { destinationAddress: '10.0.1.1' })).toBe(false);
    expect(reach(open, { destinationAddress: '10.0.0.101' })).toBe(true);
    expect(reach(open, { destinationAddress: '10.9.9.9' })).toBe(false);
  });

  it('takes an IPv6 address in any spelling', () => {
    const rule = { portRange: '3389/3389', ipv6SourceCidrIp: '2001:0DB8::/32' };
    const packet = { sourceAddress: '2001:db8:1:0:0:0:0:9', destinationAddress: '2001:DB8:0::1' };
    expect(reach([group([rule])], packet)).toBe(true);
  });
});
