import type { IngressRule, NetworkInterface, NetworkSnapshot } from '../../../../shared/network';
import { addressBits, type Bits, blockBits, edges, inBlock } from './bits';

/** One packet to one address of an interface. */
export interface Packet {
  readonly source: Bits;
  /** Groups that its sender is a member of. */
  readonly senderGroups: readonly string[];
  readonly sourcePort: number;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly destination: Bits;
}

export interface Decision {
  readonly accepted: boolean;
  /** The rule that decided; null: none matched. */
  readonly rule: IngressRule | null;
}

interface Manner {
  /** Whether an accept of an unreadable list matches every packet; a drop of one never matches. */
  readonly unreadableAccepts: boolean;
}

const portIn = (ports: IngressRule['ports'], port: number): boolean =>
  ports === 'all' || (port >= ports.from && port <= ports.to);

function sourceMatches(rule: IngressRule, packet: Packet, snapshot: NetworkSnapshot): boolean | 'unreadable' {
  const { source } = rule;
  if (source.kind === 'group') return packet.senderGroups.includes(source.groupId);
  if (source.kind === 'prefixList') {
    const list = snapshot.prefixLists[source.listId];
    return list ? list.some((cidr) => inBlock(packet.source, blockBits(cidr))) : 'unreadable';
  }
  return inBlock(packet.source, blockBits(source.cidr));
}

function portMatches(rule: IngressRule, packet: Packet, snapshot: NetworkSnapshot): boolean | 'unreadable' {
  if (rule.protocol === 'all') return true;
  if (rule.protocol !== packet.protocol) return false;
  if (rule.portListId === null) return portIn(rule.ports, packet.port);
  const list = snapshot.portLists[rule.portListId];
  return list ? list.some((ports) => portIn(ports, packet.port)) : 'unreadable';
}

function matches(
  rule: IngressRule,
  packet: Packet,
  one: NetworkInterface,
  snapshot: NetworkSnapshot,
  manner: Manner,
): boolean {
  const source = sourceMatches(rule, packet, snapshot);
  const port = portMatches(rule, packet, snapshot);
  if (source === false || port === false) return false;
  if (rule.sourcePorts !== null && !portIn(rule.sourcePorts, packet.sourcePort)) return false;
  if (rule.destination !== null) {
    const block = blockBits(rule.destination);
    const byPublic =
      rule.policy === 'accept' &&
      one.publicAddress !== null &&
      inBlock(addressBits(one.publicAddress), block);
    if (block.family !== packet.destination.family || (!inBlock(packet.destination, block) && !byPublic))
      return false;
  }
  if (source === 'unreadable' || port === 'unreadable')
    return rule.policy === 'accept' && manner.unreadableAccepts;
  return true;
}

/** What the provider does with a packet, rule by rule: priority, then drop before accept, then nothing gets in. */
export function decide(
  packet: Packet,
  one: NetworkInterface,
  snapshot: NetworkSnapshot,
  manner: Manner = { unreadableAccepts: true },
): Decision {
  const found = snapshot.groups
    .filter(({ id }) => one.groupIds.includes(id))
    .flatMap(({ ingress }) => ingress)
    .filter((rule) => matches(rule, packet, one, snapshot, manner));
  let first: IngressRule | null = null;
  for (const rule of found)
    if (
      first === null ||
      rule.priority < first.priority ||
      (rule.priority === first.priority && rule.policy === 'drop' && first.policy === 'accept')
    )
      first = rule;
  return { accepted: first?.policy === 'accept', rule: first };
}

function blocksOf(snapshot: NetworkSnapshot, extra: readonly string[]): Bits[] {
  const texts = [
    ...extra,
    ...Object.values(snapshot.prefixLists).flatMap((list) => list ?? []),
    ...snapshot.groups.flatMap(({ ingress }) =>
      ingress.flatMap(({ source }) =>
        source.kind === 'ipv4' || source.kind === 'ipv6' ? [source.cidr] : [],
      ),
    ),
    '0.0.0.0/0',
    '::/0',
  ];
  return [...new Set(texts)].map(blockBits);
}

/** Every packet at which a decision about this port can change, to one interface. */
export function packetsTo(
  one: NetworkInterface,
  snapshot: NetworkSnapshot,
  protocol: Packet['protocol'],
  port: number,
  extraBlocks: readonly string[] = [],
): Packet[] {
  const sources = new Map(
    blocksOf(snapshot, extraBlocks)
      .flatMap(edges)
      .map((bits) => [`${bits.family}${bits.bits}`, bits]),
  );
  const rules = snapshot.groups.flatMap(({ ingress }) => ingress);
  const senders = [
    [],
    ...new Set(rules.flatMap(({ source }) => (source.kind === 'group' ? [source.groupId] : []))),
  ].map((group) => (typeof group === 'string' ? [group] : group));
  const sourcePorts = new Set([
    50_000,
    ...rules.flatMap(({ sourcePorts: ports }) =>
      ports === null || ports === 'all' ? [] : [ports.from - 1, ports.from, ports.to, ports.to + 1],
    ),
  ]);
  const destinations = [...one.privateAddresses, ...one.ipv6Addresses].map(addressBits);
  return [...sources.values()].flatMap((source) =>
    destinations
      .filter(({ family }) => family === source.family)
      .flatMap((destination) =>
        [...sourcePorts]
          .filter((sourcePort) => sourcePort >= 0 && sourcePort <= 65_535)
          .flatMap((sourcePort) =>
            senders.map((senderGroups) => ({
              source,
              senderGroups,
              sourcePort,
              protocol,
              port,
              destination,
            })),
          ),
      ),
  );
}
