import { type Filetime, TICKS_PER_SECOND, type Ticks } from '../../shared/time';
import type { AccountRecord, Pace, TrailRow } from './types';

/** Attempts that come closer than this are one burst of one retry (R23). */
const BURST: Ticks = 5n * TICKS_PER_SECOND;
const SHORTEST_PERIOD: Ticks = 10n * TICKS_PER_SECOND;
const LATEST = 16;
const BURSTS_NEEDED = 4;

/** A rhythm of retries from one source, in ticks. */
export interface Rhythm {
  readonly period: Ticks;
  /** The most attempts in one retry. */
  readonly burst: number;
  readonly retries: number;
  readonly source: string;
}

/** Failures that count, or would if the account were not locked, oldest first. */
const attempts = (record: AccountRecord): TrailRow[] =>
  record.trail.filter(
    (row) =>
      row.kind === 'failure' &&
      !row.refuted &&
      (row.reason === 'wrongPassword' || row.reason === 'lockedOut'),
  );

const median = (values: readonly Ticks[]): Ticks => {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[sorted.length >> 1] ?? 0n;
};

const intervals = (rows: readonly TrailRow[]): Ticks[] =>
  rows.slice(1).map((row, i) => row.time - (rows[i]?.time ?? row.time));

/** How fast the account fails lately (R30); null with fewer than three failures. `now` in ticks. */
export function paceOf(record: AccountRecord, now: Filetime): Pace | null {
  const rows = attempts(record).slice(-LATEST);
  const last = rows[rows.length - 1];
  if (!last || rows.length < 3) return null;
  const all = intervals(rows);
  // A long pause is no part of the pace: only intervals of the common size are.
  const limit = median(all) * 10n;
  const usual = all.filter((interval) => interval <= limit);
  const meanInterval = usual.reduce((sum, interval) => sum + interval, 0n) / BigInt(usual.length);
  const rhythm = rhythmOf(record);
  const due = rhythm && rhythm.period > meanInterval ? rhythm.period : meanInterval;
  return {
    meanInterval,
    steadyPeriod: rhythm?.period ?? null,
    failures: rows.length,
    lastAt: last.time,
    alive: now - last.time <= 3n * due + TICKS_PER_SECOND,
  };
}

/** Where an attempt came from, as exactly as its event says. */
export const sourceOf = (row: TrailRow): string =>
  `${row.address ?? ''}|${(row.workstation ?? '').toLowerCase()}|${(row.process ?? '').toLowerCase()}|${row.logonType ?? ''}`;

/** The steady rhythm of the busiest source: retries whose distances vary by less than a tenth (R30); null for none. */
export function rhythmOf(record: AccountRecord): Rhythm | null {
  const bySource = new Map<string, TrailRow[]>();
  for (const row of attempts(record)) {
    const source = sourceOf(row);
    const rows = bySource.get(source);
    if (rows) rows.push(row);
    else bySource.set(source, [row]);
  }
  let busiest: [string, TrailRow[]] | undefined;
  for (const entry of bySource) {
    if (!busiest || entry[1].length > busiest[1].length) busiest = entry;
  }
  return busiest ? rhythmIn(busiest[0], busiest[1]) : null;
}

function rhythmIn(source: string, rows: readonly TrailRow[]): Rhythm | null {
  const starts: TrailRow[] = [];
  let [size, burst] = [0, 0];
  let previous: TrailRow | undefined;
  for (const row of rows) {
    if (previous && row.time - previous.time <= BURST) size++;
    else {
      starts.push(row);
      size = 1;
    }
    burst = Math.max(burst, size);
    previous = row;
  }
  if (starts.length < BURSTS_NEEDED) return null;
  const distances = intervals(starts);
  const period = median(distances);
  if (period < SHORTEST_PERIOD) return null;
  const slack = period / 10n > TICKS_PER_SECOND ? period / 10n : TICKS_PER_SECOND;
  const steady = distances.every((d) => (d > period ? d - period : period - d) <= slack);
  return steady ? { period, burst, retries: starts.length, source } : null;
}
