import type { Phrase } from '../../../shared/account-status';
import { parseCidr } from '../../../shared/cidr';
import type { Exposure, ExposureRow, RemainingPath } from '../../../shared/isolation';
import type { NetworkInterface, NetworkSnapshot } from '../../../shared/network';
import {
  type AddressSet,
  type Family,
  families,
  intersect,
  isEmpty,
  setOfCidrs,
  subtract,
  toCidrs,
  union,
} from './address-set';
import type { ReadRule, Transport } from './matching';
import { compareRows, noSets, rowsOf, type Sets } from './rows';
import { attachedGroups, familiesOf, letsAnybodyIn, rulesInOrder, type Walk, walkInterface } from './walk';

const REACHABLE_SHOWN = 32;

interface ReadInterface {
  readonly networkInterface: NetworkInterface;
  readonly byTransport: Record<
    Transport,
    { rules: readonly ReadRule[]; walks: readonly Walk[]; reach: Reach }
  >;
}

/** By address, what reaches a port over the interface: `some` of its targets, `every` target of the family. */
interface Reach {
  readonly some: Sets;
  readonly every: Sets;
  /** Group members or unreadable sources get in, from wherever they are. */
  readonly possible: Sets;
}

function readInterface(
  snapshot: NetworkSnapshot,
  networkInterface: NetworkInterface,
  port: number,
): ReadInterface {
  const read = (transport: Transport) => {
    const rules = rulesInOrder(snapshot, networkInterface, transport, port);
    const walks = walkInterface(rules, networkInterface);
    return { rules, walks, reach: reachOf(walks) };
  };
  return { networkInterface, byTransport: { tcp: read('tcp'), udp: read('udp') } };
}

function reachOf(walks: readonly Walk[]): Reach {
  const some: Record<Family, AddressSet> = { ...noSets };
  const possible: Record<Family, AddressSet> = { ...noSets };
  const every = new Map<Family, AddressSet>();
  for (const { target, accepted, possible: maybe } of walks) {
    const { family } = target;
    some[family] = union(some[family], accepted);
    possible[family] = union(possible[family], maybe);
    const before = every.get(family);
    every.set(family, before === undefined ? accepted : intersect(before, accepted));
  }
  return {
    some,
    possible,
    every: { ipv4: every.get('ipv4') ?? [], ipv6: every.get('ipv6') ?? [] },
  };
}

/** What is missing for a verdict, or null. */
function incomplete(snapshot: NetworkSnapshot, trusted: readonly string[]): Phrase | null {
  if (snapshot.interfaces.length === 0) return { key: 'isolation.reason.noInterfaces', params: {} };
  for (const { id, groupIds } of snapshot.interfaces) {
    if (groupIds.length === 0) return { key: 'isolation.reason.noGroups', params: { interface: id } };
    const missing = groupIds.find((groupId) => !snapshot.groups.some((group) => group.id === groupId));
    if (missing !== undefined) return { key: 'isolation.reason.groupMissing', params: { group: missing } };
  }
  const unread = trusted.find((text) => parseCidr(text) === null);
  return unread === undefined
    ? null
    : { key: 'isolation.reason.trustedUnreadable', params: { cidr: unread } };
}

function verdictOf(
  interfaces: readonly ReadInterface[],
  transport: Transport,
  trusted: Sets | null,
  complete: boolean,
): Exposure['verdict'] {
  const reaches = interfaces.map(({ byTransport }) => byTransport[transport].reach);
  const outside = (sets: Sets): boolean =>
    families.some((family) => !isEmpty(subtract(sets[family], trusted?.[family] ?? [])));
  if (reaches.some(({ some, possible }) => outside(some) || outside(possible))) return 'open';
  if (!complete) return 'unknown';
  const anybody = reaches.some(({ some, possible }) =>
    families.some((family) => !isEmpty(some[family]) || !isEmpty(possible[family])),
  );
  return anybody ? 'trustedOnly' : 'closed';
}

/** What no rule stops: members of the same group, and load balancers, of which nothing is known here. */
export function remainingPaths(snapshot: NetworkSnapshot): RemainingPath[] {
  const paths: RemainingPath[] = snapshot.interfaces.flatMap((networkInterface) =>
    attachedGroups(snapshot, networkInterface).flatMap((group) => {
      const members = group.members.filter(({ id }) => id !== snapshot.instance.id);
      if (group.type !== 'basic' || group.innerAccess !== 'accept' || members.length === 0) return [];
      const { id: groupId, name: groupName } = group;
      return [
        {
          kind: 'sameGroup' as const,
          certain: true as const,
          interfaceId: networkInterface.id,
          groupId,
          groupName,
          members,
        },
      ];
    }),
  );
  return [...paths, { kind: 'loadBalancer', certain: false }];
}

function reasonsOf(exposure: Omit<Exposure, 'reasons'>, lacking: Phrase | null): Phrase[] {
  const through = exposure.rows.filter(
    ({ effect, transports: over }) =>
      (effect === 'effective' || effect === 'partial') && over.includes('tcp'),
  );
  const count = (test: (row: ExposureRow) => boolean): number => through.filter(test).length;
  const reasons: Phrase[] = lacking ? [lacking] : [];
  const add = (key: string, rules: number): void => {
    if (rules > 0) reasons.push({ key: `isolation.reason.${key}`, params: { rules } });
  };
  add(
    'world',
    count(({ danger }) => danger === 'world'),
  );
  add(
    'unreadable',
    count(({ danger }) => danger === 'unreadable'),
  );
  add(
    'group',
    count(({ danger }) => danger === 'group'),
  );
  add(
    'addresses',
    count(({ danger }) => danger === 'wide' || danger === 'narrow'),
  );
  add(
    'trusted',
    count(({ danger }) => danger === 'trusted'),
  );
  add(
    'secondary',
    count(({ primaryInterface, danger }) => !primaryInterface && danger !== 'trusted'),
  );
  add('dormant', exposure.rows.filter(({ effect }) => effect === 'dormant').length);
  if (exposure.verdict === 'closed') reasons.push({ key: 'isolation.reason.closed', params: {} });
  if (exposure.verdict !== 'open' && exposure.udp === 'open')
    reasons.push({ key: 'isolation.reason.udpOpen', params: {} });
  for (const cidr of exposure.trustedShutOut)
    reasons.push({ key: 'isolation.reason.trustedShutOut', params: { cidr } });
  for (const path of exposure.remaining)
    reasons.push(
      path.kind === 'sameGroup'
        ? {
            key: 'isolation.remaining.sameGroup',
            params: { group: path.groupName, members: path.members.length },
          }
        : { key: 'isolation.remaining.loadBalancer', params: {} },
    );
  return reasons;
}

function reachable(interfaces: readonly ReadInterface[]): Exposure['reachable'] {
  const reaches = interfaces.map(({ byTransport }) => byTransport.tcp.reach);
  const [ipv4, ipv6] = families.map((family) => {
    const all = reaches.reduce<AddressSet>(
      (set, { some, possible }) => union(set, union(some[family], possible[family])),
      [],
    );
    return toCidrs(all, family, REACHABLE_SHOWN + 1);
  });
  const blocks = { ipv4: ipv4 ?? [], ipv6: ipv6 ?? [] };
  return {
    ipv4: blocks.ipv4.slice(0, REACHABLE_SHOWN),
    ipv6: blocks.ipv6.slice(0, REACHABLE_SHOWN),
    more: blocks.ipv4.length > REACHABLE_SHOWN || blocks.ipv6.length > REACHABLE_SHOWN,
  };
}

function shutOut(interfaces: readonly ReadInterface[], trusted: Sets): string[] {
  const main = interfaces.find(({ networkInterface }) => networkInterface.primary) ?? interfaces[0];
  if (!main) return [];
  const { every } = main.byTransport.tcp.reach;
  return familiesOf(main.networkInterface).flatMap((family) =>
    toCidrs(subtract(trusted[family], every[family]), family, REACHABLE_SHOWN),
  );
}

/**
 * Decides through what RDP can be reached (fact 21): merges the rules of all groups of each interface by priority,
 * drops before accepts (fact 7), and says of every accept about `rdpPort` what it lets in, exactly, by address. What
 * cannot be read counts as letting everything in. With `trusted` blocks the verdict tells them from the rest.
 * Same-group traffic and load balancers are no matter of rules: they are in `remaining`, whatever the verdict.
 */
export function evaluateExposure(
  snapshot: NetworkSnapshot,
  rdpPort: number,
  trusted: readonly string[] = [],
): Exposure {
  const lacking = incomplete(snapshot, trusted);
  const trustedSets: Sets | null =
    trusted.length === 0 ? null : { ipv4: setOfCidrs(trusted, 'ipv4'), ipv6: setOfCidrs(trusted, 'ipv6') };
  const interfaces = snapshot.interfaces.map((one) => readInterface(snapshot, one, rdpPort));
  const judged = {
    takenAtMs: snapshot.takenAtMs,
    rdpPort,
    verdict: verdictOf(interfaces, 'tcp', trustedSets, lacking === null),
    udp: verdictOf(interfaces, 'udp', trustedSets, lacking === null),
    rows: interfaces
      .flatMap(({ networkInterface, byTransport }) =>
        rowsOf(snapshot, networkInterface, byTransport, rdpPort, trustedSets),
      )
      .sort(compareRows),
    remaining: remainingPaths(snapshot),
    reachable: reachable(interfaces),
    trustedShutOut: trustedSets ? shutOut(interfaces, trustedSets) : [],
  };
  return { ...judged, reasons: reasonsOf(judged, lacking) };
}

/** Whether anybody reaches either port over this interface, by rules: without the rows, for plans that ask often. */
export const isOpenOver = (
  snapshot: NetworkSnapshot,
  networkInterface: NetworkInterface,
  rdpPort: number,
): boolean =>
  (['tcp', 'udp'] as const).some((transport) =>
    letsAnybodyIn(rulesInOrder(snapshot, networkInterface, transport, rdpPort), networkInterface),
  );

/** Whether nobody reaches either port over any interface, by rules alone. Never true where something is unread. */
export const isClosed = (snapshot: NetworkSnapshot, rdpPort: number): boolean =>
  incomplete(snapshot, []) === null && !snapshot.interfaces.some((one) => isOpenOver(snapshot, one, rdpPort));
