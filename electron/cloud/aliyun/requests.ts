import { createHash } from 'node:crypto';
import type { DescribedCall, IngressRule, NetworkChange, NetworkSnapshot } from '../../../shared/network';
import type { InstanceRef } from '../provider';
import { fieldsOf } from './rules';

/** The most rules, or ids of rules, in one call. From the documentation. */
export const RULES_A_CALL = 100;

type Change<K extends NetworkChange['kind']> = Extract<NetworkChange, { kind: K }>;

export function chunksOf<T>(items: readonly T[], size = RULES_A_CALL): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}

/**
 * The client token of one part of a step: the step's own for the first part, derived from it for every other, and
 * for one with other parameters. Always the same for the same step and part; at most 64 ASCII characters.
 */
export function partToken(token: string, part: string): string {
  if (part === '0') return token;
  return createHash('sha256').update(`${token}\n${part}`, 'utf8').digest('hex');
}

const numbered = (name: string, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value, index) => [`${name}.${index + 1}`, value]));

const tagFields = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tags).flatMap(([key, value], index) => [
      [`Tag.${index + 1}.Key`, key],
      [`Tag.${index + 1}.Value`, value],
    ]),
  );

export const createGroupCall = (change: Change<'createGroup'>, ref: InstanceRef): DescribedCall => ({
  action: 'CreateSecurityGroup',
  parameters: {
    RegionId: ref.region,
    VpcId: change.vpcId,
    SecurityGroupName: change.name,
    SecurityGroupType: change.type === 'basic' ? 'normal' : 'enterprise',
    ...(change.description === '' ? {} : { Description: change.description }),
    ...tagFields(change.tags),
  },
});

export const innerAccessCall = (change: Change<'setInnerAccess'>, ref: InstanceRef): DescribedCall => ({
  action: 'ModifySecurityGroupPolicy',
  parameters: {
    RegionId: ref.region,
    SecurityGroupId: change.groupId,
    InnerAccessPolicy: change.innerAccess === 'drop' ? 'Drop' : 'Accept',
  },
});

const permissions = (rules: readonly IngressRule[]): Record<string, string> =>
  Object.fromEntries(
    rules.flatMap((rule, index) =>
      Object.entries(fieldsOf(rule) ?? {}).map(([name, value]) => [
        `Permissions.${index + 1}.${name}`,
        value,
      ]),
    ),
  );

export const addRulesCalls = (change: Change<'addRules'>, ref: InstanceRef): DescribedCall[] =>
  chunksOf(change.rules).map((rules) => ({
    action: 'AuthorizeSecurityGroup',
    parameters: { RegionId: ref.region, SecurityGroupId: change.groupId, ...permissions(rules) },
  }));

export const revokeCall = (groupId: string, ids: readonly string[], ref: InstanceRef): DescribedCall => ({
  action: 'RevokeSecurityGroup',
  parameters: { RegionId: ref.region, SecurityGroupId: groupId, ...numbered('SecurityGroupRuleId', ids) },
});

/** By id where the rule has one; a rule without is looked up first and shown by what it is. */
function describeRemoval(change: Change<'removeRules'>, ref: InstanceRef): DescribedCall[] {
  const ids = change.rules.flatMap((rule) => rule.id ?? []);
  const unnamed = change.rules.filter((rule) => rule.id === null);
  const base = { RegionId: ref.region, SecurityGroupId: change.groupId };
  return [
    ...chunksOf(ids).map((part) => revokeCall(change.groupId, part, ref)),
    ...chunksOf(unnamed).map((part) => ({
      action: 'RevokeSecurityGroup',
      parameters: { ...base, ...permissions(part) },
    })),
  ];
}

export const modifyRuleCall = (
  change: Change<'modifyRule'>,
  id: string | null,
  ref: InstanceRef,
): DescribedCall => ({
  action: 'ModifySecurityGroupRule',
  parameters: {
    RegionId: ref.region,
    SecurityGroupId: change.groupId,
    ...(id === null ? {} : { SecurityGroupRuleId: id }),
    Policy: change.policy,
    Priority: String(change.priority),
  },
});

/** What an interface carries once it is changed, in the order it has now. */
export const changedGroups = (current: readonly string[], change: Change<'changeGroups'>): string[] =>
  [...new Set([...current, ...change.add])].filter((id) => !change.remove.includes(id));

/** Sets the whole list: the primary interface's is the instance's own. */
export const setGroupsCall = (
  change: Change<'changeGroups'>,
  groupIds: readonly string[],
  ref: InstanceRef,
): DescribedCall =>
  change.primary
    ? {
        action: 'ModifyInstanceAttribute',
        parameters: { InstanceId: ref.instanceId, ...numbered('SecurityGroupIds', groupIds) },
      }
    : {
        action: 'ModifyNetworkInterfaceAttribute',
        parameters: {
          RegionId: ref.region,
          NetworkInterfaceId: change.interfaceId,
          ...numbered('SecurityGroupId', groupIds),
        },
      };

function describeGroups(
  change: Change<'changeGroups'>,
  ref: InstanceRef,
  now?: NetworkSnapshot,
): DescribedCall {
  const current = now?.interfaces.find((one) => one.id === change.interfaceId);
  if (current) return setGroupsCall(change, changedGroups(current.groupIds, change), ref);
  const bare = setGroupsCall(change, [], ref);
  const list = change.primary ? 'SecurityGroupIds' : 'SecurityGroupId';
  const added = change.add.length > 0 ? { [`${list} +`]: change.add.join(' ') } : {};
  const removed = change.remove.length > 0 ? { [`${list} -`]: change.remove.join(' ') } : {};
  return { action: bare.action, parameters: { ...bare.parameters, ...added, ...removed } };
}

export const deleteGroupCall = (change: Change<'deleteGroup'>, ref: InstanceRef): DescribedCall => ({
  action: 'DeleteSecurityGroup',
  parameters: { RegionId: ref.region, SecurityGroupId: change.groupId },
});

export const tagsCall = (change: Change<'setTags'>, ref: InstanceRef): DescribedCall => ({
  action: 'TagResources',
  parameters: {
    RegionId: ref.region,
    ResourceType: 'securitygroup',
    'ResourceId.1': change.groupId,
    ...tagFields(change.tags),
  },
});

/** The calls that a change becomes, without their client tokens. Pure. */
export function describeChange(
  change: NetworkChange,
  ref: InstanceRef,
  now?: NetworkSnapshot,
): readonly DescribedCall[] {
  switch (change.kind) {
    case 'createGroup':
      return [createGroupCall(change, ref)];
    case 'setInnerAccess':
      return [innerAccessCall(change, ref)];
    case 'addRules':
      return addRulesCalls(change, ref);
    case 'removeRules':
      return describeRemoval(change, ref);
    case 'modifyRule':
      return [modifyRuleCall(change, change.before.id, ref)];
    case 'changeGroups':
      return [describeGroups(change, ref, now)];
    case 'deleteGroup':
      return [deleteGroupCall(change, ref)];
    case 'setTags':
      return [tagsCall(change, ref)];
  }
}
