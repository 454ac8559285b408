import type { NetworkChange, NetworkSnapshot, SecurityGroup } from '../../../shared/network';
import { isSameRule, ruleKey } from './rule-key';

type Change<K extends NetworkChange['kind']> = Extract<NetworkChange, { kind: K }>;

const withGroup = (
  snapshot: NetworkSnapshot,
  groupId: string,
  change: (group: SecurityGroup) => SecurityGroup,
): NetworkSnapshot => ({
  ...snapshot,
  groups: snapshot.groups.map((group) => (group.id === groupId ? change(group) : group)),
});

function changeGroups(snapshot: NetworkSnapshot, change: Change<'changeGroups'>): NetworkSnapshot {
  const interfaces = snapshot.interfaces.map((one) => {
    if (one.id !== change.interfaceId) return one;
    const kept = one.groupIds.filter((id) => !change.remove.includes(id));
    return { ...one, groupIds: [...kept, ...change.add.filter((id) => !kept.includes(id))] };
  });
  const { id, name } = snapshot.instance;
  const groups = snapshot.groups.map((group) => {
    const carries = interfaces.some(({ groupIds }) => groupIds.includes(group.id));
    const listed = group.members.some((member) => member.id === id);
    if (carries === listed) return group;
    const others = group.members.filter((member) => member.id !== id);
    return { ...group, members: carries ? [...others, { id, name }] : others };
  });
  return { ...snapshot, interfaces, groups };
}

function createGroup(snapshot: NetworkSnapshot, change: Change<'createGroup'>): NetworkSnapshot {
  if (snapshot.groups.some(({ id }) => id === change.as)) return snapshot;
  const { as: id, name, vpcId, type, tags } = change;
  const group: SecurityGroup = {
    id,
    name,
    vpcId,
    type,
    innerAccess: type === 'basic' ? 'accept' : 'drop',
    managed: false,
    tags,
    ingress: [],
    members: [],
  };
  return { ...snapshot, groups: [...snapshot.groups, group] };
}

/** What a snapshot is after a change. A group made by `createGroup` has its `as` for an id. */
export function predictChange(snapshot: NetworkSnapshot, change: NetworkChange): NetworkSnapshot {
  switch (change.kind) {
    case 'createGroup':
      return createGroup(snapshot, change);
    case 'setInnerAccess':
      return withGroup(snapshot, change.groupId, (group) => ({ ...group, innerAccess: change.innerAccess }));
    case 'setTags':
      return withGroup(snapshot, change.groupId, (group) => ({
        ...group,
        tags: { ...group.tags, ...change.tags },
      }));
    case 'addRules':
      return withGroup(snapshot, change.groupId, (group) => {
        const known = new Set(group.ingress.map(ruleKey));
        const added = change.rules.filter((rule) => {
          const key = ruleKey(rule);
          if (known.has(key)) return false;
          known.add(key);
          return true;
        });
        return { ...group, ingress: [...group.ingress, ...added] };
      });
    case 'removeRules': {
      const ids = new Set(change.rules.flatMap(({ id }) => (id === null ? [] : [id])));
      const keys = new Set(change.rules.map(ruleKey));
      const named = new Set(change.rules.filter(({ id }) => id === null).map(ruleKey));
      return withGroup(snapshot, change.groupId, (group) => ({
        ...group,
        ingress: group.ingress.filter((rule) =>
          rule.id === null ? !keys.has(ruleKey(rule)) : !ids.has(rule.id) && !named.has(ruleKey(rule)),
        ),
      }));
    }
    case 'modifyRule': {
      const { policy, priority } = change;
      return withGroup(snapshot, change.groupId, (group) => {
        const at = group.ingress.findIndex((rule) => isSameRule(rule, change.before));
        return {
          ...group,
          ingress: group.ingress.map((rule, index) => (index === at ? { ...rule, policy, priority } : rule)),
        };
      });
    }
    case 'changeGroups':
      return changeGroups(snapshot, change);
    case 'deleteGroup':
      return { ...snapshot, groups: snapshot.groups.filter(({ id }) => id !== change.groupId) };
  }
}

/** Changes of rules of one group, all at once: a plan may turn hundreds. Null where a rule has to be told by what it says. */
function modifyRules(
  snapshot: NetworkSnapshot,
  changes: readonly Change<'modifyRule'>[],
): NetworkSnapshot | null {
  const groupId = changes[0]?.groupId ?? '';
  const group = snapshot.groups.find(({ id }) => id === groupId);
  if (!group || changes.some(({ before }) => before.id === null)) return null;
  const at = new Map<string, number>();
  for (const [index, { id }] of group.ingress.entries()) {
    if (id === null || at.has(id)) return null;
    at.set(id, index);
  }
  const ingress = [...group.ingress];
  for (const { before, policy, priority } of changes) {
    const index = at.get(before.id ?? '');
    const rule = index === undefined ? undefined : ingress[index];
    if (index !== undefined && rule) ingress[index] = { ...rule, policy, priority };
  }
  return withGroup(snapshot, groupId, (one) => ({ ...one, ingress }));
}

/** What a snapshot is after all these changes, in order. */
export function predict(snapshot: NetworkSnapshot, changes: readonly NetworkChange[]): NetworkSnapshot {
  let now = snapshot;
  for (let at = 0; at < changes.length; ) {
    const first = changes[at];
    if (!first) break;
    const together: Change<'modifyRule'>[] = [];
    for (let next = changes[at]; next?.kind === 'modifyRule'; next = changes[at + together.length]) {
      if (first.kind !== 'modifyRule' || next.groupId !== first.groupId) break;
      together.push(next);
    }
    const all = together.length > 1 ? modifyRules(now, together) : null;
    now = all ?? predictChange(now, first);
    at += all ? together.length : 1;
  }
  return now;
}

/** The same change with the groups that earlier steps made by their real ids. `ids` is by the step's `as`. */
export function resolveGroups(change: NetworkChange, ids: Readonly<Record<string, string>>): NetworkChange {
  const real = (id: string): string => ids[id] ?? id;
  switch (change.kind) {
    case 'createGroup':
      return change;
    case 'changeGroups':
      return { ...change, add: change.add.map(real), remove: change.remove.map(real) };
    default:
      return { ...change, groupId: real(change.groupId) };
  }
}
