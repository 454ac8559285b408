import { EcsError } from '../error';
import { type Parameters, required } from '../parameters';
import { readPolicy, readPortRange, readPriority, readRule, ruleKey, sourceKind } from '../rules';
import type { EcsRule } from '../types';
import { type Action, ownGroupOf } from './call';
import { checkAgainstGroup, replaceRules } from './rule-checks';

/** Fact 15: the kind of source stays, and no field becomes empty. */
export const modifySecurityGroupRule: Action = {
  token: true,
  run(call) {
    const { parameters, state, rules, write } = call;
    const group = ownGroupOf(state, required(parameters, 'SecurityGroupId'));
    const id = required(parameters, 'SecurityGroupRuleId');
    const old = group.rules.find((rule) => rule.id === id && rule.direction === 'ingress');
    if (!old) {
      const status = rules.missingRuleIdCode === 'InvalidSecurityGroupRuleId.NotFound' ? 404 : 400;
      throw new EcsError(
        status,
        rules.missingRuleIdCode,
        'The specified SecurityGroupRuleId does not exist.',
      );
    }
    const next = changed(old, parameters);
    checkAgainstGroup(call, group, next);
    if (group.rules.some((rule) => rule.id !== id && ruleKey(rule) === ruleKey(next))) {
      throw new EcsError(400, 'InvalidSecurityGroupRule.RuleExist', 'A rule like this exists already.');
    }
    write(
      replaceRules(
        state,
        group,
        group.rules.map((rule) => (rule.id === id ? next : rule)),
      ),
    );
    return {};
  },
};

const SOURCES = ['SourceCidrIp', 'Ipv6SourceCidrIp', 'SourceGroupId', 'SourcePrefixListId'] as const;

function changed(old: EcsRule, parameters: Parameters): EcsRule {
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
  const namesSource = SOURCES.some((name) => given[name] !== undefined);
  const read = readRule(
    {
      IpProtocol: old.ipProtocol,
      PortRange: old.portRange,
      PortRangeListId: old.portRangeListId,
      NicType: old.nicType,
      SourcePortRange: old.sourcePortRange,
      DestCidrIp: old.destCidrIp,
      Ipv6DestCidrIp: old.ipv6DestCidrIp,
      Description: old.description,
      ...(namesSource
        ? {}
        : {
            SourceCidrIp: old.sourceCidrIp,
            Ipv6SourceCidrIp: old.ipv6SourceCidrIp,
            SourceGroupId: old.sourceGroupId,
            SourcePrefixListId: old.sourcePrefixListId,
          }),
      ...given,
      Policy: given.Policy ?? old.policy,
      Priority: given.Priority ?? String(old.priority),
    },
    old.createTime,
  );
  if (sourceKind(read) !== sourceKind(old)) {
    throw new EcsError(
      400,
      'InvalidOperation.ModifySgRuleEntityType',
      'The kind of source of a rule cannot be changed.',
    );
  }
  return {
    ...read,
    id: old.id,
    sourceGroupOwnerAccount: given.SourceGroupOwnerAccount ?? old.sourceGroupOwnerAccount,
    policy: readPolicy(given.Policy ?? old.policy),
    priority: readPriority(given.Priority ?? String(old.priority)),
    portRange: given.PortRange ? readPortRange(given.PortRange, read.ipProtocol) : read.portRange,
  };
}
