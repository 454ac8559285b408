import type { ChecklistPart } from '../../../../shared/checklist';
import type { Finding, PartChange, Tick } from './types';

export interface Settled {
  readonly finding: Finding;
  readonly part: ChecklistPart;
  /** What is to be kept; null: nothing. The very same as before when nothing changed. */
  readonly tick: Tick | null;
  readonly change: PartChange | null;
}

/**
 * One part from what evidence says now and what was ticked before. Evidence ticks, and takes the place of a hand; what
 * contradicts a tick and is newer opens it again; silence and doubt leave it as it was. Pure.
 */
export function settle(
  finding: Finding,
  before: Tick | null,
  account: string | null,
  nowMs: number,
): Settled {
  const tick = ticked(finding, before, account, nowMs);
  const change =
    tick !== null && (before?.state !== tick.state || before.by !== tick.by)
      ? {
          part: tick.part,
          to: tick.state,
          by: tick.state === 'done' ? tick.by : ('evidence' as const),
          who: tick.state === 'done' ? tick.who : null,
          atMs: tick.atMs,
        }
      : null;
  return { finding, part: partOf(finding, tick), tick, change };
}

function ticked(finding: Finding, before: Tick | null, account: string | null, nowMs: number): Tick | null {
  const { id: part, evidence, who } = finding;
  const atMs = finding.atMs ?? nowMs;
  if (finding.says === 'shown') {
    const known = before?.state === 'done' && before.by === 'evidence' ? before : null;
    if (known && JSON.stringify(known.evidence) === JSON.stringify(evidence)) return known;
    const at = known ? { atMs: known.atMs, who: known.who } : { atMs, who };
    return { part, account, state: 'done', by: 'evidence', ...at, evidence };
  }
  if (finding.says !== 'against' || before?.state !== 'done') return before;
  if (atMs <= before.atMs && !finding.holdsNow) return before;
  const { by } = before;
  return { part, account, state: 'reopened', by, who: null, atMs: Math.max(atMs, before.atMs), evidence };
}

function partOf(finding: Finding, tick: Tick | null): ChecklistPart {
  const { id, what, why, actions, byHand, optional, countdown, says, doing } = finding;
  const common = { id, what, why, actions: [...actions], optional, countdown };
  if (tick?.state === 'done') {
    const { by, who, atMs } = tick;
    const evidence = says === 'shown' ? finding.evidence : tick.evidence;
    // What was ticked by hand can be taken back by hand.
    return { ...common, state: 'done', by, who, atMs, evidence, byHand: byHand || by === 'hand' };
  }
  const open = { by: null, who: null, evidence: finding.evidence, byHand };
  if (says === 'notNeeded') return { ...common, ...open, state: 'notNeeded', atMs: null, byHand: false };
  if (tick) {
    const evidence = says === 'against' ? finding.evidence : (finding.evidence ?? tick.evidence);
    return { ...common, ...open, state: 'reopened', atMs: tick.atMs, evidence };
  }
  if (says === 'blocked') return { ...common, ...open, state: 'blocked', atMs: null };
  return { ...common, ...open, state: doing ? 'doing' : 'todo', atMs: null };
}
