import { isIP } from 'node:net';
import { contains, spelling } from './addresses';
import type { EcsGroup, EcsInterface, EcsRule, EcsState } from './types';

export interface Packet {
  readonly sourceAddress: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'gre';
  readonly destinationPort: number;
  /** Any address of the instance; its primary private one, or its first IPv6 one, unless said. */
  readonly destinationAddress?: string;
  readonly sourcePort?: number;
}

const EPHEMERAL = 50_000;

/**
 * Whether the security groups let one packet in: looked at rule by rule, for this packet alone. Routing is not
 * looked at, and neither is whether the machine runs. A source without an address of its family on the instance, or
 * an address that the instance does not have, cannot be reached.
 */
export function allowsPacket(state: EcsState, instanceId: string, packet: Packet): boolean {
  const target = findTarget(state, instanceId, packet);
  if (!target) return false;
  const { nic, address } = target;
  const groups = nic.groupIds.flatMap((id) => state.groups.get(id) ?? []);
  if (groups.some((group) => sharesInnerAccess(state, group, nic, packet.sourceAddress))) return true;
  const decided = inOrder(groups).find((rule) => matches(state, rule, packet, address));
  return decided?.policy === 'Accept';
}

/** Fact 7: the rules of all groups together, by priority, and Drop before Accept at the same one. */
function inOrder(groups: readonly EcsGroup[]): EcsRule[] {
  const rank = (rule: EcsRule) => rule.priority * 2 + (rule.policy === 'Drop' ? 0 : 1);
  return groups
    .flatMap((group) => group.rules)
    .filter((rule) => rule.direction === 'ingress')
    .sort((a, b) => rank(a) - rank(b));
}

/** A public address is translated before the rules are looked at: they see the private one (fact 10). */
function findTarget(
  state: EcsState,
  instanceId: string,
  packet: Packet,
): { nic: EcsInterface; address: string } | null {
  const version = isIP(packet.sourceAddress);
  const nics = [...state.interfaces.values()].filter((nic) => nic.instanceId === instanceId);
  const own = (nic: EcsInterface) => (version === 6 ? nic.ipv6Addresses : nic.privateAddresses);
  const wanted = packet.destinationAddress;
  for (const nic of nics) {
    if (wanted === undefined ? !nic.primary : false) continue;
    if (version === 4 && wanted !== undefined && wanted === nic.publicAddress) {
      const [first] = nic.privateAddresses;
      if (first !== undefined) return { nic, address: first };
    }
    const address = own(nic).find((one) => wanted === undefined || spelling(one) === spelling(wanted));
    if (address !== undefined) return { nic, address };
  }
  return null;
}

/** Fact 8: members of a basic group that lets its own in reach each other before any rule is looked at. */
function sharesInnerAccess(
  state: EcsState,
  group: EcsGroup,
  nic: EcsInterface,
  sourceAddress: string,
): boolean {
  if (group.type !== 'normal' || group.innerAccess !== 'Accept') return false;
  return members(state, group.id).some((other) => other.id !== nic.id && hasAddress(other, sourceAddress));
}

const members = (state: EcsState, groupId: string): EcsInterface[] =>
  [...state.interfaces.values()].filter((nic) => nic.groupIds.includes(groupId));

const hasAddress = (nic: EcsInterface, address: string): boolean =>
  [...nic.privateAddresses, ...nic.ipv6Addresses].some(
    (own) => own === address || spelling(own) === spelling(address),
  );

function matches(state: EcsState, rule: EcsRule, packet: Packet, address: string): boolean {
  return (
    matchesProtocol(rule, packet) &&
    matchesPort(state, rule, packet) &&
    (rule.sourcePortRange === '' || inRange(rule.sourcePortRange, packet.sourcePort ?? EPHEMERAL)) &&
    matchesSource(state, rule, packet.sourceAddress) &&
    matchesDestination(rule, address)
  );
}

function matchesProtocol(rule: EcsRule, { protocol, sourceAddress }: Packet): boolean {
  if (rule.ipProtocol === 'ALL') return true;
  if (protocol === 'icmp') return rule.ipProtocol === (isIP(sourceAddress) === 6 ? 'ICMPv6' : 'ICMP');
  return rule.ipProtocol.toLowerCase() === protocol;
}

function matchesPort(state: EcsState, rule: EcsRule, { protocol, destinationPort }: Packet): boolean {
  if (protocol !== 'tcp' && protocol !== 'udp') return true;
  if (rule.portRangeListId === '') return inRange(rule.portRange, destinationPort);
  const ranges = state.portLists.get(rule.portRangeListId)?.ranges ?? [];
  return ranges.some((range) => inRange(range, destinationPort));
}

function inRange(range: string, port: number): boolean {
  const [from = 0, to = 0] = range.split('/').map(Number);
  return from === -1 || (from <= port && port <= to);
}

function matchesSource(state: EcsState, rule: EcsRule, address: string): boolean {
  const blocks = [rule.sourceCidrIp, rule.ipv6SourceCidrIp].filter((block) => block !== '');
  if (rule.sourcePrefixListId !== '') {
    blocks.push(...(state.prefixLists.get(rule.sourcePrefixListId)?.cidrs ?? []));
  }
  if (blocks.some((block) => contains(block, address))) return true;
  return (
    rule.sourceGroupId !== '' && members(state, rule.sourceGroupId).some((nic) => hasAddress(nic, address))
  );
}

function matchesDestination(rule: EcsRule, address: string): boolean {
  const blocks = [rule.destCidrIp, rule.ipv6DestCidrIp].filter((block) => block !== '');
  return blocks.length === 0 || blocks.some((block) => contains(block, address));
}
