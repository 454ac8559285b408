import type { IngressRule, PortRange, RuleSource } from '../../../shared/network';
import { canonicalBlock } from '../address';
import type { PermissionAnswer } from './answers';

type Protocol = IngressRule['protocol'];

const NUMBERS: Readonly<Record<string, Protocol>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '47': 'gre',
  '58': 'icmpv6',
};
const NAMES = new Set<Protocol>(['tcp', 'udp', 'icmp', 'icmpv6', 'gre', 'all']);

/** A protocol by name in any case or by number. What is missing counts as every protocol: that exposes more. */
export function protocolOf(text: string): Protocol {
  const name = text.toLowerCase();
  if (name === '' || name === '-1') return 'all';
  const known = NUMBERS[name] ?? ([...NAMES].find((one) => one === name) as Protocol | undefined);
  return known ?? 'other';
}

/** `from/to`, or `-1/-1` for all. What cannot be read counts as all. */
export function portRangeOf(text: string): PortRange {
  const match = /^(\d{1,5})\/(\d{1,5})$/.exec(text.trim());
  if (!match) return 'all';
  const [from, to] = [Number(match[1]), Number(match[2])];
  return from <= to && to <= 65_535 ? { from, to } : 'all';
}

/** A block in its usual form; one that cannot be read stays as it came and has to count as every source. */
const blockOf = (text: string): string => canonicalBlock(text) ?? text;

function sourceOf(rule: PermissionAnswer): RuleSource {
  // In the order in which the cloud lets one outrank the other when a rule names several.
  if (rule.SourceCidrIp !== '') return { kind: 'ipv4', cidr: blockOf(rule.SourceCidrIp) };
  if (rule.Ipv6SourceCidrIp !== '') return { kind: 'ipv6', cidr: blockOf(rule.Ipv6SourceCidrIp) };
  if (rule.SourceGroupId !== '') {
    const ownerAccount = rule.SourceGroupOwnerAccount || null;
    return { kind: 'group', groupId: rule.SourceGroupId, ownerAccount };
  }
  if (rule.SourcePrefixListId !== '') return { kind: 'prefixList', listId: rule.SourcePrefixListId };
  return { kind: 'ipv4', cidr: '0.0.0.0/0' };
}

const hasPorts = (protocol: Protocol): boolean => protocol === 'tcp' || protocol === 'udp';

/** A rule as the API tells it, freed from its spelling. Priority and policy default as the cloud's do: 1, accept. */
export function ruleOf(rule: PermissionAnswer): IngressRule {
  const protocol = protocolOf(rule.IpProtocol);
  const listed = rule.PortRangeListId !== '' && rule.PortRange === '';
  const priority = Number(rule.Priority);
  const destination = rule.DestCidrIp || rule.Ipv6DestCidrIp;
  const sourcePorts = portRangeOf(rule.SourcePortRange);
  return {
    id: rule.SecurityGroupRuleId || null,
    policy: rule.Policy.toLowerCase() === 'drop' ? 'drop' : 'accept',
    priority: rule.Priority !== '' && Number.isInteger(priority) ? priority : 1,
    protocol,
    ports: listed || !hasPorts(protocol) ? 'all' : portRangeOf(rule.PortRange),
    portListId: listed ? rule.PortRangeListId : null,
    source: sourceOf(rule),
    sourcePorts: sourcePorts === 'all' ? null : sourcePorts,
    destination: destination === '' ? null : blockOf(destination),
    description: rule.Description,
  };
}

const PROTOCOL_NAMES: Readonly<Record<Exclude<Protocol, 'other'>, string>> = {
  tcp: 'TCP',
  udp: 'UDP',
  icmp: 'ICMP',
  icmpv6: 'ICMPv6',
  gre: 'GRE',
  all: 'ALL',
};

const portText = (ports: PortRange): string => (ports === 'all' ? '-1/-1' : `${ports.from}/${ports.to}`);

function sourceFields(source: RuleSource): Record<string, string> {
  switch (source.kind) {
    case 'ipv4':
      return { SourceCidrIp: source.cidr };
    case 'ipv6':
      return { Ipv6SourceCidrIp: source.cidr };
    case 'group':
      return {
        SourceGroupId: source.groupId,
        ...(source.ownerAccount === null ? {} : { SourceGroupOwnerAccount: source.ownerAccount }),
      };
    case 'prefixList':
      return { SourcePrefixListId: source.listId };
  }
}

/** The fields of `Permissions.N` that make this rule; null for one whose protocol cannot be written back. */
export function fieldsOf(rule: IngressRule): Record<string, string> | null {
  if (rule.protocol === 'other') return null;
  const { destination } = rule;
  return {
    IpProtocol: PROTOCOL_NAMES[rule.protocol],
    ...(rule.portListId === null
      ? { PortRange: portText(rule.ports) }
      : { PortRangeListId: rule.portListId }),
    ...sourceFields(rule.source),
    ...(rule.sourcePorts === null ? {} : { SourcePortRange: portText(rule.sourcePorts) }),
    ...(destination === null
      ? {}
      : destination.includes(':')
        ? { Ipv6DestCidrIp: destination }
        : { DestCidrIp: destination }),
    Policy: rule.policy === 'drop' ? 'Drop' : 'Accept',
    Priority: String(rule.priority),
    ...(rule.description === '' ? {} : { Description: rule.description }),
  };
}

/** Everything that tells a rule from another but its id, for comparing. */
export const ruleKey = (rule: IngressRule): string =>
  JSON.stringify({
    fields: fieldsOf(rule),
    policy: rule.policy,
    priority: rule.priority,
    source: rule.source,
  });
