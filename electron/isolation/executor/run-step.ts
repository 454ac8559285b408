import { type AppError, appError } from '../../../shared/errors';
import type { NetworkChange, NetworkSnapshot } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import { pause } from '../../cloud/pause';
import type { AppliedChange, CloudProvider, InstanceRef } from '../../cloud/provider';
import type { Clock } from '../../watch/clock';
import { effectOf } from './effects';

/** After these nobody knows whether the call had its effect. */
const AMBIGUOUS: ReadonlySet<string> = new Set([
  'cloud.timeout',
  'cloud.network',
  'cloud.server',
  'cloud.unreadableAnswer',
  'cloud.answerTooLarge',
]);

/** These did nothing, and may be asked again. */
const LATER: Readonly<Record<string, number>> = { 'cloud.throttled': 61_000, 'cloud.conflict': 2000 };
const ATTEMPTS = 4;
const PAUSES_MS = [1000, 2000, 4000];

export const isAmbiguous = (error: AppError): boolean =>
  AMBIGUOUS.has(error.code) || error.code === 'app.cancelled';

/** Failures that say that there is nothing left to do for this change. */
function doneAnyway(change: NetworkChange, error: AppError): boolean {
  return change.kind === 'deleteGroup' && error.code === 'cloud.notFound';
}

export interface StepWorld {
  readonly provider: CloudProvider;
  readonly ref: InstanceRef;
  readonly clock: Clock;
  /** Ends calls under way: the app is quitting. */
  readonly signal: AbortSignal;
  /** Ends waiting between attempts. */
  readonly waits: AbortSignal;
  /** Another attempt of the same step begins; its number is journalled before. */
  readonly onAttempt: () => Promise<Result<null>>;
  readonly read: () => Promise<Result<NetworkSnapshot>>;
  /** The step may have been sent before this process began. */
  readonly sentBefore: boolean;
}

/**
 * A group that a lost call has made, found by the tags that no other step gives it: the cloud forgets tokens after a
 * while, and would make a second one.
 */
export async function madeBefore(
  change: NetworkChange,
  provider: CloudProvider,
  ref: InstanceRef,
  signal: AbortSignal,
): Promise<Result<AppliedChange | null>> {
  if (change.kind !== 'createGroup' || !provider.findGroups) return ok(null);
  const found = await provider.findGroups(ref.region, change.tags, signal);
  if (!found.ok) return found;
  const [group] = found.value;
  return ok(group ? { requestIds: [], groupId: group.id } : null);
}

const nothingToTell: AppliedChange = { requestIds: [], groupId: null };

/**
 * Makes one change, with one token for all attempts. After a timeout or a server's fault the same call is repeated
 * and the cloud is read: an effect that is found counts, whatever the answers were. What was refused is not repeated.
 */
export async function runStep(
  change: NetworkChange,
  token: string,
  world: StepWorld,
): Promise<Result<AppliedChange>> {
  const { provider, ref, signal } = world;
  let last: AppError = appError('app.cancelled');
  const lost = world.sentBefore ? await madeBefore(change, provider, ref, signal) : null;
  if (lost?.ok && lost.value) return ok(lost.value);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) {
      const wait = LATER[last.code] ?? PAUSES_MS[attempt - 1] ?? 4000;
      if (!(await pause(world.clock, wait, world.waits))) return err(appError('app.cancelled'));
      const noted = await world.onAttempt();
      if (!noted.ok) return noted;
    }
    const applied = await provider.apply(change, ref, token, signal);
    if (applied.ok) return applied;
    last = applied.error;
    if (doneAnyway(change, last)) return ok(nothingToTell);
    if (signal.aborted) return applied;
    const ambiguous = isAmbiguous(last);
    if (ambiguous || last.code === 'cloud.tokenMismatch' || last.code === 'cloud.notFound') {
      const now = await world.read();
      if (now.ok && effectOf(change, now.value) === 'there') return ok(nothingToTell);
      const made = ambiguous ? await madeBefore(change, provider, ref, signal) : null;
      if (made?.ok && made.value) return ok(made.value);
    }
    if (!ambiguous && LATER[last.code] === undefined) return applied;
  }
  return err(last);
}
