import type { Phrase } from '../../../shared/account-status';
import type { BlastGroup, Plan, Strategy } from '../../../shared/isolation';
import type { IngressRule, NetworkInterface, NetworkSnapshot } from '../../../shared/network';
import { isOpenOver, rulesInOrder, type Transport, touchesOtherPorts, walkInterface } from '../exposure';
import { blastRadius, warning } from './finish';
import type { PlanCapabilities } from './options';
import type { IsolationNote } from './rules-of-ours';
import { denySites, type Site } from './sites';
import { type DraftStep, draft, removeRules, ruleParams } from './steps';
import { denyAll } from './target';
import { transition } from './transition';

/** One way to close the port: its steps, or why it cannot be done. */
export type Way =
  | {
      readonly possible: true;
      readonly steps: readonly DraftStep[];
      readonly place: Plan['place'];
      readonly blastRadius: readonly BlastGroup[];
      readonly warnings: readonly Phrase[];
    }
  | { readonly possible: false; readonly reason: Phrase };

export interface WayInput {
  readonly snapshot: NetworkSnapshot;
  readonly rdpPort: number;
  readonly note: IsolationNote;
  readonly capabilities: PlanCapabilities;
  /** False when the provider has refused denying rules in enterprise groups before. */
  readonly enterpriseDrops: boolean;
}

const impossible = (key: string, params: Phrase['params'] = {}): Way => ({
  possible: false,
  reason: { key: `isolation.impossible.${key}`, params },
});

const hasEnterprise = ({ groups, interfaces }: NetworkSnapshot): boolean =>
  groups.some(
    ({ id, type }) => type === 'enterprise' && interfaces.some(({ groupIds }) => groupIds.includes(id)),
  );

function overlayWarnings(sites: readonly Site[], { snapshot, rdpPort }: WayInput): Phrase[] {
  const warnings = [warning('documentedOnly')];
  const managed = snapshot.groups.filter(
    (group) =>
      group.managed &&
      snapshot.interfaces.some(
        (one) =>
          one.groupIds.includes(group.id) && isOpenOver({ ...snapshot, groups: [group] }, one, rdpPort),
      ),
  );
  if (managed.length > 0)
    warnings.push(warning('managedGroup', { groups: managed.map(({ name }) => name).join(', ') }));
  if (hasEnterprise(snapshot)) warnings.push(warning('enterpriseDrop'));
  for (const { kind, groupName, interfaces } of sites)
    if (kind === 'scoped')
      warnings.push(warning('scoped', { group: groupName, interface: interfaces[0]?.id ?? '' }));
  return warnings;
}

/** Denies by rules of our own on every interface: one instance, RDP only. */
function overlayDeny(input: WayInput): Way {
  const { snapshot, rdpPort, capabilities, note } = input;
  if (!input.enterpriseDrops && hasEnterprise(snapshot)) return impossible('enterprise');
  const { sites, without } = denySites(snapshot, snapshot.interfaces, capabilities);
  const stuck = without.find((one) => isOpenOver(snapshot, one, rdpPort));
  if (stuck) return impossible('groupLimit', { interface: stuck.id, limit: capabilities.groupsPerInterface });
  const context = { snapshot, rdpPort, rulesPerCall: capabilities.rulesPerCall, note };
  const moves = sites.map((site) => transition(site, denyAll(site, rdpPort), context));
  return {
    possible: true,
    steps: [...moves.flatMap(({ open }) => open), ...moves.flatMap(({ lift }) => lift)],
    place: sites.some(({ kind }) => kind === 'overlay') ? 'overlayGroup' : 'scopedRules',
    blastRadius: [],
    warnings: overlayWarnings(sites, input),
  };
}

interface Named {
  readonly groupId: string;
  readonly rule: IngressRule;
  readonly otherPorts: boolean;
}

function changeWarnings(changed: readonly Named[], radius: readonly BlastGroup[]): Phrase[] {
  const warnings: Phrase[] = [];
  const broad = changed.filter(({ otherPorts }) => otherPorts).length;
  if (broad > 0) warnings.push(warning('otherPorts', { rules: broad }));
  for (const { groupName, instances } of radius)
    warnings.push(
      warning('shared', {
        group: groupName,
        members: instances.length,
        names: instances.map(({ name }) => name).join(', '),
      }),
    );
  return warnings;
}

const managedAmong = (changed: readonly Named[], { snapshot }: WayInput): string | null =>
  snapshot.groups.find(({ id, managed }) => managed && changed.some(({ groupId }) => groupId === id))?.name ??
  null;

/**
 * The accepts that let somebody in over any interface. `dropsOnly` leaves the other accepts out of account: the rules
 * that would let somebody in if the accepts before them were gone, so all of these have to go, and no others.
 */
function accepting({ snapshot, rdpPort }: WayInput, dropsOnly: boolean): (Named & { groupName: string })[] {
  const found = new Map<string, Named & { groupName: string }>();
  const look = (one: NetworkInterface, transport: Transport): void => {
    const rules = rulesInOrder(snapshot, one, transport, rdpPort);
    for (const { remainders } of walkInterface(rules, one, dropsOnly))
      for (const { at, fresh } of remainders) {
        const read = rules[at];
        if (read && fresh.length > 0)
          found.set(`${read.group.id} ${read.index}`, {
            groupId: read.group.id,
            groupName: read.group.name,
            rule: read.rule,
            otherPorts: touchesOtherPorts(read.rule, rdpPort),
          });
      }
  };
  for (const one of snapshot.interfaces) {
    look(one, 'tcp');
    look(one, 'udp');
  }
  return [...found.values()];
}

/** Removes the rules that let RDP in, for every member of their groups. */
function deleteRules(input: WayInput): Way {
  const { snapshot, capabilities } = input;
  const changed = accepting(input, true);
  const managed = managedAmong(changed, input);
  if (managed !== null) return impossible('managed', { group: managed });
  const radius = blastRadius(snapshot, changed);
  const steps = snapshot.groups.flatMap(({ id, name }) =>
    removeRules(
      id,
      changed.filter(({ groupId }) => groupId === id).map(({ rule }) => rule),
      capabilities.rulesPerCall,
      'deleteRules',
      { group: name },
    ),
  );
  return {
    possible: true,
    steps,
    place: 'changedRules',
    blastRadius: radius,
    warnings: changeWarnings(changed, radius),
  };
}

/** Turns the rules that let RDP in into drops where they stand: same source, same priority (fact 15). */
function dropRules(input: WayInput): Way {
  const { snapshot } = input;
  const changed = accepting(input, false);
  const managed = managedAmong(changed, input);
  if (managed !== null) return impossible('managed', { group: managed });
  const enterprise = snapshot.groups.find(
    ({ id, type }) => type === 'enterprise' && changed.some(({ groupId }) => groupId === id),
  );
  if (enterprise && !input.enterpriseDrops) return impossible('enterprise');
  const radius = blastRadius(snapshot, changed);
  const steps = changed.map(({ groupId, groupName, rule }) =>
    draft({ kind: 'modifyRule', groupId, before: rule, policy: 'drop', priority: rule.priority }, 'toDrop', {
      ...ruleParams(rule),
      group: groupName,
    }),
  );
  return {
    possible: true,
    steps,
    place: 'changedRules',
    blastRadius: radius,
    warnings: [...changeWarnings(changed, radius), ...(enterprise ? [warning('enterpriseDrop')] : [])],
  };
}

export const ways: Readonly<Record<Strategy, (input: WayInput) => Way>> = {
  overlayDeny,
  deleteRules,
  dropRules,
};
