import type { InstanceView } from '../../../shared/account-status';
import { type Candidate, type InstanceMemory, THROTTLE_MS } from './policy-memory';
import { unreachableValue } from './values';

/** An instance must fail this long before anybody is told, in milliseconds. */
const UNREACHABLE_MS = 60_000;

interface Outage {
  readonly memory: Partial<InstanceMemory>;
  readonly candidate?: Candidate;
  readonly nextMs: number | null;
}

/** Whether an instance has been out of reach for long enough to say so; at once when it waits for the admin. */
export function observeOutage(
  view: InstanceView,
  memory: InstanceMemory,
  instance: string,
  nowMs: number,
): Outage {
  const over =
    view.connection === 'following' || view.connection === 'catchingUp' || view.connection === 'off';
  if (over) return { memory: { failingSinceMs: null, outageSaid: false }, nextMs: null };
  const failing = view.failure !== null && view.connection !== 'connecting';
  const sinceMs = memory.failingSinceMs ?? (failing ? nowMs : null);
  if (sinceMs === null || memory.outageSaid) {
    return { memory: { failingSinceMs: sinceMs }, nextMs: null };
  }
  const dueMs = view.connection === 'needsAdmin' ? sinceMs : sinceMs + UNREACHABLE_MS;
  if (nowMs < dueMs) return { memory: { failingSinceMs: sinceMs }, nextMs: dueMs };
  const value = unreachableValue(view, instance, sinceMs);
  const throttled = memory.saidAtMs !== null && nowMs - memory.saidAtMs < THROTTLE_MS.unreachable;
  return {
    candidate: { member: { account: null, instance, value }, stormKey: 'outage', throttled },
    memory: { failingSinceMs: sinceMs, outageSaid: true },
    nextMs: null,
  };
}
