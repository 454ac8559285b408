import type { JournalEntry } from '../../../shared/isolation';
import type { NetworkChange, NetworkSnapshot } from '../../../shared/network';
import { predict, resolveGroups } from './predict';

/** Every change that may have had its effect under this entry, in order, with the groups by their real ids. */
export function changesMade(entry: JournalEntry): NetworkChange[] {
  const ids: Record<string, string> = {};
  return entry.runs.flatMap((run) => {
    for (const record of run.steps) {
      const step = run.plan.steps.find(({ id }) => id === record.stepId);
      if (step?.change.kind === 'createGroup' && record.groupId !== null)
        ids[step.change.as] = record.groupId;
    }
    return run.steps.flatMap((record) => {
      if (record.outcome === 'waiting' || record.outcome === 'skipped') return [];
      const step = run.plan.steps.find(({ id }) => id === record.stepId);
      return step ? [withRealId(resolveGroups(step.change, ids), ids)] : [];
    });
  });
}

const withRealId = (change: NetworkChange, ids: Readonly<Record<string, string>>): NetworkChange =>
  change.kind === 'createGroup' ? { ...change, as: ids[change.as] ?? change.as } : change;

/** What the recorded original is after everything that was done under the entry: what we would find undisturbed. */
export const asWeLeftIt = (entry: JournalEntry): NetworkSnapshot =>
  predict(entry.original, changesMade(entry));
