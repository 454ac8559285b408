import type { JournalEntry } from '../../../shared/isolation';
import type { NetworkChange, NetworkSnapshot } from '../../../shared/network';
import { predict, resolveGroups } from './predict';
import { ruleKey } from './rule-key';

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

/** What this entry's steps may have done to the rules of one group, by key. */
export interface Touched {
  /** Rules as we added or changed them, at any time. */
  readonly made: ReadonlySet<string>;
  /** Rules that we took away at any time. */
  readonly removed: ReadonlySet<string>;
}

/** What we did to a group, also where a later step undid it: a call may have had no effect after all. */
export function touchedIn(groupId: string, changes: readonly NetworkChange[]): Touched {
  const made = new Set<string>();
  const removed = new Set<string>();
  for (const change of changes) {
    if (!('groupId' in change) || change.groupId !== groupId) continue;
    if (change.kind === 'addRules') for (const rule of change.rules) made.add(ruleKey(rule));
    if (change.kind === 'removeRules') for (const rule of change.rules) removed.add(ruleKey(rule));
    if (change.kind === 'modifyRule') {
      const { before, policy, priority } = change;
      made.add(ruleKey({ ...before, policy, priority }));
    }
  }
  return { made, removed };
}
