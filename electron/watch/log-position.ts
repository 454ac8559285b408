import { type Filetime, msFromTicks } from '../../shared/time';
import type { GapReason } from '../lockout';
import type { ChannelState } from '../sources/source';
import type { StreamBookmark } from '../storage/evidence-types';

/** How what a channel holds lies to what has been read of it. */
export interface LogPosition {
  readonly newest: number | null;
  readonly gap: Extract<GapReason, 'recordsMissing' | 'logRebuilt'> | null;
}

/**
 * Records are missing when the oldest one left is beyond the next one; a log whose newest record is before the last
 * one read was made anew: ids survive a clearing, but not a new file. A log that is empty after it was not is new too.
 */
export function logPosition(state: ChannelState, bookmark: StreamBookmark | undefined): LogPosition {
  const { oldestRecordId: oldest, newestRecordId: newest } = state;
  const last = bookmark?.recordId ?? 0;
  if (last === 0) return { newest, gap: null };
  if (newest === null || newest < last) return { newest, gap: 'logRebuilt' };
  return { newest, gap: oldest !== null && oldest > last + 1 ? 'recordsMissing' : null };
}

/** A little more than the time since, against clocks that are read at different instants. */
const MARGIN_MS = 1_000;

/** How far back a channel is read that has no record to go on from, in milliseconds by the instance's clock. */
export function sinceMs(bookmark: StreamBookmark | undefined, now: Filetime, firstReadMs: number): number {
  if (!bookmark) return firstReadMs;
  return Math.max(MARGIN_MS, Math.ceil(msFromTicks(now - bookmark.time)) + MARGIN_MS);
}
