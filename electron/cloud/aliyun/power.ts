import type { CloudInstance, DescribedCall } from '../../../shared/network';
import { ok, type Result } from '../../../shared/result';
import type { CallMade, InstanceRef } from '../provider';
import { instanceOf } from './instances';
import type { Reader } from './reading';
import { readInstance } from './snapshot';

/** The call takes no client token: whether it took effect cannot be asked, so it is never sent again by itself. */
async function sendOnce({ client, region, signal }: Reader, call: DescribedCall): Promise<Result<CallMade>> {
  const answer = await client.call({ service: 'ecs', region, ...call, kind: 'once' }, signal);
  return answer.ok ? ok({ requestId: answer.value.requestId }) : answer;
}

/** Sets the password of the instance's built-in administrator. From the documentation: it holds after `reboot`. */
export const setInstancePassword = (reader: Reader, ref: InstanceRef, password: string) =>
  sendOnce(reader, {
    action: 'ModifyInstanceAttribute',
    parameters: { InstanceId: ref.instanceId, Password: password },
  });

/** Shuts the system down in order and starts it again; never by force. */
export const rebootInstance = (reader: Reader, ref: InstanceRef) =>
  sendOnce(reader, {
    action: 'RebootInstance',
    parameters: { InstanceId: ref.instanceId, ForceStop: 'false' },
  });

export async function readInstanceState(reader: Reader, ref: InstanceRef): Promise<Result<CloudInstance>> {
  const answer = await readInstance(reader, ref.instanceId);
  return answer.ok ? ok(instanceOf(answer.value, ref.region)) : answer;
}
