import { describe, expect, it } from 'vitest';
import { rdpRule } from '../../isolation/plan/testing/rdp-rule';
import { canonicalAddress, canonicalBlock } from '../address';
import { permissionSchema } from './answers';
import { fieldsOf, ruleKey, ruleOf } from './rules';

const rule = (fields: Record<string, unknown> = {}) =>
  ruleOf(
    permissionSchema.parse({
      SecurityGroupRuleId: 'sgr-1',
      IpProtocol: 'TCP',
      PortRange: '3389/3389',
      SourceCidrIp: '0.0.0.0/0',
      Policy: 'Accept',
      Priority: 1,
      ...fields,
    }),
  );

const plain = rdpRule({ id: 'sgr-1' });

describe('addresses in their usual form', () => {
  it.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    [' 192.0.2.1 ', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '::ffff:c000:201'],
    ['fe80::1%eth0', null],
    ['192.0.2.256', null],
    ['192.0.2.01', null],
    ['', null],
  ])('%s', (text, expected) => expect(canonicalAddress(text)).toBe(expected));

  it.each([
    ['10.0.0.5', '10.0.0.5/32'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['::/0', '::/0'],
    ['10.0.0.0/33', null],
    ['10.0.0.0/8/8', null],
    ['10.0.0.0/', null],
    ['10.0.0.1-10.0.0.9', null],
  ])('block %s', (text, expected) => expect(canonicalBlock(text)).toBe(expected));
});

describe('a rule as the API tells it', () => {
  it('is freed from its spelling', () => {
    expect(rule()).toEqual(plain);
    expect(rule({ IpProtocol: 'tcp', Policy: 'ACCEPT', Priority: '1', SourceCidrIp: '0.0.0.0/0' })).toEqual(
      plain,
    );
    expect(rule({ IpProtocol: 6, Description: null, SourceGroupId: '' })).toEqual(plain);
  });

  it.each([
    ['TCP', 'tcp'],
    ['udp', 'udp'],
    ['17', 'udp'],
    ['ICMPv6', 'icmpv6'],
    ['GRE', 'gre'],
    ['ALL', 'all'],
    ['', 'all'],
    ['50', 'other'],
    ['SCTP', 'other'],
  ])('protocol %s is %s', (text, protocol) => expect(rule({ IpProtocol: text }).protocol).toBe(protocol));

  it.each([
    ['3389/3390', { from: 3389, to: 3390 }],
    ['-1/-1', 'all'],
    ['', 'all'],
    ['what', 'all'],
    ['9/8', 'all'],
    ['1/70000', 'all'],
  ])('ports %s', (text, ports) => expect(rule({ PortRange: text }).ports).toEqual(ports));

  it('has no ports where the protocol has none', () => {
    expect(rule({ IpProtocol: 'ALL', PortRange: '3389/3389' }).ports).toBe('all');
  });

  it('counts what is missing as what exposes more', () => {
    expect(ruleOf(permissionSchema.parse({}))).toEqual({ ...plain, id: null, protocol: 'all', ports: 'all' });
  });

  it.each([
    [
      { SourceCidrIp: '', Ipv6SourceCidrIp: '2001:DB8::/32' },
      { kind: 'ipv6', cidr: '2001:db8::/32' },
    ],
    [{ SourceCidrIp: '10.1.2.3' }, { kind: 'ipv4', cidr: '10.1.2.3/32' }],
    [{ SourceCidrIp: '10.0.0.1-10.0.0.9' }, { kind: 'ipv4', cidr: '10.0.0.1-10.0.0.9' }],
    [
      { SourceCidrIp: '', SourceGroupId: 'sg-9', SourceGroupOwnerAccount: 'a@b' },
      { kind: 'group', groupId: 'sg-9', ownerAccount: 'a@b' },
    ],
    [
      { SourceCidrIp: '', SourceGroupId: 'sg-9' },
      { kind: 'group', groupId: 'sg-9', ownerAccount: null },
    ],
    [
      { SourceCidrIp: '', SourcePrefixListId: 'pl-1' },
      { kind: 'prefixList', listId: 'pl-1' },
    ],
  ])('source %j', (fields, source) => expect(rule(fields).source).toEqual(source));

  it('keeps the other fields of a quintuple, and a port list', () => {
    expect(rule({ DestCidrIp: '10.0.0.5', SourcePortRange: '1000/2000' })).toMatchObject({
      destination: '10.0.0.5/32',
      sourcePorts: { from: 1000, to: 2000 },
    });
    expect(rule({ Ipv6DestCidrIp: '2001:DB8::1/128' }).destination).toBe('2001:db8::1/128');
    expect(rule({ PortRange: '', PortRangeListId: 'prl-1' })).toMatchObject({
      ports: 'all',
      portListId: 'prl-1',
    });
  });
});

describe('a rule written back', () => {
  it.each([
    [{}],
    [{ Policy: 'Drop', Priority: '100', Description: 'why' }],
    [{ IpProtocol: 'ICMPv6', PortRange: '-1/-1', SourceCidrIp: '', Ipv6SourceCidrIp: '::/0' }],
    [{ PortRange: '', PortRangeListId: 'prl-1', SourceCidrIp: '', SourcePrefixListId: 'pl-1' }],
    [{ SourceCidrIp: '', SourceGroupId: 'sg-9', SourceGroupOwnerAccount: 'a@b' }],
    [{ DestCidrIp: '10.0.0.5/32', SourcePortRange: '1/2' }],
    [{ Ipv6DestCidrIp: '2001:db8::1/128', SourceCidrIp: '', Ipv6SourceCidrIp: '::/0' }],
  ])('is the same rule: %j', (fields) => {
    const before = rule(fields);
    const after = ruleOf(permissionSchema.parse({ ...fieldsOf(before), SecurityGroupRuleId: 'sgr-1' }));
    expect(after).toEqual(before);
    expect(ruleKey(after)).toBe(ruleKey({ ...before, id: null }));
  });

  it('is never one of a protocol that has no name here', () => {
    expect(fieldsOf(rule({ IpProtocol: '50' }))).toBeNull();
  });
});
