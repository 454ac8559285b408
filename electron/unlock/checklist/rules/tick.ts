import type { Checklist, ChecklistPartId } from '../../../../shared/checklist';
import { accountOfPart } from './evaluate';
import type { ChecklistMemory, PartChange, Tick } from './types';

export interface ByHand {
  readonly part: ChecklistPartId;
  readonly done: boolean;
  readonly who: string;
  readonly nowMs: number;
}

/**
 * The memory with one part ticked, or its tick taken back, by hand. Null: that is not for a hand to say; evidence
 * alone decides the part, or it has decided already. Pure.
 */
export function tickByHand(
  checklist: Checklist,
  memory: ChecklistMemory,
  { part: id, done, who, nowMs }: ByHand,
): { readonly memory: ChecklistMemory; readonly change: PartChange } | null {
  const part = checklist.steps.flatMap(({ parts }) => parts).find((one) => one.id === id);
  if (!part?.byHand || part.state === 'notNeeded') return null;
  if (done === (part.state === 'done') || (!done && part.by !== 'hand')) return null;
  const account = accountOfPart(id, checklist.accountKey === null ? null : { key: checklist.accountKey });
  const others = memory.ticks.filter((tick) => tick.part !== id || tick.account !== account);
  const tick: Tick = { part: id, account, state: 'done', by: 'hand', who, atMs: nowMs, evidence: null };
  return {
    memory: { ...memory, ticks: done ? [...others, tick] : others },
    change: { part: id, to: done ? 'done' : 'taken back', by: 'hand', who, atMs: nowMs },
  };
}

/** The memory of a checklist that is about this account from now on, because the admin says so. Pure. */
export const focusByHand = (
  memory: ChecklistMemory,
  account: { key: string; name: string },
): ChecklistMemory => ({
  ...memory,
  focus: { key: account.key, name: account.name, sid: null, byHand: true },
  paceSeconds: null,
  relockSeconds: null,
});
