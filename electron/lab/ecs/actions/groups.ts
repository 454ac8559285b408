import { EcsError, invalid } from '../error';
import { page } from '../paging';
import { jsonList, required, tagsOf } from '../parameters';
import { withEntry, withoutEntry } from '../store';
import type { EcsGroup, EcsState, JsonObject } from '../types';
import { type Action, groupOf, membersOf, ownGroupOf } from './call';
import { checkDryRun, hasTags, regionOf, writtenTags } from './instances';

export const describeSecurityGroups: Action = {
  token: false,
  run({ parameters, described }) {
    const region = regionOf(parameters);
    const ids = jsonList(parameters, 'SecurityGroupIds');
    checkDryRun(parameters);
    const { SecurityGroupId, SecurityGroupName, SecurityGroupType, VpcId } = parameters;
    const found = [...described.groups.values()].filter(
      (group) =>
        group.regionId === region &&
        (ids === null || ids.includes(group.id)) &&
        (!SecurityGroupId || group.id === SecurityGroupId) &&
        (!SecurityGroupName || group.name === SecurityGroupName) &&
        (!SecurityGroupType || group.type === SecurityGroupType) &&
        (!VpcId || group.vpcId === VpcId) &&
        hasTags(group.tags, parameters),
    );
    const { items, fields } = page(found, parameters);
    return {
      ...fields,
      RegionId: region,
      SecurityGroups: { SecurityGroup: items.map((group) => written(described, group)) },
    };
  },
};

const written = (state: EcsState, group: EcsGroup): JsonObject => ({
  SecurityGroupId: group.id,
  SecurityGroupName: group.name,
  SecurityGroupType: group.type,
  Description: group.description,
  VpcId: group.vpcId,
  CreationTime: group.createdAt,
  ServiceManaged: group.managed,
  EcsCount: new Set(membersOf(state, group.id).map((nic) => nic.instanceId)).size,
  RuleCount: group.rules.length,
  GroupToGroupRuleCount: group.rules.filter((rule) => rule.sourceGroupId !== '').length,
  Tags: writtenTags(group.tags),
});

/** Fact 8: a basic group lets its members reach each other until told otherwise; an enterprise group never does. */
export const createSecurityGroup: Action = {
  token: true,
  run({ parameters, state, newId, now, write }) {
    const regionId = regionOf(parameters);
    const vpcId = required(parameters, 'VpcId');
    const type = parameters.SecurityGroupType || 'normal';
    if (type !== 'normal' && type !== 'enterprise') throw invalid('SecurityGroupType');
    const name = parameters.SecurityGroupName ?? '';
    if (name !== '' && !/^[\p{L}][\p{L}\p{N}.:_-]{1,127}$/u.test(name)) {
      throw new EcsError(
        400,
        'InvalidSecurityGroupName.Malformed',
        'The SecurityGroupName is not well formed.',
      );
    }
    const id = newId('sg');
    const group: EcsGroup = {
      id,
      name,
      description: parameters.Description ?? '',
      regionId,
      vpcId,
      type,
      innerAccess: type === 'normal' ? 'Accept' : 'Drop',
      managed: false,
      deletionProtected: false,
      createdAt: now(),
      tags: tagsOf(parameters),
      rules: [],
    };
    write({ ...state, groups: withEntry(state.groups, id, group) });
    return { SecurityGroupId: id };
  },
};

export const deleteSecurityGroup: Action = {
  token: false,
  run({ parameters, state, write }) {
    const group = ownGroupOf(state, required(parameters, 'SecurityGroupId'));
    if (group.deletionProtected) {
      throw new EcsError(403, 'InvalidOperation.DeletionProtection', 'The group is protected from deletion.');
    }
    const named = [...state.groups.values()].some(
      (other) => other.id !== group.id && other.rules.some((rule) => rule.sourceGroupId === group.id),
    );
    if (membersOf(state, group.id).length > 0 || named) {
      throw new EcsError(
        403,
        'DependencyViolation',
        'There is still an instance, interface or rule that uses it.',
      );
    }
    write({ ...state, groups: withoutEntry(state.groups, group.id) });
    return {};
  },
};

export const modifySecurityGroupPolicy: Action = {
  token: true,
  run({ parameters, state, write }) {
    const group = ownGroupOf(state, required(parameters, 'SecurityGroupId'));
    const wanted = required(parameters, 'InnerAccessPolicy').toLowerCase();
    if (group.type === 'enterprise') {
      throw new EcsError(
        400,
        'InvalidParameter.InnerAccessPolicy',
        'The InnerAccessPolicy of an enterprise group cannot be changed.',
      );
    }
    if (wanted !== 'accept' && wanted !== 'drop') throw invalid('InnerAccessPolicy');
    const innerAccess = wanted === 'accept' ? 'Accept' : 'Drop';
    write({ ...state, groups: withEntry(state.groups, group.id, { ...group, innerAccess }) });
    return {};
  },
};

/** Which groups have rules that name the asked ones as their source. */
export const describeSecurityGroupReferences: Action = {
  token: false,
  run({ parameters, described }) {
    const ids = Object.keys(parameters)
      .filter((key) => /^SecurityGroupId\.\d+$/.test(key))
      .map((key) => parameters[key] ?? '');
    if (ids.length === 0) required(parameters, 'SecurityGroupId.1');
    const references = ids.map((id) => {
      groupOf(described, id);
      const naming = [...described.groups.values()].filter((other) =>
        other.rules.some((rule) => rule.sourceGroupId === id),
      );
      return {
        SecurityGroupId: id,
        ReferencingSecurityGroups: {
          ReferencingSecurityGroup: naming.map((other) => ({
            AliUid: '1000000000000000',
            SecurityGroupId: other.id,
          })),
        },
      };
    });
    const used = references.filter(
      ({ ReferencingSecurityGroups: { ReferencingSecurityGroup: naming } }) => naming.length > 0,
    );
    return { SecurityGroupReferences: { SecurityGroupReference: used } };
  },
};
