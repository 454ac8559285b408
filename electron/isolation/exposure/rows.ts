import type { Danger, ExposureRow, RuleName } from '../../../shared/isolation';
import type { IngressRule, NetworkInterface, NetworkSnapshot } from '../../../shared/network';
import {
  type AddressSet,
  contains,
  everything,
  type Family,
  families,
  isEmpty,
  nothing,
  toCidrs,
  union,
} from './address-set';
import type { ReadRule, Transport } from './matching';
import { familiesOf, type Walk } from './walk';
import { widthOf } from './width';

const BLOCKS_SHOWN = 8;

export type Sets = Readonly<Record<Family, AddressSet>>;
export const noSets: Sets = { ipv4: nothing, ipv6: nothing };

interface Gathered {
  readonly read: ReadRule;
  readonly sets: Record<Family, AddressSet>;
  whole: boolean;
  readonly takenBy: RuleName[];
}

const nameOf = (read: ReadRule): RuleName => ({
  groupId: read.group.id,
  ruleId: read.rule.id,
  policy: read.rule.policy,
  priority: read.rule.priority,
});

/** Sums up the walks of one interface and transport, a line per accept. */
function gather(rules: readonly ReadRule[], walks: readonly Walk[]): Map<number, Gathered> {
  const lines = new Map<number, Gathered>();
  for (const walk of walks)
    for (const remainder of walk.remainders) {
      const read = rules[remainder.at];
      if (!read) continue;
      let line = lines.get(remainder.at);
      if (!line) {
        line = { read, sets: { ...noSets }, whole: true, takenBy: [] };
        lines.set(remainder.at, line);
      }
      line.whole &&= remainder.whole;
      const { family } = walk.target;
      line.sets[family] = union(line.sets[family], remainder.fresh);
      for (const owner of remainder.takenBy) {
        const other = rules[owner];
        if (other && line.takenBy.length < 3 && !line.takenBy.some((name) => isName(name, other)))
          line.takenBy.push(nameOf(other));
      }
    }
  return lines;
}

const isName = (name: RuleName, read: ReadRule): boolean =>
  name.groupId === read.group.id &&
  name.ruleId === read.rule.id &&
  name.policy === read.rule.policy &&
  name.priority === read.rule.priority;

function dangerOf(read: ReadRule, lets: Sets, effect: ExposureRow['effect'], trusted: Sets | null): Danger {
  if (read.unreadable) return 'unreadable';
  if (read.sourceGroup !== null) return 'group';
  const sets = effect === 'effective' || effect === 'partial' ? lets : read.sources;
  if (trusted && families.every((family) => contains(trusted[family], sets[family]))) return 'trusted';
  const widths = families.map((family) => widthOf(sets[family], family));
  return widths.includes('world') ? 'world' : widths.includes('wide') ? 'wide' : 'narrow';
}

function rowFamily(read: ReadRule, networkInterface: NetworkInterface): ExposureRow['family'] {
  if (read.anySource || read.sourceGroup !== null)
    return familiesOf(networkInterface).length === 2 ? 'both' : 'ipv4';
  const ipv6 = !isEmpty(read.sources.ipv6);
  return ipv6 && !isEmpty(read.sources.ipv4) ? 'both' : ipv6 ? 'ipv6' : 'ipv4';
}

/** Whether a change of the rule would touch more than this port. */
export function touchesOtherPorts(rule: IngressRule, port: number): boolean {
  if (rule.protocol === 'all' || rule.portListId !== null || rule.ports === 'all') return true;
  return rule.ports.from !== port || rule.ports.to !== port;
}

/** The rows of one interface: its accepts about the port, with what each lets in. `byTransport` is in rule order. */
export function rowsOf(
  snapshot: NetworkSnapshot,
  networkInterface: NetworkInterface,
  byTransport: Readonly<
    Record<Transport, { readonly rules: readonly ReadRule[]; readonly walks: readonly Walk[] }>
  >,
  port: number,
  trusted: Sets | null,
): ExposureRow[] {
  const rows = new Map<string, ExposureRow>();
  for (const transport of ['tcp', 'udp'] as const) {
    const { rules, walks } = byTransport[transport];
    const lines = gather(rules, walks);
    for (const [at, read] of rules.entries()) {
      if (read.rule.policy !== 'accept') continue;
      const line = lines.get(at);
      const absent = !familiesOf(networkInterface).includes('ipv6') && !isEmpty(read.sources.ipv6);
      if (!line && !absent) continue;
      const key = `${networkInterface.id} ${read.group.id} ${read.index}`;
      const known = rows.get(key);
      if (known) {
        known.transports.push(transport);
        continue;
      }
      const lets = line?.sets ?? noSets;
      const through = families.some((family) => !isEmpty(lets[family]));
      const effect = !line ? 'dormant' : !through ? 'shadowed' : line.whole ? 'effective' : 'partial';
      const blocks = families.flatMap((family) =>
        contains(lets[family], everything[family])
          ? toCidrs(everything[family], family)
          : toCidrs(lets[family], family, BLOCKS_SHOWN + 1),
      );
      rows.set(key, {
        key,
        interfaceId: networkInterface.id,
        primaryInterface: networkInterface.primary,
        groupId: read.group.id,
        groupName: read.group.name,
        managedGroup: read.group.managed,
        sharedWith: read.group.members.filter(({ id }) => id !== snapshot.instance.id).length,
        rule: read.rule,
        transports: [transport],
        family: rowFamily(read, networkInterface),
        danger: dangerOf(read, lets, effect, trusted),
        effect,
        lets: blocks.slice(0, BLOCKS_SHOWN),
        letsMore: blocks.length > BLOCKS_SHOWN,
        shadowedBy: line && !line.whole ? line.takenBy : [],
        unreadable: read.unreadable,
        otherPorts: touchesOtherPorts(read.rule, port),
      });
    }
  }
  return [...rows.values()];
}

const effectRank = { effective: 0, partial: 0, dormant: 1, shadowed: 2 } as const;
const dangerRank: Readonly<Record<Danger, number>> = {
  world: 0,
  unreadable: 1,
  group: 2,
  wide: 3,
  narrow: 4,
  trusted: 5,
};

/** What lets in first, the dangerous before the rest, then in the order in which rules decide. */
export const compareRows = (a: ExposureRow, b: ExposureRow): number =>
  effectRank[a.effect] - effectRank[b.effect] ||
  dangerRank[a.danger] - dangerRank[b.danger] ||
  Number(b.primaryInterface) - Number(a.primaryInterface) ||
  a.rule.priority - b.rule.priority;
