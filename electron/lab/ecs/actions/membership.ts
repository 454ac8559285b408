import { EcsError, missing, wrongStatus } from '../error';
import { numbered, type Parameters, required } from '../parameters';
import { withEntry } from '../store';
import type { EcsInterface, EcsState } from '../types';
import {
  type Action,
  type ActionCall,
  checkLimits,
  freeInstanceOf,
  groupOf,
  instanceOf,
  interfaceOf,
  managedChange,
  primaryOf,
} from './call';
import { checkPassword } from './password';

/** Sets an interface's groups: at least one, all of its network, all of one type, within the limits (fact 11). */
function setGroups(
  call: ActionCall,
  state: EcsState,
  nic: EcsInterface,
  wanted: readonly string[],
): EcsState {
  const groupIds = [...new Set(wanted)];
  const groups = groupIds.map((id) => groupOf(state, id));
  if (groups.length === 0) throw lastGroup();
  if (groups.some((group) => group.vpcId !== nic.vpcId)) {
    throw new EcsError(
      400,
      'InvalidInstanceId.Mismatch',
      'The instance and the group are not in the same VPC.',
    );
  }
  if (new Set(groups.map((group) => group.type)).size > 1) {
    throw new EcsError(
      400,
      'InvalidOperation.MultiGroupType',
      'An interface cannot be in basic and in enterprise groups at the same time.',
    );
  }
  managedChange(state, nic.groupIds, groupIds);
  checkLimits(call, state, groupIds);
  return { ...state, interfaces: withEntry(state.interfaces, nic.id, { ...nic, groupIds }) };
}

const lastGroup = () =>
  new EcsError(403, 'InstanceLastSecurityGroup', 'The instance must be in at least one security group.');

const leastOneGroup = () =>
  new EcsError(
    403,
    'InvalidOperation.AtLeastInOneGroup',
    'The interface must be in at least one security group.',
  );

/** Fact 19: the groups of the primary interface, the password, the name. Fact 20: the password waits for a reboot. */
export const modifyInstanceAttribute: Action = {
  token: false,
  run(call) {
    const { parameters, write } = call;
    let { state } = call;
    const instance = freeInstanceOf(state, required(parameters, 'InstanceId'));
    const wanted = numbered(parameters, 'SecurityGroupIds');
    if (wanted.length > 0) state = setGroups(call, state, primaryOf(state, instance), wanted);
    const { Password, InstanceName } = parameters;
    if (Password !== undefined) {
      if (instance.status === 'Starting') throw wrongStatus();
      checkPassword(Password, instance.osType);
    }
    const changed = {
      ...instance,
      name: InstanceName || instance.name,
      passwordPending: instance.passwordPending || Password !== undefined,
      passwordChanges: instance.passwordChanges + (Password === undefined ? 0 : 1),
    };
    write({ ...state, instances: withEntry(state.instances, instance.id, changed) });
    if (Password !== undefined) call.tellPassword(instance.id, Password);
    return {};
  },
};

export const modifyNetworkInterfaceAttribute: Action = {
  token: false,
  run(call) {
    const { parameters, state, write } = call;
    const nic = interfaceOf(state, required(parameters, 'NetworkInterfaceId'));
    freeInstanceOf(state, nic.instanceId);
    const wanted = numbered(parameters, 'SecurityGroupId');
    if (wanted.length > 0) write(setGroups(call, state, nic, wanted));
    return {};
  },
};

/** The interface that the older pair of calls means: by instance or by itself, never both. */
function targetOf(state: EcsState, parameters: Parameters): EcsInterface {
  const { InstanceId, NetworkInterfaceId } = parameters;
  if (InstanceId && NetworkInterfaceId) {
    throw new EcsError(
      403,
      'InvalidParam.EniIdAndInstanceId.Conflict',
      'An instance or an interface, not both.',
    );
  }
  if (NetworkInterfaceId) return interfaceOf(state, NetworkInterfaceId);
  if (!InstanceId) throw missing('InstanceId');
  const instance = instanceOf(state, InstanceId);
  return primaryOf(state, instance);
}

function checkStatus(state: EcsState, nic: EcsInterface): void {
  const { status } = freeInstanceOf(state, nic.instanceId);
  if (status !== 'Running' && status !== 'Stopped') throw wrongStatus();
}

export const joinSecurityGroup: Action = {
  token: false,
  run(call) {
    const { parameters, state, write } = call;
    const nic = targetOf(state, parameters);
    checkStatus(state, nic);
    const { id } = groupOf(state, required(parameters, 'SecurityGroupId'));
    write(setGroups(call, state, nic, [...nic.groupIds, id]));
    return {};
  },
};

export const leaveSecurityGroup: Action = {
  token: false,
  run(call) {
    const { parameters, state, write } = call;
    const nic = targetOf(state, parameters);
    checkStatus(state, nic);
    const { id } = groupOf(state, required(parameters, 'SecurityGroupId'));
    if (!nic.groupIds.includes(id)) {
      throw new EcsError(
        400,
        'InvalidSecurityGroupAssociation.NotFound',
        'The instance is not in this group.',
      );
    }
    if (nic.groupIds.length === 1) throw parameters.InstanceId ? lastGroup() : leastOneGroup();
    write(
      setGroups(
        call,
        state,
        nic,
        nic.groupIds.filter((groupId) => groupId !== id),
      ),
    );
    return {};
  },
};
