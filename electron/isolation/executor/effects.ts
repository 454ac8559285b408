import type { JournalEntry, JournalRun, StepRecord } from '../../../shared/isolation';
import type { NetworkChange, NetworkSnapshot } from '../../../shared/network';
import { isSameRule, resolveGroups, ruleKey } from '../plan';

/** `unseen`: the snapshot does not hold the group, so nothing is known. */
export type Effect = 'there' | 'missing' | 'unseen';

export interface MadeGroup {
  readonly id: string;
  readonly change: Extract<NetworkChange, { kind: 'createGroup' }>;
}

/** The groups that runs of this entry made, as far as their ids are known. */
export const madeSteps = (entry: Pick<JournalEntry, 'runs'>): MadeGroup[] =>
  entry.runs.flatMap((run) =>
    run.plan.steps.flatMap(({ id: stepId, change }) => {
      const id = recordOf(run, stepId)?.groupId;
      return change.kind === 'createGroup' && id ? [{ id, change }] : [];
    }),
  );

/** Their ids by the name that their steps gave them; the newest counts. */
export const madeGroups = (entry: Pick<JournalEntry, 'runs'>): Record<string, string> =>
  Object.fromEntries(madeSteps(entry).map(({ id, change }) => [change.as, id]));

export const recordOf = (run: JournalRun, stepId: string): StepRecord | undefined =>
  run.steps.find((record) => record.stepId === stepId);

/** The change with real ids; null while the group that it names has not been made. */
export function realChange(run: JournalRun, change: NetworkChange): NetworkChange | null {
  const ids = madeGroups({ runs: [run] });
  const made = new Set(
    run.plan.steps.flatMap((step) => (step.change.kind === 'createGroup' ? [step.change.as] : [])),
  );
  const real = resolveGroups(change, ids);
  if (real.kind === 'createGroup') return { ...real, as: ids[real.as] ?? real.as };
  const named = real.kind === 'changeGroups' ? real.add : [real.groupId];
  return named.some((id) => made.has(id)) ? null : real;
}

/** Whether a change has its effect in what was read. Ids must be real. Pure. */
export function effectOf(change: NetworkChange, snapshot: NetworkSnapshot): Effect {
  if (change.kind === 'createGroup') return 'unseen';
  if (change.kind === 'changeGroups') {
    const one = snapshot.interfaces.find(({ id }) => id === change.interfaceId);
    if (!one) return 'unseen';
    const has = (id: string): boolean => one.groupIds.includes(id);
    return change.add.every(has) && !change.remove.some(has) ? 'there' : 'missing';
  }
  const group = snapshot.groups.find(({ id }) => id === change.groupId);
  if (change.kind === 'deleteGroup') return group ? 'missing' : 'there';
  if (!group) return 'unseen';
  const seen = (done: boolean): Effect => (done ? 'there' : 'missing');
  switch (change.kind) {
    case 'setInnerAccess':
      return seen(group.innerAccess === change.innerAccess);
    case 'setTags':
      return seen(Object.entries(change.tags).every(([key, value]) => group.tags[key] === value));
    case 'addRules': {
      const keys = new Set(group.ingress.map(ruleKey));
      return seen(change.rules.every((rule) => keys.has(ruleKey(rule))));
    }
    case 'removeRules':
      return seen(!change.rules.some((rule) => group.ingress.some((present) => isSameRule(present, rule))));
    case 'modifyRule': {
      const { before, policy, priority } = change;
      if (before.id !== null) {
        const rule = group.ingress.find(({ id }) => id === before.id);
        return seen(rule?.policy === policy && rule.priority === priority);
      }
      const wanted = ruleKey({ ...before, policy, priority });
      return seen(group.ingress.some((rule) => ruleKey(rule) === wanted));
    }
  }
}

/** The changes of a run that were done, with real ids, up to and with this step. */
export function doneChanges(run: JournalRun): NetworkChange[] {
  return run.plan.steps.flatMap((step) => {
    if (recordOf(run, step.id)?.outcome !== 'done') return [];
    const change = realChange(run, step.change);
    return change ? [change] : [];
  });
}

/** Whether later changes of the same run take an earlier one back, so that its effect is not to be looked for. */
function outlived(change: NetworkChange, later: readonly NetworkChange[]): boolean {
  return later.some((next) => {
    if (next.kind === 'deleteGroup') return 'groupId' in change && change.groupId === next.groupId;
    if (change.kind === 'changeGroups' && next.kind === 'changeGroups')
      return change.interfaceId === next.interfaceId;
    if (!('groupId' in change) || !('groupId' in next) || change.groupId !== next.groupId) return false;
    return change.kind === 'addRules' && (next.kind === 'removeRules' || next.kind === 'modifyRule');
  });
}

/** The changes whose effect is missing in what was read. */
export function missingEffects(
  changes: readonly NetworkChange[],
  snapshot: NetworkSnapshot,
): NetworkChange[] {
  return changes.filter(
    (change, at) => effectOf(change, snapshot) === 'missing' && !outlived(change, changes.slice(at + 1)),
  );
}
