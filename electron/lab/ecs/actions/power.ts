import { wrongStatus } from '../error';
import { required } from '../parameters';
import { withEntry } from '../store';
import type { EcsInstance, InstanceStatus } from '../types';
import { type Action, type ActionCall, freeInstanceOf } from './call';

/** The change is done at once: what lies between two states is set by tests. */
function change(
  call: ActionCall,
  from: InstanceStatus,
  change: (instance: EcsInstance) => Partial<EcsInstance>,
): Record<string, never> {
  const { parameters, state, write } = call;
  const instance = freeInstanceOf(state, required(parameters, 'InstanceId'));
  if (instance.status !== from) throw wrongStatus();
  write({
    ...state,
    instances: withEntry(state.instances, instance.id, { ...instance, ...change(instance) }),
  });
  return {};
}

/** Fact 20: a new password holds from here on. */
export const rebootInstance: Action = {
  token: false,
  run: (call) => change(call, 'Running', ({ reboots }) => ({ reboots: reboots + 1, passwordPending: false })),
};

export const stopInstance: Action = {
  token: false,
  run: (call) => change(call, 'Running', () => ({ status: 'Stopped' })),
};

export const startInstance: Action = {
  token: false,
  run: (call) => change(call, 'Stopped', () => ({ status: 'Running', passwordPending: false })),
};
