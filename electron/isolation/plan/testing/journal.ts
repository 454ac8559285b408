import type { JournalEntry, JournalRun, Plan } from '../../../../shared/isolation';
import type { NetworkSnapshot } from '../../../../shared/network';
import { resolveGroups } from '../predict';
import { applyChange, type Estate } from './estate';

/** An entry before anything was done under it. */
export const newEntry = (original: NetworkSnapshot, rdpPort: number): JournalEntry => ({
  version: 1,
  id: 'entry-1',
  instance: {
    region: original.instance.region,
    instanceId: original.instance.id,
    name: original.instance.name,
  },
  rdpPort,
  admin: 'ada',
  reason: 'attack',
  incident: '',
  createdAtMs: 0,
  updatedAtMs: 0,
  state: 'recorded',
  original,
  runs: [],
});

export interface Carried {
  readonly estate: Estate;
  readonly entry: JournalEntry;
}

/** Carries out the first `count` steps of a plan and journals them; `watch` sees the estate after each. */
export function carryOut(
  from: Carried,
  plan: Plan,
  options: {
    readonly count?: number;
    /** The step after the last is journalled as sent, without its effect. */
    readonly oneMoreSent?: boolean;
    readonly groupLimit?: number;
    readonly watch?: (estate: Estate) => void;
  } = {},
): Carried {
  const count = options.count ?? plan.steps.length;
  const instanceId = plan.instance.instanceId;
  const ids: Record<string, string> = {};
  let { estate } = from;
  const steps = plan.steps.map((step, at): JournalRun['steps'][number] => {
    const record = { stepId: step.id, token: `t${at}`, attempts: 0, startedAtMs: null, finishedAtMs: null };
    const rest = { requestIds: [], groupId: null, error: null };
    if (at >= count)
      return { ...record, ...rest, outcome: at === count && options.oneMoreSent ? 'sent' : 'waiting' };
    const result = applyChange(estate, instanceId, resolveGroups(step.change, ids), options.groupLimit);
    estate = result.estate;
    if (step.change.kind === 'createGroup' && result.groupId !== null) ids[step.change.as] = result.groupId;
    options.watch?.(estate);
    return { ...record, ...rest, outcome: 'done', groupId: result.groupId };
  });
  const run: JournalRun = {
    plan,
    admin: 'ada',
    startedAtMs: 0,
    finishedAtMs: null,
    steps,
    verification: null,
  };
  return { estate, entry: { ...from.entry, runs: [...from.entry.runs, run] } };
}
