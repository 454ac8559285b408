import type { Phrase } from '../../../shared/account-status';
import type { AppError } from '../../../shared/errors';
import type {
  IsolationState,
  JournalEntry,
  JournalRun,
  PlanStep,
  Verification,
} from '../../../shared/isolation';
import type { NetworkChange, NetworkSnapshot } from '../../../shared/network';
import { ok, type Result } from '../../../shared/result';
import { pause } from '../../cloud/pause';
import type { CloudProvider, InstanceRef } from '../../cloud/provider';
import type { Clock } from '../../watch/clock';
import type { Journal } from '../journal/journal';
import { isOverlay } from '../plan';
import { doneChanges, madeSteps, missingEffects, realChange, recordOf } from './effects';
import { changedMeanwhile } from './fits';
import { withLastRun, withStep } from './run-record';
import { isAmbiguous, runStep } from './run-step';
import { judgeRun, unreadVerification, verifyPausesMs } from './verify';

export interface RunProgress {
  readonly stepsDone: number;
  readonly steps: number;
  /** The step under way; null while what was done is read again. */
  readonly current: Phrase | null;
}

export type RunOutcome =
  /** Read again and found: the state is what it is. */
  | { readonly kind: 'verified'; readonly state: IsolationState }
  /** Everything was done, and a minute of reading did not show it. */
  | { readonly kind: 'unverified' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'cancelled' }
  /** Somebody else changed what the plan rests on; the rest of the plan was not done. */
  | { readonly kind: 'changed'; readonly phrase: Phrase; readonly now: NetworkSnapshot };

export interface RunOptions {
  readonly provider: CloudProvider;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Ends calls under way; what they did is found out at the next start. */
  readonly quit: AbortSignal;
  /** Stops before the next step. */
  readonly cancel: AbortSignal;
  /** What was read just before: changes by others are told by what differs from it. */
  readonly base: NetworkSnapshot;
  readonly onProgress: (progress: RunProgress) => void;
  /** After every write of the journal. */
  readonly onEntry: (entry: JournalEntry) => void;
  /** The last thing read of the cloud; gives it back with what is known of it from before. */
  readonly onRead: (now: NetworkSnapshot) => NetworkSnapshot;
}

type Stop = Exclude<RunOutcome, { kind: 'verified' } | { kind: 'unverified' }>;

/** The denying groups of an entry: those it made, and those that lay there when it was recorded. */
export const overlaysOfEntry = (entry: JournalEntry): string[] => [
  ...new Set([
    ...madeSteps(entry).map(({ id }) => id),
    ...entry.original.groups
      .filter((group) => isOverlay(group, entry.instance.instanceId))
      .map(({ id }) => id),
  ]),
];

/** The groups that the interfaces carried when they were read. */
export const carriedBy = ({ interfaces }: NetworkSnapshot): string[] => [
  ...new Set(interfaces.flatMap(({ groupIds }) => groupIds)),
];

/**
 * Carries out the last run of a recorded entry: every change is in the journal, with its token, before its call goes
 * out, and its outcome before the next one. Steps that are done are left alone, so a run that was interrupted goes on
 * where it was, with the same tokens. What was done stays done when it stops: a partial isolation stays closed.
 */
export async function carryOut(entryId: string, options: RunOptions): Promise<RunOutcome> {
  const { provider, journal, clock, quit, cancel } = options;
  const opened = await journal.read(entryId);
  if (!opened.ok) return { kind: 'failed', error: opened.error };
  let entry = opened.value;
  const lastRun = (): JournalRun => {
    const run = entry.runs.at(-1);
    if (!run) throw new Error('An entry without a run cannot be carried out');
    return run;
  };
  const { plan } = lastRun();
  const ref: InstanceRef = { region: entry.instance.region, instanceId: entry.instance.instanceId };
  const going: IsolationState = plan.kind === 'isolate' ? 'applying' : 'restoring';
  /** By whoever else the cloud was changed, these are ours. */
  const performed: NetworkChange[] = [];
  const waits = AbortSignal.any([quit, cancel]);
  /** Outcomes that the next write takes along: no call goes out before it. */
  let pending = (run: JournalRun): JournalRun => run;

  async function note(
    state: IsolationState,
    change: (run: JournalRun) => JournalRun = (run) => run,
  ): Promise<Result<null>> {
    const before = pending;
    const written = await journal.update(entryId, (current) =>
      withLastRun({ ...current, state }, (run) => change(before(run))),
    );
    if (!written.ok) return written;
    pending = (run) => run;
    entry = written.value;
    options.onEntry(entry);
    return { ok: true, value: null };
  }

  async function read(): Promise<Result<NetworkSnapshot>> {
    const groupIds = overlaysOfEntry(entry);
    const expectedGroupIds = carriedBy(options.base);
    const now = await provider.snapshot(ref, quit, { members: false, groupIds, expectedGroupIds });
    // Who else is in a group is not read again, and yet may be a way in that no rule stops.
    return now.ok ? ok(options.onRead(now.value)) : now;
  }

  /** Waits until the steps done so far are seen, and nobody else has come between. */
  async function checkpoint(): Promise<Stop | null> {
    for (const wait of [...verifyPausesMs, null]) {
      const now = await read();
      if (now.ok) {
        const done = doneChanges(pending(lastRun()));
        if (missingEffects(done, now.value).length === 0) {
          const phrase = changedMeanwhile(options.base, performed, now.value);
          return phrase ? { kind: 'changed', phrase, now: now.value } : null;
        }
      }
      if (wait === null)
        return now.ok
          ? { kind: 'changed', phrase: { key: 'isolation.run.notSeen', params: {} }, now: now.value }
          : { kind: 'failed', error: now.error };
      if (cancel.aborted) return { kind: 'cancelled' };
      if (!(await pause(clock, wait, waits))) return { kind: 'cancelled' };
    }
    return null;
  }

  async function perform(step: PlanStep): Promise<Stop | null> {
    const record = recordOf(lastRun(), step.id);
    if (!record || record.outcome === 'done' || record.outcome === 'skipped') return null;
    if (cancel.aborted || quit.aborted) return { kind: 'cancelled' };
    const change = realChange(pending(lastRun()), step.change);
    if (!change) throw new Error(`Step ${step.id} names a group that no step made`);
    let attempts = record.attempts;
    const begin = (): Promise<Result<null>> =>
      note(going, (run) =>
        withStep(run, step.id, {
          outcome: 'sent',
          attempts: ++attempts,
          startedAtMs: record.startedAtMs ?? clock.now(),
          error: null,
        }),
      );
    const begun = await begin();
    if (!begun.ok) return { kind: 'failed', error: begun.error };
    const applied = await runStep(change, record.token, {
      provider,
      ref,
      clock,
      signal: quit,
      waits,
      onAttempt: begin,
      read,
      sentBefore: record.outcome === 'sent',
    });
    const finishedAtMs = clock.now();
    const before = pending;
    if (!applied.ok) {
      const { error } = applied;
      const outcome = isAmbiguous(error) ? 'sent' : 'failed';
      pending = (run) => withStep(before(run), step.id, { outcome, error, finishedAtMs });
      return waits.aborted && error.code === 'app.cancelled'
        ? { kind: 'cancelled' }
        : { kind: 'failed', error };
    }
    const { requestIds, groupId } = applied.value;
    performed.push(change.kind === 'createGroup' && groupId !== null ? { ...change, as: groupId } : change);
    pending = (run) =>
      withStep(before(run), step.id, {
        outcome: 'done',
        finishedAtMs,
        requestIds: [...requestIds],
        groupId,
        error: null,
      });
    return null;
  }

  async function conclude(
    state: IsolationState,
    verification: Verification | null,
    outcome: RunOutcome,
  ): Promise<RunOutcome> {
    const noted = await note(state, (run) => ({ ...run, finishedAtMs: clock.now(), verification }));
    return noted.ok ? outcome : { kind: 'failed', error: noted.error };
  }

  async function verify(): Promise<RunOutcome> {
    let verification: Verification | null = null;
    for (const wait of [...verifyPausesMs, null]) {
      const now = await read();
      if (now.ok) {
        const done = doneChanges(pending(lastRun()));
        const judged = judgeRun(plan, done, now.value, overlaysOfEntry(entry));
        verification = judged.verification;
        const { state } = judged;
        if (state !== null) return conclude(state, verification, { kind: 'verified', state });
        if (wait === null && judged.contradicted) {
          const phrase = { key: 'isolation.run.stillOpen', params: { name: entry.instance.name } };
          return conclude('needsAttention', verification, { kind: 'changed', phrase, now: now.value });
        }
      } else verification ??= unreadVerification(clock.now(), now.error);
      if (quit.aborted) return { kind: 'cancelled' };
      if (wait !== null) await pause(clock, wait, waits);
      if (waits.aborted) break;
    }
    if (quit.aborted) return { kind: 'cancelled' };
    return conclude('unverified', verification, { kind: 'unverified' });
  }

  async function steps(): Promise<Stop | null> {
    for (const [at, step] of plan.steps.entries()) {
      options.onProgress({ stepsDone: at, steps: plan.steps.length, current: step.phrase });
      const stopped = await perform(step);
      if (stopped) return stopped;
      const next = plan.steps[at + 1];
      const awaited = next && recordOf(lastRun(), next.id)?.outcome !== 'done';
      const unconfirmed = step.checkpoint && awaited ? await checkpoint() : null;
      if (unconfirmed) return unconfirmed;
    }
    return null;
  }

  const stopped = await steps();
  if (!stopped) {
    options.onProgress({ stepsDone: plan.steps.length, steps: plan.steps.length, current: null });
    return verify();
  }
  // The journal may be what failed: then the last write stands, and the next start finds the rest out.
  if (!quit.aborted) await note('needsAttention');
  return stopped;
}
