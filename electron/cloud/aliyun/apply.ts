import { appError } from '../../../shared/errors';
import type { NetworkChange } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import type { AppliedChange } from '../provider';
import { createdGroupAnswer } from './answers';
import { changeGroups } from './change-groups';
import { addRules, modifyRule, removeRules } from './change-rules';
import { createGroupCall, deleteGroupCall, innerAccessCall, tagsCall } from './requests';
import { codeOf, insist, type Step, send, withToken } from './step';

const none = (result: Result<readonly string[]>): Result<AppliedChange> =>
  result.ok ? ok({ requestIds: result.value, groupId: null }) : result;

async function createGroup(
  change: Extract<NetworkChange, { kind: 'createGroup' }>,
  step: Step,
): Promise<Result<AppliedChange>> {
  const call = withToken(createGroupCall(change, step.ref), step.token);
  const answer = await send(step, call, 'repeatable', []);
  if (!answer.ok) return answer;
  const { requestId, body } = answer.value;
  const created = createdGroupAnswer.safeParse(body);
  if (!created.success) {
    return err(
      appError('cloud.unreadableAnswer', { action: call.action, status: 200, code: '-', requestId }),
    );
  }
  step.freshGroups.add(created.data.SecurityGroupId);
  return ok({ requestIds: [requestId], groupId: created.data.SecurityGroupId });
}

/** A group that an interface has just left is still held for a moment, so a refusal is not believed at once. */
async function deleteGroup(
  change: Extract<NetworkChange, { kind: 'deleteGroup' }>,
  step: Step,
): Promise<Result<readonly string[]>> {
  const { client, region, signal } = step.reader;
  const answer = await insist(
    step,
    [1000, 2000, 4000],
    (result) => codeOf(result).startsWith('DependencyViolation'),
    () =>
      client.call(
        { service: 'ecs', region, ...deleteGroupCall(change, step.ref), kind: 'repeatable' },
        signal,
      ),
  );
  if (answer.ok) return ok([answer.value.requestId]);
  return answer.error.code === 'cloud.notFound' ? ok([]) : answer;
}

/**
 * Makes one change so that making it again does no more. With a client token where the API takes one (groups made,
 * rules added, removed and modified, access within a group); by reading first where it does not.
 * How the cloud treats tokens and repeated rules is known from its documentation only.
 */
export async function applyChange(change: NetworkChange, step: Step): Promise<Result<AppliedChange>> {
  switch (change.kind) {
    case 'createGroup':
      return createGroup(change, step);
    case 'setInnerAccess': {
      const call = withToken(innerAccessCall(change, step.ref), step.token);
      const answer = await send(step, call, 'repeatable', [change.groupId]);
      return none(answer.ok ? ok([answer.value.requestId]) : answer);
    }
    case 'addRules':
      return none(await addRules(change, step));
    case 'removeRules':
      return none(await removeRules(change, step));
    case 'modifyRule':
      return none(await modifyRule(change, step));
    case 'changeGroups':
      return none(await changeGroups(change, step));
    case 'deleteGroup':
      return none(await deleteGroup(change, step));
    case 'setTags': {
      const answer = await send(step, tagsCall(change, step.ref), 'repeatable', [change.groupId]);
      return none(answer.ok ? ok([answer.value.requestId]) : answer);
    }
  }
}
