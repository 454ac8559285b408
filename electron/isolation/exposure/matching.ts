import { type Cidr, parseCidr } from '../../../shared/cidr';
import type {
  IngressRule,
  NetworkInterface,
  NetworkSnapshot,
  PortRange,
  SecurityGroup,
} from '../../../shared/network';
import { type AddressSet, type Family, nothing, type Range, rangeOf, setOf } from './address-set';

export type Transport = 'tcp' | 'udp';

/** What a rule says for sure, and whether part of it could not be read. */
export interface ReadRule {
  readonly group: SecurityGroup;
  readonly rule: IngressRule;
  /** Its place in its group. */
  readonly index: number;
  readonly sources: Readonly<Record<Family, AddressSet>>;
  /** Set when the source is the members of a group: their addresses are not known. */
  readonly sourceGroup: string | null;
  /** The list, source or port list could not be read: an accept may let anything in, a drop stops nothing for sure. */
  readonly unreadable: boolean;
  /** Of these, the source: it may be any address. */
  readonly anySource: boolean;
  readonly destination: Cidr | null;
}

const covers = (ports: PortRange, port: number): boolean =>
  ports === 'all' || (ports.from <= port && port <= ports.to);

/** Whether the rule is about this port: `unreadable` when its port list is missing. */
export function matchesPort(
  rule: IngressRule,
  transport: Transport,
  port: number,
  lists: NetworkSnapshot['portLists'],
): 'yes' | 'no' | 'unreadable' {
  if (rule.protocol === 'all') return 'yes';
  if (rule.protocol !== transport) return 'no';
  if (rule.portListId === null) return covers(rule.ports, port) ? 'yes' : 'no';
  const list = lists[rule.portListId];
  if (!list) return 'unreadable';
  return list.some((ports) => covers(ports, port)) ? 'yes' : 'no';
}

function readBlocks(texts: readonly string[]): Pick<ReadRule, 'sources' | 'unreadable'> {
  const ranges: Record<Family, Range[]> = { ipv4: [], ipv6: [] };
  let unreadable = false;
  for (const text of texts) {
    const cidr = parseCidr(text);
    if (cidr) ranges[cidr.family].push(rangeOf(cidr));
    else unreadable = true;
  }
  return { sources: { ipv4: setOf(ranges.ipv4), ipv6: setOf(ranges.ipv6) }, unreadable };
}

/** Rules are data that is never changed, and plans look at the same ones again and again. */
const readBefore = new WeakMap<IngressRule, Pick<ReadRule, 'sources' | 'unreadable'>>();

function readBlock(rule: IngressRule, cidr: string): Pick<ReadRule, 'sources' | 'unreadable'> {
  let read = readBefore.get(rule);
  if (!read) {
    read = readBlocks([cidr]);
    readBefore.set(rule, read);
  }
  return read;
}

function readSource(
  rule: IngressRule,
  lists: NetworkSnapshot['prefixLists'],
): Pick<ReadRule, 'sources' | 'unreadable'> {
  switch (rule.source.kind) {
    case 'ipv4':
    case 'ipv6':
      return readBlock(rule, rule.source.cidr);
    case 'group':
      return { sources: { ipv4: nothing, ipv6: nothing }, unreadable: false };
    case 'prefixList': {
      const list = lists[rule.source.listId];
      return list ? readBlocks(list) : { sources: { ipv4: nothing, ipv6: nothing }, unreadable: true };
    }
  }
}

/** Reads one rule for one port, or null when it is not about this port. */
export function readRule(
  group: SecurityGroup,
  index: number,
  transport: Transport,
  port: number,
  snapshot: NetworkSnapshot,
): ReadRule | null {
  const rule = group.ingress[index];
  if (!rule) return null;
  const about = matchesPort(rule, transport, port, snapshot.portLists);
  if (about === 'no') return null;
  const { sources, unreadable } = readSource(rule, snapshot.prefixLists);
  const destination = rule.destination === null ? null : parseCidr(rule.destination);
  return {
    group,
    rule,
    index,
    sources,
    sourceGroup: rule.source.kind === 'group' ? rule.source.groupId : null,
    anySource: unreadable,
    unreadable: unreadable || about === 'unreadable' || (rule.destination !== null && destination === null),
    destination,
  };
}

/** An address of the interface, as the goal of a connection. */
export interface Target {
  readonly family: Family;
  /** Null: the interface's address of this family is not known. */
  readonly address: bigint | null;
  readonly publicAddress: bigint | null;
}

const addressOf = (text: string | null): bigint | null => {
  const cidr = text === null ? null : parseCidr(text);
  return cidr ? cidr.base : null;
};

/** What a connection can be made to: every private IPv4 and every IPv6 address; none of a family it has not. */
export function targetsOf(networkInterface: NetworkInterface): Target[] {
  const publicAddress = addressOf(networkInterface.publicAddress);
  const known = networkInterface.privateAddresses.map(addressOf).filter((address) => address !== null);
  return [
    ...(known.length > 0 ? known : [null]).map((address) => ({
      family: 'ipv4' as const,
      address,
      publicAddress,
    })),
    ...networkInterface.ipv6Addresses.map((text) => ({
      family: 'ipv6' as const,
      address: addressOf(text),
      publicAddress: null,
    })),
  ];
}

/**
 * Whether a rule is about this target. The provider compares the destination with the private address; an accept that
 * names the public one is counted too, because nobody has seen what the provider makes of it.
 */
export function matchesTarget(read: ReadRule, target: Target): boolean {
  if (read.rule.destination === null) return true;
  const accept = read.rule.policy === 'accept';
  const { destination } = read;
  if (destination === null) return accept;
  if (destination.family !== target.family) return false;
  if (target.address === null) return accept;
  const { lo, hi } = rangeOf(destination);
  const within = (address: bigint | null): boolean => address !== null && lo <= address && address <= hi;
  return within(target.address) || (accept && within(target.publicAddress));
}

/** The source ports at which the answer can change: the first port of each slice in which all rules agree. */
export function sourcePortSlices(rules: readonly ReadRule[]): number[] {
  const starts = new Set([0]);
  for (const { rule } of rules) {
    if (rule.sourcePorts === null || rule.sourcePorts === 'all') continue;
    starts.add(rule.sourcePorts.from);
    starts.add(rule.sourcePorts.to + 1);
  }
  return [...starts].filter((start) => start >= 0 && start <= 65_535).sort((a, b) => a - b);
}

export const matchesSourcePort = (rule: IngressRule, port: number): boolean =>
  rule.sourcePorts === null || covers(rule.sourcePorts, port);
