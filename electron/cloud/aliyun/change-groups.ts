import { appError } from '../../../shared/errors';
import type { NetworkChange } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import { pause } from '../pause';
import { interfacesPage } from './answers';
import { readOne } from './reading';
import { changedGroups, setGroupsCall } from './requests';
import { readInstance } from './snapshot';
import { type Step, send } from './step';

type Change = Extract<NetworkChange, { kind: 'changeGroups' }>;

/** Pauses before the list is read again when it is not known whether it was set, milliseconds. */
const LOOK_AGAIN_MS = [500, 2000];

/** What the interface carries at this moment, from the place that the change will be written to. */
async function groupsNow(change: Change, step: Step): Promise<Result<readonly string[]>> {
  if (change.primary) {
    const instance = await readInstance(step.reader, step.ref.instanceId);
    return instance.ok ? ok(instance.value.SecurityGroupIds) : instance;
  }
  const action = 'DescribeNetworkInterfaces';
  const parameters = { RegionId: step.ref.region, 'NetworkInterfaceId.1': change.interfaceId };
  const page = await readOne(step.reader, action, parameters, interfacesPage);
  if (!page.ok) return page;
  const found = page.value.NetworkInterfaceSets.find((one) => one.NetworkInterfaceId === change.interfaceId);
  if (found && (found.InstanceId === '' || found.InstanceId === step.ref.instanceId)) {
    return ok(found.SecurityGroupIds);
  }
  return err(appError('cloud.notFound', { action, code: 'NetworkInterfaceId', requestId: '-', status: 200 }));
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));

const unknownEffect = (result: Result<unknown>): boolean =>
  !result.ok && ['cloud.timeout', 'cloud.network', 'cloud.server'].includes(result.error.code);

/**
 * Sets an interface's groups to what it has now, with some added and some taken away. There is no client token and
 * no compare-and-swap for this call: the list is read right before, and read again before it is ever sent twice.
 */
export async function changeGroups(change: Change, step: Step): Promise<Result<readonly string[]>> {
  for (let attempt = 0; ; attempt += 1) {
    const current = await groupsNow(change, step);
    if (!current.ok) return current;
    const wanted = changedGroups(current.value, change);
    if (sameSet(wanted, current.value)) return ok([]);
    const call = setGroupsCall(change, wanted, step.ref);
    if (wanted.length === 0) return err(appError('cloud.lastGroup', { action: call.action }));
    const answer = await send(step, call, 'once', change.add);
    if (answer.ok) return ok([answer.value.requestId]);
    const wait = LOOK_AGAIN_MS[attempt];
    if (!unknownEffect(answer) || wait === undefined) return answer;
    if (!(await pause(step.clock, wait, step.reader.signal))) return err(appError('app.cancelled'));
  }
}
