import type { NetworkInterface, NetworkSnapshot, SecurityGroup } from '../../../shared/network';
import { type AddressSet, everything, type Family, isEmpty, nothing, type Range, setOf } from './address-set';
import { Claims } from './claims';
import {
  matchesSourcePort,
  matchesTarget,
  type ReadRule,
  readRule,
  sourcePortSlices,
  type Target,
  type Transport,
  targetsOf,
} from './matching';

/** What is left of one rule towards one target, after the rules before it. */
export interface Remainder {
  readonly at: number;
  /** Addresses that it lets in by itself; for the members of a group or an unreadable source: where they may be. */
  readonly fresh: readonly Range[];
  readonly whole: boolean;
  readonly takenBy: readonly number[];
}

export interface Walk {
  readonly target: Target;
  readonly remainders: readonly Remainder[];
  /** Everything that some accept lets in for sure. */
  readonly accepted: AddressSet;
  /** Where accepts of unreadable sources or of group members may let in more. */
  readonly possible: AddressSet;
}

interface GroupRead {
  readonly transport: Transport;
  readonly port: number;
  readonly prefixLists: NetworkSnapshot['prefixLists'];
  readonly portLists: NetworkSnapshot['portLists'];
  readonly rules: readonly ReadRule[];
}

/** Groups and lists are data that is never changed, and a plan looks at the same ones before and after its steps. */
const groupsRead = new WeakMap<SecurityGroup, GroupRead[]>();

/** The rules of one group about this port, in its own order. */
function readGroup(
  group: SecurityGroup,
  transport: Transport,
  port: number,
  snapshot: NetworkSnapshot,
): readonly ReadRule[] {
  const { prefixLists, portLists } = snapshot;
  const known = groupsRead.get(group) ?? [];
  const before = known.find(
    (one) =>
      one.transport === transport &&
      one.port === port &&
      one.prefixLists === prefixLists &&
      one.portLists === portLists,
  );
  if (before) return before.rules;
  const rules: ReadRule[] = [];
  for (let index = 0; index < group.ingress.length; index++) {
    const read = readRule(group, index, transport, port, snapshot);
    if (read) rules.push(read);
  }
  groupsRead.set(group, [...known.slice(-3), { transport, port, prefixLists, portLists, rules }]);
  return rules;
}

/** The rules of all groups of the interface about this port, in the order in which they decide (fact 7). */
export function rulesInOrder(
  snapshot: NetworkSnapshot,
  networkInterface: NetworkInterface,
  transport: Transport,
  port: number,
): ReadRule[] {
  const byRank = new Map<number, ReadRule[]>();
  for (const group of attachedGroups(snapshot, networkInterface))
    for (const read of readGroup(group, transport, port, snapshot)) {
      const rank = read.rule.priority * 2 + (read.rule.policy === 'drop' ? 0 : 1);
      const same = byRank.get(rank);
      if (same) same.push(read);
      else byRank.set(rank, [read]);
    }
  return [...byRank.keys()].sort((a, b) => a - b).flatMap((rank) => byRank.get(rank) ?? []);
}

export function attachedGroups(
  snapshot: NetworkSnapshot,
  networkInterface: NetworkInterface,
): SecurityGroup[] {
  return snapshot.groups.filter((group) => networkInterface.groupIds.includes(group.id));
}

/** Targets that no rule tells apart are walked once. */
function distinctTargets(rules: readonly ReadRule[], networkInterface: NetworkInterface): Target[] {
  const scoped = rules.filter(({ rule }) => rule.destination !== null);
  const seen = new Set<string>();
  return targetsOf(networkInterface).filter((target) => {
    const signature = `${target.family} ${scoped.map((read) => (matchesTarget(read, target) ? 1 : 0)).join('')}`;
    if (seen.has(signature)) return false;
    seen.add(signature);
    return true;
  });
}

function walkOne(rules: readonly ReadRule[], target: Target, sourcePort: number, dropsOnly: boolean): Walk {
  const { family } = target;
  const claims = new Claims(family);
  const groupsDecided = new Map<string, number>();
  const remainders: Remainder[] = [];
  const accepted: Range[] = [];
  const possible: Range[] = [];
  for (const [at, read] of rules.entries()) {
    if (!matchesTarget(read, target) || !matchesSourcePort(read.rule, sourcePort)) continue;
    const { sourceGroup } = read;
    const set = read.sources[family];
    if (read.rule.policy === 'drop') {
      if (sourceGroup !== null && !read.unreadable)
        groupsDecided.set(sourceGroup, groupsDecided.get(sourceGroup) ?? at);
      else if (!read.unreadable) claims.claim(set, at);
      continue;
    }
    if (read.unreadable || sourceGroup !== null) {
      const decidedBy = sourceGroup === null ? undefined : groupsDecided.get(sourceGroup);
      const { fresh, takenBy } = claims.peek(sourcesFor(read, family));
      const left = decidedBy === undefined ? fresh : nothing;
      remainders.push({
        at,
        fresh: left,
        whole: decidedBy === undefined && takenBy.length === 0,
        takenBy: decidedBy === undefined ? takenBy : [decidedBy],
      });
      possible.push(...left);
      if (sourceGroup !== null && !read.unreadable && decidedBy === undefined && !dropsOnly)
        groupsDecided.set(sourceGroup, at);
      continue;
    }
    if (isEmpty(set)) continue;
    const { fresh, takenBy } = dropsOnly ? claims.peek(set) : claims.claim(set, at);
    remainders.push({ at, fresh, whole: takenBy.length === 0, takenBy });
    accepted.push(...fresh);
  }
  return { target, remainders, accepted: setOf(accepted), possible: setOf(possible) };
}

/**
 * Decides, for every target of the interface and every slice of source ports, what each accept lets in. `dropsOnly`
 * lets only drops decide before a rule: what then is left of an accept is what it would let in if it were the last.
 */
export function walkInterface(
  rules: readonly ReadRule[],
  networkInterface: NetworkInterface,
  dropsOnly = false,
): Walk[] {
  const slices = sourcePortSlices(rules);
  return distinctTargets(rules, networkInterface).flatMap((target) =>
    slices.map((sourcePort) => walkOne(rules, target, sourcePort, dropsOnly)),
  );
}

/** As `walkInterface`, but only whether anybody gets in at all: until somebody does, drops alone have decided. */
export function letsAnybodyIn(rules: readonly ReadRule[], networkInterface: NetworkInterface): boolean {
  const slices = sourcePortSlices(rules);
  return distinctTargets(rules, networkInterface).some((target) =>
    slices.some((sourcePort) => {
      const claims = new Claims(target.family);
      const groupsDecided = new Set<string>();
      for (const [at, read] of rules.entries()) {
        if (claims.full) return false;
        if (!matchesTarget(read, target) || !matchesSourcePort(read.rule, sourcePort)) continue;
        const { sourceGroup, unreadable } = read;
        if (read.rule.policy === 'drop') {
          if (unreadable) continue;
          if (sourceGroup !== null) groupsDecided.add(sourceGroup);
          else claims.claim(read.sources[target.family], at);
        } else if (sourceGroup === null || !groupsDecided.has(sourceGroup)) {
          if (claims.peek(sourcesFor(read, target.family)).fresh.length > 0) return true;
        }
      }
      return false;
    }),
  );
}

/** Where an accept may let in from: anywhere, for the members of a group and for a source that could not be read. */
const sourcesFor = (read: ReadRule, family: Family): AddressSet =>
  read.sourceGroup !== null || read.anySource ? everything[family] : read.sources[family];

export const familiesOf = (networkInterface: NetworkInterface): Family[] => [
  'ipv4',
  ...(networkInterface.ipv6Addresses.length > 0 ? (['ipv6'] as const) : []),
];
