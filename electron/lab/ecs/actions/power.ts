import { wrongStatus } from '../error';
import { required } from '../parameters';
import { withEntry } from '../store';
import type { EcsInstance, EcsState, InstanceStatus } from '../types';
import { type Action, type ActionCall, freeInstanceOf } from './call';

/** What an instance becomes one after another, and how long after the one before; milliseconds. */
type Steps = readonly (readonly [afterMs: number, change: (instance: EcsInstance) => Partial<EcsInstance>])[];

const status = (next: InstanceStatus) => (): Partial<EcsInstance> => ({ status: next });

/** Fact 20: a new password holds from here on. */
const started = (): Partial<EcsInstance> => ({ status: 'Running', passwordPending: false });

function change(call: ActionCall, from: InstanceStatus, steps: Steps): Record<string, never> {
  const { id, status: present } = freeInstanceOf(call.state, required(call.parameters, 'InstanceId'));
  if (present !== from) throw wrongStatus();
  const [first, ...rest] = steps;
  if (!first) return {};
  const apply = (state: EcsState, step: Steps[number]): EcsState => {
    const instance = state.instances.get(id);
    if (!instance) return state;
    return { ...state, instances: withEntry(state.instances, id, { ...instance, ...step[1](instance) }) };
  };
  call.write(apply(call.state, first));
  let atMs = 0;
  for (const step of rest) {
    atMs += step[0];
    call.later(atMs, (state) => apply(state, step));
  }
  return {};
}

export const rebootInstance: Action = {
  token: false,
  run: (call) =>
    change(call, 'Running', [
      [0, status('Stopping')],
      [call.power.stopMs, status('Starting')],
      [call.power.startMs, (instance) => ({ ...started(), reboots: instance.reboots + 1 })],
    ]),
};

export const stopInstance: Action = {
  token: false,
  run: (call) =>
    change(call, 'Running', [
      [0, status('Stopping')],
      [call.power.stopMs, status('Stopped')],
    ]),
};

export const startInstance: Action = {
  token: false,
  run: (call) =>
    change(call, 'Stopped', [
      [0, status('Starting')],
      [call.power.startMs, started],
    ]),
};
