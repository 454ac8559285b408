import { type AppError, appError } from '../../../shared/errors';
import { type JournalEntry, journalVersion, type Plan } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import { overlaysOfEntry } from '../executor/executor';
import { newRun } from '../executor/run-record';
import { entryId } from '../journal/entry-file';
import { auditRecord, standing } from './audit-rows';
import { basisOf, type Context, entryOf, type Reachable, readInstance } from './context';
import { planFor, sameDeeds, withCalls } from './planning';
import { settleCreations, writeRecipe } from './runner';
import type { Intent, Shown } from './types';

export type Prepared =
  | { readonly kind: 'ready'; readonly entryId: string; readonly base: NetworkSnapshot }
  /** The world is not as it was when the plan was shown: nothing was done. */
  | { readonly kind: 'outdated'; readonly base: NetworkSnapshot }
  | { readonly kind: 'failed'; readonly error: AppError };

const failed = (error: AppError): Prepared => ({ kind: 'failed', error });

/** Records a plan as the next run of the instance's entry, or as a new entry with what is there now as its original. */
async function record(
  context: Context,
  target: Reachable,
  plan: Plan,
  intent: Intent,
  base: NetworkSnapshot,
): Promise<Result<JournalEntry>> {
  const { journal, clock } = context;
  const run = newRun(plan, intent.note.admin, clock.now(), context.newToken);
  const open = entryOf(context, target.instanceId);
  if (open)
    return journal.update(open.id, (entry) => ({
      ...entry,
      state: plan.kind === 'isolate' ? 'recorded' : 'restoring',
      runs: [...entry.runs, run],
    }));
  const atMs = clock.now();
  const { region, instanceId, name, rdpPort } = target;
  return journal.create({
    version: journalVersion,
    id: entryId(instanceId, atMs),
    instance: { region, instanceId, name },
    rdpPort,
    admin: intent.note.admin,
    reason: intent.note.reason,
    incident: intent.note.incident,
    createdAtMs: atMs,
    updatedAtMs: atMs,
    state: 'recorded',
    original: base,
    runs: [run],
  });
}

/** Says in the audit trail and on the disk what is about to be done. Only then anything may be touched. */
export async function commit(
  context: Context,
  target: Reachable,
  plan: Plan,
  intent: Intent,
  base: NetworkSnapshot,
): Promise<Prepared> {
  const before = standing(base, target.rdpPort, []);
  const audited = await context.audit.append(
    auditRecord(plan, intent.note, {
      before,
      after: `plan: ${plan.expected}`,
      entryId: entryOf(context, target.instanceId)?.id ?? null,
    }),
  );
  if (!audited.ok) return failed(audited.error);
  const recorded = await record(context, target, plan, intent, base);
  if (!recorded.ok) {
    await context.audit.appendLater(
      auditRecord(plan, intent.note, {
        outcome: 'failed',
        before,
        after: before,
        error: recorded.error.code,
      }),
    );
    return failed(recorded.error);
  }
  context.board.set(target.instanceId, { entry: recorded.value, said: null });
  await writeRecipe(context, target, recorded.value);
  return { kind: 'ready', entryId: recorded.value.id, base };
}

/** Reads once more, and goes on only if the plan that was shown is still the plan for what is there. */
export async function prepare(context: Context, target: Reachable, shown: Shown): Promise<Prepared> {
  const open = entryOf(context, target.instanceId);
  const settled = open ? await settleCreations(context, target, open) : ok(null);
  if (!settled.ok) return failed(settled.error);
  const entry = settled.value;
  const { intent, plan } = shown;
  // A group of its own touches nobody else, so who carries the others need not be read again.
  const members = plan.kind !== 'isolate' || plan.place !== 'overlayGroup';
  const now = await readInstance(context, target, members);
  if (!now.ok) return failed(now.error);
  const anew = planFor(intent, now.value, entry, plan.id, basisOf(context, target));
  const own = entry ? overlaysOfEntry(entry) : [];
  if (!anew.ok || !sameDeeds(plan, anew.value.plan, own)) return { kind: 'outdated', base: now.value };
  return commit(context, target, withCalls(anew.value.plan, target.provider, now.value), intent, now.value);
}

/** Checks that the admin confirmed what these plans ask for: some want the instance's name typed. */
export function confirmed(plans: readonly Plan[], typed: string): Result<null> {
  const unconfirmed = plans.some(
    ({ confirmation, instance }) => confirmation === 'type' && typed.trim() !== instance.name,
  );
  return unconfirmed ? err(appError('app.invalidArgument')) : ok(null);
}
