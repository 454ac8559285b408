import { formatCidr } from '../../../shared/cidr';
import type { IngressRule, NetworkInterface, NetworkSnapshot } from '../../../shared/network';
import {
  type AddressSet,
  complement,
  type Family,
  families,
  intersect,
  isEmpty,
  nothing,
  rulesInOrder,
  setOfCidrs,
  subtract,
  type Transport,
  toBlocks,
  union,
  walkInterface,
} from '../exposure';
import { everywhere, ourRule } from './rules-of-ours';
import type { Site } from './sites';

const everyTransport: readonly Transport[] = ['tcp', 'udp'];

/** An interface without an IPv6 address may get one: its rules are judged as if it had. */
const withIpv6 = (one: NetworkInterface): NetworkInterface =>
  one.ipv6Addresses.length > 0 ? one : { ...one, ipv6Addresses: [''] };

/** What the rules of these priorities let in by themselves on the site's interfaces. */
function letIn(
  base: NetworkSnapshot,
  site: Site,
  transport: Transport,
  port: number,
  family: Family,
  priorities: (priority: number) => boolean,
): AddressSet {
  return site.interfaces.reduce<AddressSet>((all, one) => {
    const current = base.interfaces.find(({ id }) => id === one.id) ?? one;
    const rules = rulesInOrder(base, current, transport, port).filter(({ rule }) =>
      priorities(rule.priority),
    );
    return walkInterface(rules, withIpv6(current))
      .filter(({ target }) => target.family === family)
      .reduce((set, { accepted, possible }) => union(set, union(accepted, possible)), all);
  }, nothing);
}

/** The rules of a site that let nobody in, whatever the other groups say. */
export function denyAll(site: Site, port: number): IngressRule[] {
  return families.flatMap((family) =>
    site.destinations[family].flatMap((destination) =>
      everyTransport.map((protocol) =>
        ourRule({
          policy: 'drop',
          priority: 1,
          protocol,
          port,
          family,
          cidr: everywhere[family],
          destination,
        }),
      ),
    ),
  );
}

/**
 * The least rules of a site with which exactly the trusted blocks reach the port, beside what the other groups hold
 * (`base`: the snapshot without the site's own rules). Accepts lie at priority 1. Where the others accept from
 * priority 2 on, one drop at 2 outranks them; against accepts at 1, which no drop at 2 outranks, lie the drops at 1
 * that spare the trusted blocks (fact 7). UDP only speeds up what TCP let in, so it stays shut.
 */
export function trustOnly(
  site: Site,
  base: NetworkSnapshot,
  trusted: readonly string[],
  port: number,
): IngressRule[] {
  const deniesAnyway = site.kind !== 'own';
  return families.flatMap((family) => {
    const destinations = site.destinations[family];
    if (destinations.length === 0) return [];
    const set = setOfCidrs(trusted, family);
    const leaks = (transport: Transport): AddressSet =>
      letIn(base, site, transport, port, family, () => true);
    const drop = (protocol: Transport, priority: number, cidrs: readonly string[]) =>
      destinations.flatMap((destination) =>
        cidrs.map((cidr) => ourRule({ policy: 'drop', priority, protocol, port, family, cidr, destination })),
      );
    const udp = deniesAnyway || !isEmpty(leaks('udp')) ? drop('udp', 1, [everywhere[family]]) : [];
    if (isEmpty(set)) {
      const tcp = deniesAnyway || !isEmpty(leaks('tcp')) ? drop('tcp', 1, [everywhere[family]]) : [];
      return [...tcp, ...udp];
    }
    const first = subtract(
      letIn(base, site, 'tcp', port, family, (priority) => priority === 1),
      set,
    );
    const outside = toBlocks(complement(set, family), family);
    const sharp = outside
      .map(formatCidr)
      .filter((cidr) => !isEmpty(intersect(first, setOfCidrs([cidr], family))));
    const rest = subtract(leaks('tcp'), union(set, setOfCidrs(sharp, family)));
    const blunt = sharp.length < outside.length && (deniesAnyway || !isEmpty(rest));
    const accepts = trusted
      .filter((cidr) => !isEmpty(setOfCidrs([cidr], family)))
      .flatMap((cidr) =>
        destinations.map((destination) =>
          ourRule({ policy: 'accept', priority: 1, protocol: 'tcp', port, family, cidr, destination }),
        ),
      );
    return [
      ...drop('tcp', 1, sharp),
      ...(blunt ? drop('tcp', 2, [everywhere[family]]) : []),
      ...udp,
      ...accepts,
    ];
  });
}
