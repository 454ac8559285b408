import { appError } from '../../../shared/errors';
import type { IngressRule, NetworkChange } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import { readRules } from './groups';
import { addRulesCalls, chunksOf, modifyRuleCall, partToken, revokeCall } from './requests';
import { fieldsOf, ruleKey, ruleOf } from './rules';
import { codeOf, type Step, send, withToken } from './step';

type Change<K extends NetworkChange['kind']> = Extract<NetworkChange, { kind: K }>;
type Done = Promise<Result<readonly string[]>>;

const refuse = (action: string, code: string): Result<never> =>
  err(appError('cloud.invalid', { action, code, requestId: '-', status: 0 }));

/** Adds rules, so many a call. The cloud answers success for one that is there already. */
export async function addRules(change: Change<'addRules'>, step: Step): Done {
  if (change.rules.some((rule) => fieldsOf(rule) === null)) {
    return refuse('AuthorizeSecurityGroup', 'IpProtocol');
  }
  const requestIds: string[] = [];
  for (const [index, call] of addRulesCalls(change, step.ref).entries()) {
    const tokened = withToken(call, partToken(step.token, String(index)));
    const answer = await send(step, tokened, 'repeatable', [change.groupId]);
    if (!answer.ok) return answer;
    requestIds.push(answer.value.requestId);
  }
  return ok(requestIds);
}

async function rulesNow(step: Step, groupId: string): Promise<Result<readonly IngressRule[]>> {
  const rules = await readRules(step.reader, groupId);
  return rules.ok ? ok(rules.value.items.map(ruleOf)) : rules;
}

/** The ids of those rules that have none of their own, by what they are; one that is not there has none. */
function idsByKey(wanted: readonly IngressRule[], present: readonly IngressRule[]): string[] {
  const free = [...present];
  return wanted.flatMap((rule) => {
    const at = free.findIndex((other) => other.id !== null && ruleKey(other) === ruleKey(rule));
    return at < 0 ? [] : (free.splice(at, 1)[0]?.id ?? []);
  });
}

/** The cloud's words for a rule that is not there. */
const ruleMissing = (result: Result<unknown>): boolean =>
  /^(InvalidParam\.SecurityGroupRuleId$|InvalidSecurityGroupRuleId\.NotFound|InvalidSecurityGroupRule\.RuleNotExist)/.test(
    codeOf(result),
  );

/** Removes rules by id. That one is missing fails the whole call: then the group is read, and what is left removed. */
async function revoke(step: Step, groupId: string, ids: readonly string[], part: string): Done {
  const call = revokeCall(groupId, ids, step.ref);
  const answer = await send(step, withToken(call, partToken(step.token, part)), 'repeatable', [groupId]);
  if (answer.ok) return ok([answer.value.requestId]);
  if (!ruleMissing(answer)) return answer;
  const present = await rulesNow(step, groupId);
  if (!present.ok) return present;
  const known = new Set(present.value.map((rule) => rule.id));
  const left = ids.filter((id) => known.has(id));
  if (left.length === 0) return ok([]);
  return left.length === ids.length ? answer : revoke(step, groupId, left, `rest ${left.join(' ')}`);
}

export async function removeRules(change: Change<'removeRules'>, step: Step): Done {
  const ids = change.rules.flatMap((rule) => rule.id ?? []);
  const unnamed = change.rules.filter((rule) => rule.id === null);
  const requestIds: string[] = [];
  const inParts = async (list: readonly string[], name: (index: number) => string): Done => {
    for (const [index, part] of chunksOf(list).entries()) {
      const done = await revoke(step, change.groupId, part, name(index));
      if (!done.ok) return done;
      requestIds.push(...done.value);
    }
    return ok(requestIds);
  };
  const named = await inParts(ids, String);
  if (!named.ok || unnamed.length === 0) return named;
  const present = await rulesNow(step, change.groupId);
  if (!present.ok) return present;
  const found = idsByKey(unnamed, present.value);
  return inParts(found, (index) => `found ${index} ${found.join(' ')}`);
}

/** Turns a rule's policy and priority. A rule that has no id yet is found by what it is, or was turned already. */
export async function modifyRule(change: Change<'modifyRule'>, step: Step): Done {
  let { id } = change.before;
  if (id === null) {
    const present = await rulesNow(step, change.groupId);
    if (!present.ok) return present;
    id = idsByKey([change.before], present.value)[0] ?? null;
    const { policy, priority } = change;
    if (id === null && idsByKey([{ ...change.before, policy, priority }], present.value).length > 0)
      return ok([]);
  }
  if (id === null) {
    const params = {
      action: 'ModifySecurityGroupRule',
      code: 'SecurityGroupRuleId',
      requestId: '-',
      status: 0,
    };
    return err(appError('cloud.notFound', params));
  }
  const call = withToken(modifyRuleCall(change, id, step.ref), step.token);
  const answer = await send(step, call, 'repeatable', [change.groupId]);
  return answer.ok ? ok([answer.value.requestId]) : answer;
}
