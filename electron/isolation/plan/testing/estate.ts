import type {
  CloudInstance,
  IngressRule,
  NetworkChange,
  NetworkInterface,
  NetworkSnapshot,
  SecurityGroup,
} from '../../../../shared/network';

/** Several instances and their groups, as the provider keeps them. */
export interface Estate {
  readonly groups: readonly Omit<SecurityGroup, 'members'>[];
  readonly instances: readonly {
    readonly instance: CloudInstance;
    readonly interfaces: readonly NetworkInterface[];
  }[];
  readonly prefixLists: NetworkSnapshot['prefixLists'];
  readonly portLists: NetworkSnapshot['portLists'];
  readonly nextId: number;
}

export class Refused extends Error {}

const sameTuple = (a: IngressRule, b: IngressRule): boolean => {
  const bare = ({ id: _id, description: _description, ...rest }: IngressRule): string =>
    JSON.stringify(Object.entries(rest).sort(([x], [y]) => (x < y ? -1 : 1)));
  return bare(a) === bare(b);
};

const find = (estate: Estate, groupId: string): Omit<SecurityGroup, 'members'> => {
  const group = estate.groups.find(({ id }) => id === groupId);
  if (!group) throw new Refused(`no group ${groupId}`);
  return group;
};

function writeGroup(
  estate: Estate,
  groupId: string,
  change: (group: Omit<SecurityGroup, 'members'>) => Partial<SecurityGroup>,
): Estate {
  const before = find(estate, groupId);
  if (before.managed) throw new Refused(`managed ${groupId}`);
  const after = { ...before, ...change(before) };
  return { ...estate, groups: estate.groups.map((group) => (group === before ? after : group)) };
}

function setGroups(
  estate: Estate,
  instanceId: string,
  change: Extract<NetworkChange, { kind: 'changeGroups' }>,
  limit: number,
): Estate {
  const instances = estate.instances.map((one) => ({
    ...one,
    interfaces: one.interfaces.map((nic) => {
      if (one.instance.id !== instanceId || nic.id !== change.interfaceId) return nic;
      const kept = nic.groupIds.filter((id) => !change.remove.includes(id));
      const groupIds = [...new Set([...kept, ...change.add])];
      if (groupIds.length === 0) throw new Refused('last group');
      if (groupIds.length > limit) throw new Refused('group limit');
      const types = new Set(groupIds.map((id) => find(estate, id).type));
      if (types.size > 1) throw new Refused('mixed types');
      return { ...nic, groupIds };
    }),
  }));
  return { ...estate, instances };
}

const carried = (estate: Estate, groupId: string): boolean =>
  estate.instances.some(({ interfaces }) => interfaces.some(({ groupIds }) => groupIds.includes(groupId)));

/** Makes one change as the provider would, or throws what it would refuse. Doing it again changes nothing. */
export function applyChange(
  estate: Estate,
  instanceId: string,
  change: NetworkChange,
  groupLimit = 10,
): { readonly estate: Estate; readonly groupId: string | null } {
  const done = (next: Estate): { estate: Estate; groupId: null } => ({ estate: next, groupId: null });
  switch (change.kind) {
    case 'createGroup': {
      const known = estate.groups.find(
        ({ name, tags }) => name === change.name && JSON.stringify(tags) === JSON.stringify(change.tags),
      );
      if (known) return { estate, groupId: known.id };
      const id = `sg-${estate.nextId}`;
      const { name, vpcId, type, tags } = change;
      const group = {
        id,
        name,
        vpcId,
        type,
        tags,
        innerAccess: 'accept' as const,
        managed: false,
        ingress: [],
      };
      return {
        estate: { ...estate, groups: [...estate.groups, group], nextId: estate.nextId + 1 },
        groupId: id,
      };
    }
    case 'setInnerAccess':
      return done(writeGroup(estate, change.groupId, () => ({ innerAccess: change.innerAccess })));
    case 'setTags':
      return done(writeGroup(estate, change.groupId, ({ tags }) => ({ tags: { ...tags, ...change.tags } })));
    case 'addRules': {
      let { nextId } = estate;
      const next = writeGroup(estate, change.groupId, ({ ingress }) => {
        const all = [...ingress];
        for (const rule of change.rules)
          if (!all.some((known) => sameTuple(known, rule))) all.push({ ...rule, id: `sgr-${nextId++}` });
        return { ingress: all };
      });
      return done({ ...next, nextId });
    }
    case 'removeRules':
      return done(
        writeGroup(estate, change.groupId, ({ ingress }) => ({
          ingress: ingress.filter(
            (rule) =>
              !change.rules.some((gone) => (gone.id === null ? sameTuple(gone, rule) : gone.id === rule.id)),
          ),
        })),
      );
    case 'modifyRule': {
      const { policy, priority, before } = change;
      return done(
        writeGroup(estate, change.groupId, ({ ingress }) => ({
          ingress: ingress.map((rule) => (rule.id === before.id ? { ...rule, policy, priority } : rule)),
        })),
      );
    }
    case 'changeGroups':
      return done(setGroups(estate, instanceId, change, groupLimit));
    case 'deleteGroup':
      if (carried(estate, change.groupId)) throw new Refused('in use');
      return done({ ...estate, groups: estate.groups.filter(({ id }) => id !== change.groupId) });
  }
}

/** What the provider answers about one instance; overlays that nobody carries are found by their tags. */
export function snapshotOf(estate: Estate, instanceId: string): NetworkSnapshot {
  const one = estate.instances.find(({ instance }) => instance.id === instanceId);
  if (!one) throw new Refused(`no instance ${instanceId}`);
  const members = (groupId: string): SecurityGroup['members'] =>
    estate.instances
      .filter(({ interfaces }) => interfaces.some(({ groupIds }) => groupIds.includes(groupId)))
      .map(({ instance: { id, name } }) => ({ id, name }));
  const attached = new Set(one.interfaces.flatMap(({ groupIds }) => groupIds));
  return {
    takenAtMs: 0,
    instance: one.instance,
    interfaces: [...one.interfaces],
    groups: estate.groups
      .filter(({ id, tags }) => attached.has(id) || tags['lockwatch:instance'] === instanceId)
      .map((group) => ({ ...group, members: members(group.id) })),
    prefixLists: estate.prefixLists,
    portLists: estate.portLists,
  };
}
