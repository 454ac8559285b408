import type { Phrase } from '../../../shared/account-status';
import type { JournalEntry, JournalRun, Plan, Verification } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { ok, type Result } from '../../../shared/result';
import { carryOut, type RunOutcome } from '../executor/executor';
import { newRun, withLastRun } from '../executor/run-record';
import { madeBefore } from '../executor/run-step';
import { rollbackRecipe } from '../plan';
import { auditRecord, requestIdsOf, standing } from './audit-rows';
import { basisOf, type Context, entryOf, type Reachable } from './context';
import { noWider, planFor, withCalls } from './planning';
import { recipeText } from './recipe-text';
import type { Intent } from './types';

/** How often an isolation that somebody else came between is planned again by itself. */
const REPLANS = 2;

/** The recipe of an entry as text beside it; what cannot be written now can be exported any time. */
export async function writeRecipe(context: Context, target: Reachable, entry: JournalEntry): Promise<void> {
  const text = recipeOf(context, target, entry);
  if (text !== null) await context.journal.writeRecipe(entry.id, text);
}

export function recipeOf(context: Context, target: Reachable, entry: JournalEntry): string | null {
  const recipe = rollbackRecipe(entry, target.provider.capabilities);
  const ref = { region: target.region, instanceId: target.instanceId };
  const lines = recipe.ok
    ? recipe.value.lines.map((line) => ({ ...line, calls: [...target.provider.describe(line.change, ref)] }))
    : [];
  const title = {
    key: 'isolation.recipe.rollback',
    params: { name: target.name, id: target.instanceId, region: target.region },
  };
  return recipeText(
    entry,
    recipe.ok ? { ...recipe.value, lines } : { title, notes: [recipe.error.phrase], lines: [] },
    context.say,
  );
}

function saidOf(outcome: RunOutcome, run: JournalRun | undefined, name: string): Phrase | null {
  switch (outcome.kind) {
    case 'changed':
      return outcome.phrase;
    case 'failed':
      return { key: outcome.error.messageKey, params: outcome.error.params };
    case 'cancelled': {
      const steps = run?.steps ?? [];
      const done = steps.filter((step) => step.outcome === 'done').length;
      return { key: 'isolation.run.cancelled', params: { name, done, steps: steps.length } };
    }
    default:
      return null;
  }
}

/** Adds the probe of the RDP port to what was verified; it never changes the verdict. */
async function probePort(
  context: Context,
  target: Reachable,
  entryId: string,
  planId: string,
): Promise<void> {
  const { snapshot } = context.board.known(target.instanceId);
  const primary = snapshot?.interfaces.find((one) => one.primary);
  const host = primary?.publicAddress ?? snapshot?.instance.publicAddresses[0] ?? null;
  if (host === null) return;
  const probe: Verification['probe'] = await context.probe(host, target.rdpPort, context.quit);
  if (context.quit.aborted || probe === 'notTried') return;
  const written = await context.journal.update(entryId, (entry) =>
    withLastRun(entry, (run) =>
      run.verification && run.plan.id === planId
        ? { ...run, verification: { ...run.verification, probe } }
        : run,
    ),
  );
  if (written.ok) context.board.set(target.instanceId, { entry: written.value });
}

const auditOutcome = {
  verified: 'succeeded',
  unverified: 'unverified',
  failed: 'failed',
  changed: 'failed',
  cancelled: 'cancelled',
} as const;

/** Carries out the last run of an entry to its end, tells the board at every step, and audits the outcome. */
export async function runEntry(
  context: Context,
  target: Reachable,
  entryId: string,
  base: NetworkSnapshot,
  intent: Intent,
  cancel: AbortSignal,
  track: (work: Promise<unknown>) => void,
): Promise<RunOutcome> {
  const { board, journal, clock } = context;
  const { instanceId } = target;
  const begun = await journal.read(entryId);
  const agreedTo = begun.ok ? begun.value.runs.at(-1)?.plan : undefined;
  if (!begun.ok || !agreedTo) throw new Error('The entry that was recorded cannot be read');
  let plan: Plan = agreedTo;
  let from = base;
  let outcome: RunOutcome;
  for (let replans = 0; ; replans++) {
    const { id: planId, kind } = plan;
    outcome = await carryOut(entryId, {
      provider: target.provider,
      journal,
      clock,
      quit: context.quit,
      cancel,
      base: from,
      onProgress: (progress) => board.set(instanceId, { progress: { planId, kind, ...progress } }),
      onEntry: (entry) => board.set(instanceId, { entry }),
      onRead: (now) => board.setRead(instanceId, now, false),
    });
    if (outcome.kind !== 'changed' || kind !== 'isolate' || replans === REPLANS || cancel.aborted) break;
    // An isolation must not stay undone because something else happened at the same time.
    const anew = planFor(
      intent,
      outcome.now,
      entryOf(context, instanceId),
      context.newId(),
      basisOf(context, target),
    );
    if (!anew.ok || !noWider(agreedTo, anew.value.plan)) break;
    plan = withCalls(anew.value.plan, target.provider, outcome.now);
    from = outcome.now;
    const next = newRun(plan, intent.note.admin, clock.now(), context.newToken);
    const recorded = await journal.update(entryId, (entry) => ({
      ...entry,
      state: 'applying',
      runs: [...entry.runs, next],
    }));
    if (!recorded.ok) {
      outcome = { kind: 'failed', error: recorded.error };
      break;
    }
  }
  if (outcome.kind === 'failed' && String(outcome.error.params.code).endsWith('OperationDenied'))
    context.refusedDrops.add(target.provider);
  const ended = await journal.read(entryId);
  const entry = ended.ok ? ended.value : begun.value;
  const said = saidOf(outcome, entry.runs.at(-1), target.name);
  board.set(instanceId, { entry, progress: null, said });
  if (context.quit.aborted) return outcome;
  const { snapshot } = board.known(instanceId);
  await context.audit.appendLater(
    auditRecord(plan, intent.note, {
      outcome: auditOutcome[outcome.kind],
      before: standing(base, target.rdpPort, []),
      after: snapshot ? standing(snapshot, target.rdpPort, plan.trusted) : '',
      requestIds: requestIdsOf(entry),
      error:
        outcome.kind === 'failed'
          ? outcome.error.code
          : outcome.kind === 'changed'
            ? outcome.phrase.key
            : null,
      entryId,
    }),
  );
  await writeRecipe(context, target, entry);
  if (outcome.kind === 'verified' || outcome.kind === 'unverified')
    track(probePort(context, target, entryId, plan.id));
  return outcome;
}

/** The steps of an entry's creations whose answer was lost: their ids are not known. */
export const lostCreations = (entry: JournalEntry): { run: number; stepId: string }[] =>
  entry.runs.flatMap((run, at) =>
    run.plan.steps.flatMap(({ id, change }) => {
      const record = run.steps.find(({ stepId }) => stepId === id);
      return change.kind === 'createGroup' && record?.outcome === 'sent' && record.groupId === null
        ? [{ run: at, stepId: id }]
        : [];
    }),
  );

/**
 * Finds out the ids of groups whose creation was interrupted, so that somebody deletes them: by their tags, or, where
 * the cloud cannot be asked for tags, by sending the same call with the same token again.
 */
export async function settleCreations(
  context: Context,
  target: Reachable,
  entry: JournalEntry,
): Promise<Result<JournalEntry>> {
  let current = entry;
  for (const lost of lostCreations(entry)) {
    const run = current.runs[lost.run];
    const step = run?.plan.steps.find(({ id }) => id === lost.stepId);
    const record = run?.steps.find(({ stepId }) => stepId === lost.stepId);
    if (!step || !record) continue;
    const ref = { region: target.region, instanceId: target.instanceId };
    const found = await madeBefore(step.change, target.provider, ref, context.quit);
    if (!found.ok) return found;
    // Nothing has these tags: it was never made.
    if (!found.value && target.provider.findGroups) continue;
    const made = found.value
      ? ok(found.value)
      : await target.provider.apply(step.change, ref, record.token, context.quit);
    if (!made.ok) return made;
    const { groupId, requestIds } = made.value;
    const noted = await context.journal.update(current.id, (before) => ({
      ...before,
      runs: before.runs.map((one, at) =>
        at === lost.run
          ? {
              ...one,
              steps: one.steps.map((other) =>
                other.stepId === lost.stepId
                  ? { ...other, outcome: 'done' as const, groupId, requestIds: [...requestIds], error: null }
                  : other,
              ),
            }
          : one,
      ),
    }));
    if (!noted.ok) return noted;
    current = noted.value;
  }
  return ok(current);
}
