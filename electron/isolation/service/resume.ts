import { appError } from '../../../shared/errors';
import type { JournalEntry, JournalRun } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { doneChanges, effectOf, realChange } from '../executor/effects';
import { overlaysOfEntry } from '../executor/executor';
import { changedMeanwhile } from '../executor/fits';
import { withLastRun, withStep } from '../executor/run-record';
import { judgeRun } from '../executor/verify';
import { changesMade } from '../plan';
import { commit, type Prepared } from './apply';
import { auditRecord } from './audit-rows';
import { basisOf, type Context, entryOf, type Reachable, readInstance } from './context';
import { noWider, planFor, recordedOriginal, sameDeeds, withCalls } from './planning';
import { settleCreations } from './runner';
import type { Intent } from './types';

const IN_FLIGHT = new Set(['recorded', 'applying', 'restoring', 'needsAttention', 'unverified']);

export const isInFlight = (entry: JournalEntry): boolean => IN_FLIGHT.has(entry.state);

/** What a run was for, as far as its plan tells: enough to plan the same again. */
export function intentOf(entry: JournalEntry, run: JournalRun, nowMs: number): Intent {
  const { kind, strategy, trusted } = run.plan;
  return {
    kind: kind === 'followAddress' ? 'restoreToTrust' : kind,
    strategy: kind === 'isolate' ? strategy : null,
    trusted,
    decisions: {},
    note: { admin: run.admin, reason: entry.reason, incident: entry.incident, nowMs },
  };
}

/**
 * The run with the steps marked as done whose effect is found in the cloud though their answer was lost. Steps that
 * were never sent are left alone, whatever the cloud shows. Pure.
 */
export function withFoundEffects(run: JournalRun, now: NetworkSnapshot): JournalRun {
  return run.plan.steps.reduce((current, step) => {
    const sent = current.steps.some(({ stepId, outcome }) => stepId === step.id && outcome === 'sent');
    const change = sent ? realChange(current, step.change) : null;
    return change && effectOf(change, now) === 'there'
      ? withStep(current, step.id, { outcome: 'done', error: null })
      : current;
  }, run);
}

const allDone = (run: JournalRun): boolean => run.steps.every(({ outcome }) => outcome === 'done');

/** Whether nobody else changed the memberships since: what we may have done may be there or not. Pure. */
function undisturbed(entry: JournalEntry, now: NetworkSnapshot): boolean {
  const made = changesMade(entry);
  const sure = entry.runs.flatMap(doneChanges);
  return (
    changedMeanwhile(entry.original, made, now) === null ||
    changedMeanwhile(entry.original, sure, now) === null
  );
}

/** Compares an open entry with the cloud, changing nothing there: finished if it is, else it waits for the admin. */
export async function reconcileEntry(
  context: Context,
  entry: JournalEntry,
  now: NetworkSnapshot,
  /** What is under way may not be declared interrupted. */
  atStart: boolean,
): Promise<JournalEntry> {
  const run = entry.runs.at(-1);
  if (!isInFlight(entry) || !run) return entry;
  const found = withFoundEffects(run, now);
  const judged = allDone(found)
    ? judgeRun(found.plan, doneChanges(found), now, overlaysOfEntry(entry))
    : null;
  const state = judged?.state ?? (entry.state === 'unverified' ? 'unverified' : 'needsAttention');
  if (!atStart && judged?.state === null) return entry;
  if (state === entry.state) return entry;
  const written = await context.journal.update(entry.id, (before) =>
    withLastRun({ ...before, state }, () => ({
      ...found,
      finishedAtMs: judged?.state ? (found.finishedAtMs ?? context.clock.now()) : found.finishedAtMs,
      verification: judged?.state ? judged.verification : found.verification,
    })),
  );
  if (!written.ok) return entry;
  await context.audit.appendLater(
    auditRecord(
      run.plan,
      { admin: run.admin, reason: entry.reason, incident: entry.incident },
      {
        action: judged?.state ? run.plan.kind : 'interrupted',
        outcome: judged?.state ? 'succeeded' : 'noted',
        after: judged?.verification.verdict ?? '',
        entryId: entry.id,
      },
    ),
  );
  return written.value;
}

export type Resumed =
  | Prepared
  | { readonly kind: 'ask'; readonly intent: Intent; readonly base: NetworkSnapshot };

/**
 * Goes on with an interrupted run: with the same steps and tokens where nobody came between, else with a plan made
 * anew. A new plan that reaches further than the one agreed to, or that undoes, is shown first.
 */
export async function prepareResume(context: Context, target: Reachable): Promise<Resumed> {
  const open = entryOf(context, target.instanceId);
  const before = open?.runs.at(-1);
  if (!open || !before || !isInFlight(open)) return { kind: 'failed', error: appError('app.notFound') };
  const settled = await settleCreations(context, target, open);
  if (!settled.ok) return { kind: 'failed', error: settled.error };
  const entry = settled.value;
  const read = await readInstance(context, target);
  if (!read.ok) return { kind: 'failed', error: read.error };
  const now = read.value;
  const run = entry.runs.at(-1) ?? before;
  const intent = intentOf(entry, run, context.clock.now());
  if (recordedOriginal(entry) !== null && undisturbed(entry, now) && !allDone(run)) {
    const begun = await context.audit.append(
      auditRecord(run.plan, intent.note, { action: 'resume', entryId: entry.id }),
    );
    return begun.ok
      ? { kind: 'ready', entryId: entry.id, base: now }
      : { kind: 'failed', error: begun.error };
  }
  const anew = planFor(intent, now, entry, context.newId(), basisOf(context, target));
  if (!anew.ok || !(noWider(run.plan, anew.value.plan) || sameDeeds(run.plan, anew.value.plan)))
    return { kind: 'ask', intent, base: now };
  return commit(context, target, withCalls(anew.value.plan, target.provider, now), intent, now);
}
