import { readBlock, spelling } from './addresses';
import { EcsError, missing } from './error';
import type { Parameters } from './parameters';
import type { EcsRule, Policy, Protocol } from './types';

const protocols: Readonly<Record<string, Protocol>> = {
  tcp: 'TCP',
  '6': 'TCP',
  udp: 'UDP',
  '17': 'UDP',
  icmp: 'ICMP',
  '1': 'ICMP',
  icmpv6: 'ICMPv6',
  '58': 'ICMPv6',
  gre: 'GRE',
  '47': 'GRE',
  all: 'ALL',
};

const withPorts = (protocol: Protocol) => protocol === 'TCP' || protocol === 'UDP';

export function readProtocol(text: string | undefined): Protocol {
  if (!text) throw missing('IpProtocol');
  const protocol = protocols[text.toLowerCase()];
  if (protocol) return protocol;
  throw new EcsError(400, 'InvalidIpProtocol.ValueNotSupported', 'The IpProtocol is not supported.');
}

export function readPolicy(text: string | undefined): Policy {
  const policy = (text ?? 'accept').toLowerCase();
  if (policy === 'accept' || policy === '') return 'Accept';
  if (policy === 'drop') return 'Drop';
  throw new EcsError(400, 'InvalidPolicy.ValueNotSupported', 'The Policy is neither accept nor drop.');
}

/** Fact 7: 1 unless said, 1 (first) to 100. */
export function readPriority(text: string | undefined): number {
  if (text === undefined || text === '') return 1;
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 100) return Number(text);
  throw new EcsError(400, 'InvalidPriority.ValueNotSupported', 'The Priority is not between 1 and 100.');
}

export function readPortRange(text: string | undefined, protocol: Protocol, name = 'PortRange'): string {
  if (!text) throw missing(name);
  const wrong = new EcsError(
    400,
    `InvalidParam.${name}`,
    `${name} must be two ports below 65536 as from/to.`,
  );
  const [, fromText, toText] = /^(-1|\d{1,5})\/(-1|\d{1,5})$/.exec(text) ?? [];
  if (fromText === undefined || toText === undefined) throw wrong;
  const [from, to] = [Number(fromText), Number(toText)];
  if (from === -1 && to === -1) {
    if (withPorts(protocol)) throw wrong;
    return '-1/-1';
  }
  if (!withPorts(protocol) || from < 1 || to > 65_535 || from > to) throw wrong;
  return `${from}/${to}`;
}

function readBlockOf(text: string | undefined, version: 4 | 6, name: string): string {
  if (!text) return '';
  if (readBlock(text)?.version === version) return spelling(text);
  throw new EcsError(400, `InvalidParam.${name}`, `${name} is not a block of IPv${version} addresses.`);
}

/** One of `Permissions.N`, or the same fields without the prefix, as a rule that has no id yet. */
export function readRule(fields: Parameters, createTime: string): EcsRule {
  const ipProtocol = readProtocol(fields.IpProtocol);
  const rule: EcsRule = {
    id: '',
    direction: 'ingress',
    ipProtocol,
    portRangeListId: fields.PortRangeListId ?? '',
    portRange: fields.PortRangeListId ? '' : readPortRange(fields.PortRange, ipProtocol),
    policy: readPolicy(fields.Policy),
    priority: readPriority(fields.Priority),
    nicType: fields.NicType || 'intranet',
    sourceCidrIp: readBlockOf(fields.SourceCidrIp, 4, 'SourceCidrIp'),
    ipv6SourceCidrIp: readBlockOf(fields.Ipv6SourceCidrIp, 6, 'Ipv6SourceCidrIp'),
    sourceGroupId: fields.SourceGroupId ?? '',
    sourceGroupOwnerAccount: fields.SourceGroupOwnerAccount ?? '',
    sourcePrefixListId: fields.SourcePrefixListId ?? '',
    sourcePortRange: fields.SourcePortRange
      ? readPortRange(fields.SourcePortRange, ipProtocol, 'SourcePortRange')
      : '',
    destCidrIp: readBlockOf(fields.DestCidrIp, 4, 'DestCidrIp'),
    ipv6DestCidrIp: readBlockOf(fields.Ipv6DestCidrIp, 6, 'Ipv6DestCidrIp'),
    destGroupId: '',
    destPrefixListId: '',
    description: fields.Description ?? '',
    createTime,
  };
  checkSource(rule);
  checkFamilies(rule);
  return rule;
}

function checkSource(rule: EcsRule): void {
  const { sourceCidrIp: v4, ipv6SourceCidrIp: v6, sourceGroupId, sourcePrefixListId } = rule;
  if (v4 !== '' && v6 !== '') {
    throw new EcsError(400, 'InvalidParam.SourceIp', 'A rule has an IPv4 or an IPv6 source, not both.');
  }
  const given = [v4, v6, sourceGroupId, sourcePrefixListId].filter((source) => source !== '');
  if (given.length === 0) throw missing('Source');
}

function checkFamilies(rule: EcsRule): void {
  const isV4 = rule.sourceCidrIp !== '' || rule.destCidrIp !== '';
  const isV6 = rule.ipv6SourceCidrIp !== '' || rule.ipv6DestCidrIp !== '';
  if (rule.ipProtocol === 'ICMP' && isV6) {
    throw new EcsError(
      400,
      'InvalidParam.Ipv4ProtocolConflictWithIpv6Address',
      'ICMP takes no IPv6 address.',
    );
  }
  if (rule.ipProtocol === 'ICMPv6' && isV4) {
    throw new EcsError(
      400,
      'InvalidParam.Ipv6ProtocolConflictWithIpv4Address',
      'ICMPv6 takes no IPv4 address.',
    );
  }
  if (rule.portRangeListId !== '' && !withPorts(rule.ipProtocol)) {
    throw new EcsError(400, 'InvalidParam.ProtocolNotSupportPortRangeList', 'The protocol has no ports.');
  }
}

/** Everything that tells a rule from another one; its description does not. */
export const ruleKey = (rule: EcsRule): string =>
  JSON.stringify([
    rule.direction,
    rule.ipProtocol,
    rule.portRange,
    rule.portRangeListId,
    rule.policy,
    rule.priority,
    rule.nicType,
    rule.sourceCidrIp,
    rule.ipv6SourceCidrIp,
    rule.sourceGroupId,
    rule.sourcePrefixListId,
    rule.sourcePortRange,
    rule.destCidrIp,
    rule.ipv6DestCidrIp,
  ]);

/** What kind of source a rule names: a change of it is refused (fact 15). */
export function sourceKind(rule: Partial<EcsRule>): 'ipv4' | 'ipv6' | 'group' | 'prefixList' | 'none' {
  if (rule.sourceCidrIp) return 'ipv4';
  if (rule.ipv6SourceCidrIp) return 'ipv6';
  if (rule.sourceGroupId) return 'group';
  return rule.sourcePrefixListId ? 'prefixList' : 'none';
}
