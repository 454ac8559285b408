import { invalid } from '../error';
import { page } from '../paging';
import { required } from '../parameters';
import type { EcsRule, JsonObject } from '../types';
import { type Action, groupOf } from './call';

/** The rules of one group; without `MaxResults` all of them come at once. Hidden default rules are never among them. */
export const describeSecurityGroupAttribute: Action = {
  token: false,
  run({ parameters, described }) {
    const group = groupOf(described, required(parameters, 'SecurityGroupId'));
    const direction = (parameters.Direction || 'all').toLowerCase();
    if (!['all', 'ingress', 'egress'].includes(direction)) throw invalid('Direction');
    const rules = group.rules.filter(
      (rule) =>
        (direction === 'all' || rule.direction === direction) &&
        (!parameters.NicType || rule.nicType === parameters.NicType),
    );
    const isPaged = Boolean(parameters.MaxResults || parameters.NextToken);
    const shown = isPaged ? page(rules, parameters, 1_000) : { items: rules, fields: { NextToken: '' } };
    return {
      SecurityGroupId: group.id,
      SecurityGroupName: group.name,
      Description: group.description,
      RegionId: group.regionId,
      VpcId: group.vpcId,
      InnerAccessPolicy: group.innerAccess,
      NextToken: shown.fields.NextToken ?? '',
      Permissions: { Permission: shown.items.map(written) },
    };
  },
};

const written = (rule: EcsRule): JsonObject => ({
  SecurityGroupRuleId: rule.id,
  Direction: rule.direction,
  IpProtocol: rule.ipProtocol,
  PortRange: rule.portRange,
  PortRangeListId: rule.portRangeListId,
  Policy: rule.policy,
  Priority: String(rule.priority),
  NicType: rule.nicType,
  SourceCidrIp: rule.sourceCidrIp,
  Ipv6SourceCidrIp: rule.ipv6SourceCidrIp,
  SourceGroupId: rule.sourceGroupId,
  SourceGroupOwnerAccount: rule.sourceGroupOwnerAccount,
  SourcePrefixListId: rule.sourcePrefixListId,
  SourcePortRange: rule.sourcePortRange,
  DestCidrIp: rule.destCidrIp,
  Ipv6DestCidrIp: rule.ipv6DestCidrIp,
  DestGroupId: rule.destGroupId,
  DestPrefixListId: rule.destPrefixListId,
  Description: rule.description,
  CreateTime: rule.createTime,
});
