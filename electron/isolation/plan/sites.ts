import type { IngressRule, NetworkInterface, NetworkSnapshot, SecurityGroup } from '../../../shared/network';
import { attachedGroups, type Family, families } from '../exposure';
import type { PlanCapabilities } from './options';
import { isOurs, isOverlay } from './rules-of-ours';

/** A place for rules of ours: a group of our own, or a group that was there. */
export interface Site {
  readonly kind: 'overlay' | 'scoped' | 'own';
  readonly groupId: string;
  readonly groupName: string;
  /** Set when the group has to be made first; `groupId` is then its `as`. */
  readonly create: { readonly vpcId: string; readonly type: SecurityGroup['type'] } | null;
  readonly innerAccess: SecurityGroup['innerAccess'];
  /** Interfaces that the rules are to act on. */
  readonly interfaces: readonly NetworkInterface[];
  /** Of these, the ones that do not carry the group yet. */
  readonly attach: readonly string[];
  /** Destinations of a rule, one rule each: `[null]` where the group is this instance's alone. */
  readonly destinations: Readonly<Record<Family, readonly (string | null)[]>>;
}

const unscoped = { ipv4: [null], ipv6: [null] } as const;

const overlayName = (instanceId: string): string => `lockwatch-deny-rdp-${instanceId}`.slice(0, 128);

const scopesOf = ({ privateAddresses, ipv6Addresses }: NetworkInterface): Site['destinations'] => ({
  ipv4: privateAddresses.map((address) => `${address}/32`),
  ipv6: ipv6Addresses.map((address) => `${address}/128`),
});

/** Our rules that lie in this site now. */
export function rulesAt(site: Site, snapshot: NetworkSnapshot): IngressRule[] {
  const group = snapshot.groups.find(({ id }) => id === site.groupId);
  const destinations = families.flatMap((family) => site.destinations[family]);
  return (group?.ingress ?? []).filter((rule) => isOurs(rule) && destinations.includes(rule.destination));
}

const othersIn = (group: SecurityGroup, snapshot: NetworkSnapshot): number =>
  group.members.filter(({ id }) => id !== snapshot.instance.id).length;

/** The group on this interface where a scoped rule harms least: not managed, fewest other members. */
function groupForScoped(snapshot: NetworkSnapshot, networkInterface: NetworkInterface): SecurityGroup | null {
  const [best] = attachedGroups(snapshot, networkInterface)
    .filter(({ managed }) => !managed)
    .sort((a, b) => othersIn(a, snapshot) - othersIn(b, snapshot));
  return best ?? null;
}

/** Where scoped rules of ours lie on this interface, or would lie. Null: no group there can take them. */
export function scopedSite(snapshot: NetworkSnapshot, networkInterface: NetworkInterface): Site | null {
  const destinations = scopesOf(networkInterface);
  if (destinations.ipv4.length === 0) return null;
  const scopes = families.flatMap((family) => destinations[family]);
  const present = attachedGroups(snapshot, networkInterface).find((group) =>
    group.ingress.some((rule) => isOurs(rule) && scopes.includes(rule.destination)),
  );
  const group = present ?? groupForScoped(snapshot, networkInterface);
  if (!group) return null;
  return {
    kind: 'scoped',
    groupId: group.id,
    groupName: group.name,
    create: null,
    innerAccess: group.innerAccess,
    interfaces: [networkInterface],
    attach: [],
    destinations,
  };
}

/** A group that only this instance carries, on this interface: rules in it need no scope. */
export function ownSite(snapshot: NetworkSnapshot, networkInterface: NetworkInterface): Site | null {
  const group = attachedGroups(snapshot, networkInterface).find(
    (one) =>
      !one.managed &&
      !isOverlay(one, snapshot.instance.id) &&
      one.members.length === 1 &&
      othersIn(one, snapshot) === 0,
  );
  if (!group) return null;
  return {
    kind: 'own',
    groupId: group.id,
    groupName: group.name,
    create: null,
    innerAccess: group.innerAccess,
    interfaces: snapshot.interfaces.filter(({ groupIds }) => groupIds.includes(group.id)),
    attach: [],
    destinations: unscoped,
  };
}

function overlaySite(
  snapshot: NetworkSnapshot,
  type: SecurityGroup['type'],
  interfaces: readonly NetworkInterface[],
  known: SecurityGroup | undefined,
): Site {
  const vpcId = snapshot.instance.vpcId ?? '';
  return {
    kind: 'overlay',
    groupId: known?.id ?? `overlay-${type}`,
    groupName: known?.name ?? overlayName(snapshot.instance.id),
    create: known ? null : { vpcId, type },
    innerAccess: type === 'basic' ? (known?.innerAccess ?? 'accept') : 'drop',
    interfaces,
    attach: interfaces.filter(({ groupIds }) => !known || !groupIds.includes(known.id)).map(({ id }) => id),
    destinations: unscoped,
  };
}

/**
 * Places that deny on these interfaces: an overlay group for each type of group (types do not mix on an interface,
 * fact 11), reused if there is one, and scoped rules where an interface takes no further group. The interfaces that
 * can have neither are in `without`.
 */
export function denySites(
  snapshot: NetworkSnapshot,
  interfaces: readonly NetworkInterface[],
  capabilities: PlanCapabilities,
): { readonly sites: readonly Site[]; readonly without: readonly NetworkInterface[] } {
  const sites: Site[] = [];
  const without: NetworkInterface[] = [];
  const byType = new Map<SecurityGroup['type'], NetworkInterface[]>();
  const overlay = (type: SecurityGroup['type']): SecurityGroup | undefined =>
    snapshot.groups.find(
      (group) =>
        isOverlay(group, snapshot.instance.id) &&
        !group.managed &&
        group.type === type &&
        group.vpcId === snapshot.instance.vpcId,
    );
  for (const one of interfaces) {
    const type = attachedGroups(snapshot, one)[0]?.type ?? 'basic';
    const known = overlay(type);
    const carries = known !== undefined && one.groupIds.includes(known.id);
    if (carries || one.groupIds.length < capabilities.groupsPerInterface) {
      byType.set(type, [...(byType.get(type) ?? []), one]);
      continue;
    }
    const scoped = scopedSite(snapshot, one);
    if (scoped) sites.push(scoped);
    else without.push(one);
  }
  for (const [type, on] of byType) sites.push(overlaySite(snapshot, type, on, overlay(type)));
  return { sites, without };
}
