import type { Timeline } from '../../../shared/evidence-view';

export interface TimelineSummary {
  readonly total: number;
  readonly counted: number;
  readonly locks: number;
  readonly unlocks: number;
  readonly gaps: number;
  readonly peak: { readonly count: number; readonly atMs: number } | null;
}

const at = (values: readonly number[], index: number): number => values[index] ?? 0;

/** The chart in figures. */
export function summarise(timeline: Timeline): TimelineSummary {
  const { counted, notCounted, marks, fromMs, bucketMs } = timeline;
  let peak: TimelineSummary['peak'] = null;
  let total = 0;
  let countedTotal = 0;
  for (let index = 0; index < Math.max(counted.length, notCounted.length); index += 1) {
    const sum = at(counted, index) + at(notCounted, index);
    total += sum;
    countedTotal += at(counted, index);
    if (sum > (peak?.count ?? 0)) peak = { count: sum, atMs: fromMs + index * bucketMs };
  }
  const marksOf = (kind: string): number => marks.filter((mark) => mark.kind === kind).length;
  return {
    total,
    counted: countedTotal,
    locks: marksOf('lock'),
    unlocks: marksOf('unlock'),
    gaps: marksOf('gap'),
    peak,
  };
}

export type TimelineRow =
  | { readonly kind: 'bucket'; readonly atMs: number; readonly counted: number; readonly notCounted: number }
  | { readonly kind: 'lock' | 'unlock' | 'gap'; readonly atMs: number; readonly account: string | null };

/** The chart as rows, newest first: every bucket with failures, and every mark. */
export function timelineRows(timeline: Timeline): TimelineRow[] {
  const rows: TimelineRow[] = timeline.marks.map(({ kind, atMs, account }) => ({ kind, atMs, account }));
  for (let index = 0; index < timeline.counted.length; index += 1) {
    const counted = at(timeline.counted, index);
    const notCounted = at(timeline.notCounted, index);
    if (counted + notCounted === 0) continue;
    rows.push({ kind: 'bucket', atMs: timeline.fromMs + index * timeline.bucketMs, counted, notCounted });
  }
  return rows.sort((a, b) => b.atMs - a.atMs);
}
