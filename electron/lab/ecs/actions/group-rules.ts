import { EcsError, missing } from '../error';
import { numbered, numberedRecords, type Parameters, required } from '../parameters';
import { readRule, ruleKey } from '../rules';
import type { EcsGroup, EcsRule } from '../types';
import { type Action, type ActionCall, checkLimits, membersOf, ownGroupOf, tooManyRules } from './call';
import { checkAgainstGroup, replaceRules } from './rule-checks';

/** `Permissions.N.*`, or the older form with the fields of one rule beside the other parameters. */
function rulesOf({ parameters, limits, now }: ActionCall): EcsRule[] {
  const given = numberedRecords(parameters, 'Permissions');
  const records: Parameters[] = given.length > 0 ? given : [flat(parameters)];
  if (records.length > limits.rulesPerCall) throw tooManyRules();
  const rules = records.map((fields) => readRule(fields, now()));
  if (new Set(rules.map(ruleKey)).size < rules.length) {
    throw new EcsError(400, 'InvalidParam.DuplicatePermissions', 'A permission is given twice.');
  }
  return rules;
}

function flat(parameters: Parameters): Parameters {
  if (!parameters.IpProtocol) throw missing('Permissions');
  return parameters;
}

/** Fact 14: only a request id comes back, and a rule that is there already is not added again. */
export const authorizeSecurityGroup: Action = {
  token: true,
  run(call) {
    const { parameters, state, limits, newId, write } = call;
    const group = ownGroupOf(state, required(parameters, 'SecurityGroupId'));
    const wanted = rulesOf(call);
    for (const rule of wanted) checkAgainstGroup(call, group, rule);
    const known = new Set(group.rules.map(ruleKey));
    const added = wanted
      .filter((rule) => !known.has(ruleKey(rule)))
      .map((rule) => ({ ...rule, id: newId('sgr') }));
    if (added.length === 0) return {};
    const next = replaceRules(state, group, [...group.rules, ...added]);
    const groupSources = next.groups.get(group.id)?.rules.filter((rule) => rule.sourceGroupId !== '') ?? [];
    if (groupSources.length > limits.groupSourceRules) throw tooManyRules();
    for (const groupIds of [[group.id], ...membersOf(state, group.id).map((nic) => nic.groupIds)]) {
      checkLimits(call, next, groupIds);
    }
    write(next);
    return {};
  },
};

export const revokeSecurityGroup: Action = {
  token: true,
  run(call) {
    const { parameters, state, write } = call;
    const group = ownGroupOf(state, required(parameters, 'SecurityGroupId'));
    const ids = numbered(parameters, 'SecurityGroupRuleId');
    const gone = ids.length > 0 ? byId(call, group, ids) : byTuple(call, group);
    const left = group.rules.filter((rule) => !gone.has(rule.id));
    if (left.length < group.rules.length) write(replaceRules(state, group, left));
    return {};
  },
};

/** One id that is not there fails the whole call, and nothing is removed. */
function byId(
  { parameters, limits, rules }: ActionCall,
  group: EcsGroup,
  ids: readonly string[],
): Set<string> {
  if (numberedRecords(parameters, 'Permissions').length > 0) {
    throw new EcsError(400, 'InvalidParam.Permissions', 'Rules are named by id or by Permissions, not both.');
  }
  if (ids.length > limits.rulesPerCall) throw tooManyRules();
  if (new Set(ids).size < ids.length) {
    throw new EcsError(
      400,
      'InvalidParam.SecurityGroupRuleIdRepeated',
      'A SecurityGroupRuleId is given twice.',
    );
  }
  const known = new Set(group.rules.map((rule) => rule.id));
  if (ids.every((id) => known.has(id))) return new Set(ids);
  const code = rules.missingRuleIdCode;
  const status = code === 'InvalidSecurityGroupRuleId.NotFound' ? 404 : 400;
  throw new EcsError(status, code, 'The specified SecurityGroupRuleId does not exist.');
}

function byTuple(call: ActionCall, group: EcsGroup): Set<string> {
  const wanted = new Set(rulesOf(call).map(ruleKey));
  const gone = group.rules.filter((rule) => wanted.has(ruleKey(rule)));
  if (gone.length < wanted.size && call.rules.revokeOfMissingRule === 'fails') {
    throw new EcsError(400, 'InvalidSecurityGroupRule.RuleNotExist', 'The specified rule does not exist.');
  }
  return new Set(gone.map((rule) => rule.id));
}
