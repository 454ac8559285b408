import { appError } from '../../../shared/errors';
import type { DescribedCall } from '../../../shared/network';
import { err, type Result } from '../../../shared/result';
import type { Clock } from '../../watch/clock';
import { pause } from '../pause';
import type { InstanceRef } from '../provider';
import type { CallAnswer, CallRequest } from './client';
import type { Reader } from './reading';

/** One step being made: where, with which token, and what was created a moment ago. */
export interface Step {
  readonly reader: Reader;
  readonly ref: InstanceRef;
  readonly token: string;
  readonly clock: Clock;
  readonly freshGroups: FreshGroups;
}

export interface FreshGroups {
  add(groupId: string): void;
  has(groupId: string): boolean;
}

/** A group is not known everywhere at the moment it is made. For so long its absence is not believed, milliseconds. */
const FRESH_MS = 60_000;

export function createFreshGroups(clock: Clock): FreshGroups {
  const madeAt = new Map<string, number>();
  return {
    add: (groupId) => madeAt.set(groupId, clock.now()),
    has: (groupId) => clock.now() - (madeAt.get(groupId) ?? Number.NEGATIVE_INFINITY) < FRESH_MS,
  };
}

export const codeOf = (result: Result<unknown>): string =>
  result.ok ? '' : String(result.error.params.code ?? '');

const groupMissing = (result: Result<unknown>): boolean =>
  !result.ok &&
  result.error.code === 'cloud.notFound' &&
  /^InvalidSecurityGroup(Id)?(\.|$)/.test(codeOf(result));

/** Repeats a call that failed in a way that passes by itself, with growing pauses, milliseconds. */
export async function insist<T>(
  step: Step,
  pauses: readonly number[],
  passing: (result: Result<T>) => boolean,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  let result = await work();
  for (const ms of pauses) {
    if (!passing(result)) return result;
    if (!(await pause(step.clock, ms, step.reader.signal))) return err(appError('app.cancelled'));
    result = await work();
  }
  return result;
}

/** Sends one changing call; a group that was made a moment ago is given time to become known. */
export function send(
  step: Step,
  call: DescribedCall,
  kind: CallRequest['kind'],
  about: readonly string[],
): Promise<Result<CallAnswer>> {
  const { client, region, signal } = step.reader;
  const fresh = about.some((id) => step.freshGroups.has(id));
  return insist(step, fresh ? [500, 1000, 2000, 4000] : [], groupMissing, () =>
    client.call({ service: 'ecs', region, ...call, kind }, signal),
  );
}

export const withToken = (call: DescribedCall, token: string): DescribedCall => ({
  action: call.action,
  parameters: { ...call.parameters, ClientToken: token },
});
