import type { AppError } from '../../../shared/errors';
import type { JournalEntry, Refusal } from '../../../shared/isolation';
import type { NetworkSnapshot } from '../../../shared/network';
import { ok } from '../../../shared/result';
import { basisOf, type Context, entryOf, type Reachable, readInstance, targetOf } from './context';
import { planFor, withCalls } from './planning';
import { settleCreations } from './runner';
import type { Intent, PlanPreview, Shown } from './types';

/** Plans that were shown and not applied yet; beyond these the oldest are forgotten. */
const MOST_SHOWN = 1000;

export interface Previews {
  /** Reads the instance and plans; what is shown can be applied by its `previewId`. */
  make(id: string, intent: Intent): Promise<PlanPreview>;
  /** The same on what was read already. */
  on(target: Reachable, intent: Intent, snapshot: NetworkSnapshot): Promise<PlanPreview>;
  take(previewId: string): Shown | null;
  find(previewId: string): Shown | null;
}

export function createPreviews(
  context: Context,
  /** There is nothing left to undo: the cloud was read and is as recorded. */
  onNothingToUndo: (target: Reachable, entry: JournalEntry, now: NetworkSnapshot) => Promise<void>,
): Previews {
  const shown = new Map<string, Shown>();

  const without = (
    id: string,
    why: { readonly refusal?: Refusal; readonly error?: AppError },
  ): PlanPreview => ({
    id,
    previewId: context.newId(),
    plan: null,
    refusal: why.refusal ?? null,
    error: why.error ?? null,
    drift: [],
  });

  async function on(target: Reachable, intent: Intent, snapshot: NetworkSnapshot): Promise<PlanPreview> {
    const entry = entryOf(context, target.instanceId);
    const previewId = context.newId();
    const planned = planFor(intent, snapshot, entry, previewId, basisOf(context, target));
    if (!planned.ok) {
      if (intent.kind === 'undo' && planned.error.code === 'nothingRecorded' && entry)
        await onNothingToUndo(target, entry, snapshot);
      return without(target.id, { refusal: planned.error });
    }
    const plan = withCalls(planned.value.plan, target.provider, snapshot);
    shown.set(previewId, { previewId, targetId: target.id, intent, plan });
    for (const oldest of shown.keys()) {
      if (shown.size <= MOST_SHOWN) break;
      shown.delete(oldest);
    }
    return { id: target.id, previewId, plan, refusal: null, error: null, drift: [...planned.value.drift] };
  }

  return {
    async make(id, intent) {
      const target = targetOf(context, id);
      if (!target.ok) return without(id, { error: target.error });
      const entry = entryOf(context, target.value.instanceId);
      const settled =
        entry && intent.kind === 'undo' ? await settleCreations(context, target.value, entry) : ok(entry);
      if (!settled.ok) return without(id, { error: settled.error });
      const now = await readInstance(context, target.value);
      return now.ok ? on(target.value, intent, now.value) : without(id, { error: now.error });
    },
    on,
    find: (previewId) => shown.get(previewId) ?? null,
    take(previewId) {
      const found = shown.get(previewId) ?? null;
      shown.delete(previewId);
      return found;
    },
  };
}
