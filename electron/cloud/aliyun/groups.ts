import type { CloudInstance, SecurityGroup } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import {
  type GroupAnswer,
  groupsPage,
  type InstanceAnswer,
  instancesPage,
  interfacesPage,
  rulesPage,
} from './answers';
import { type Reader, readPages } from './reading';
import { ruleOf } from './rules';

/** The most group ids that one call describes. */
const IDS_A_CALL = 100;

/** Groups by their ids, as far as the cloud lists them. */
export async function readGroups(
  reader: Reader,
  ids: readonly string[],
): Promise<Result<readonly GroupAnswer[]>> {
  const parts: string[][] = [];
  for (let at = 0; at < ids.length; at += IDS_A_CALL) parts.push(ids.slice(at, at + IDS_A_CALL));
  const answers = await Promise.all(
    parts.map((part) =>
      readPages(
        reader,
        'DescribeSecurityGroups',
        { MaxResults: '100', RegionId: reader.region, SecurityGroupIds: JSON.stringify(part) },
        groupsPage,
        (page) => page.SecurityGroups,
      ),
    ),
  );
  const groups: GroupAnswer[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    groups.push(...answer.value.items);
  }
  return ok(groups);
}

/** Every inbound rule of a group, and what the same answer says about the group. */
export const readRules = (reader: Reader, groupId: string) =>
  readPages(
    reader,
    'DescribeSecurityGroupAttribute',
    {
      Direction: 'ingress',
      MaxResults: '1000',
      NicType: 'intranet',
      RegionId: reader.region,
      SecurityGroupId: groupId,
    },
    rulesPage,
    (page) => page.Permissions.filter((rule) => rule.Direction.toLowerCase() !== 'egress'),
  );

type Member = SecurityGroup['members'][number];

/**
 * Every instance that carries a group on any interface: the primary ones as the instances tell, the secondary ones
 * as the interfaces tell. An instance known by a secondary interface alone goes by its id.
 */
export async function readMembers(reader: Reader, groupId: string): Promise<Result<readonly Member[]>> {
  const base = { MaxResults: '100', RegionId: reader.region, SecurityGroupId: groupId };
  const [instances, interfaces] = await Promise.all([
    readPages<typeof instancesPage, InstanceAnswer>(
      reader,
      'DescribeInstances',
      base,
      instancesPage,
      (page) => page.Instances,
    ),
    readPages(
      reader,
      'DescribeNetworkInterfaces',
      { ...base, MaxResults: '500', Type: 'Secondary' },
      interfacesPage,
      (page) => page.NetworkInterfaceSets,
    ),
  ]);
  if (!instances.ok) return instances;
  if (!interfaces.ok) return interfaces;
  const names = new Map<string, string>();
  for (const one of interfaces.value.items) {
    if (one.InstanceId !== '' && one.SecurityGroupIds.includes(groupId))
      names.set(one.InstanceId, one.InstanceId);
  }
  for (const one of instances.value.items) names.set(one.InstanceId, one.InstanceName || one.InstanceId);
  return ok([...names].map(([id, name]) => ({ id, name })));
}

/** What is told of one group by itself: its rules, and who carries it. */
export interface GroupParts {
  readonly id: string;
  readonly rules: Awaited<ReturnType<typeof readRules>>;
  readonly members: Result<readonly Member[]>;
}

export async function readParts(reader: Reader, id: string, withMembers: boolean): Promise<GroupParts> {
  const [rules, members] = await Promise.all([
    readRules(reader, id),
    withMembers ? readMembers(reader, id) : ok([]),
  ]);
  return { id, rules, members };
}

/**
 * One group whole: its rules, its kind, its members. A group that the cloud does not list although its rules can be
 * read counts as managed, so that nothing is written to it. One that the instance carries has it for a member.
 */
export function groupOf(
  parts: GroupParts,
  listed: readonly GroupAnswer[],
  instance: CloudInstance,
  carried: boolean,
): Result<SecurityGroup> {
  const { id, rules, members } = parts;
  if (!rules.ok) return err(rules.error);
  if (!members.ok) return members;
  const self = { id: instance.id, name: instance.name };
  const group = listed.find((one) => one.SecurityGroupId === id);
  const { first, items } = rules.value;
  const type = group?.SecurityGroupType.toLowerCase() === 'enterprise' ? 'enterprise' : 'basic';
  const inner = first.InnerAccessPolicy.toLowerCase();
  return ok({
    id,
    name: group?.SecurityGroupName || first.SecurityGroupName || id,
    vpcId: group?.VpcId || first.VpcId || (instance.vpcId ?? ''),
    type,
    innerAccess: inner === 'drop' || (inner === '' && type === 'enterprise') ? 'drop' : 'accept',
    managed: group?.ServiceManaged ?? true,
    tags: Object.fromEntries((group?.Tags ?? []).map((tag) => [tag.TagKey, tag.TagValue])),
    ingress: items.map(ruleOf),
    members:
      !carried || members.value.some((member) => member.id === self.id)
        ? [...members.value]
        : [...members.value, self],
  });
}
