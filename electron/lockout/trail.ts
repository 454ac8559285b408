import type { Ticks } from '../../shared/time';
import { SAME_MOMENT } from './evidence-state';
import type { TrailRow } from './types';

/** Rows kept an account. */
export const TRAIL_LENGTH = 64;

/** What a row says of an event that gives nothing but its place and kind. The order of the keys is that of every row. */
export const EMPTY_DETAILS: Omit<TrailRow, 'kind' | 'time' | 'channel' | 'recordId' | 'eventId'> = {
  counts: 'no',
  reason: null,
  code: 0,
  address: null,
  inferredFrom: null,
  workstation: null,
  logonType: null,
  process: null,
  mergedWith: null,
  refuted: false,
  signIn: null,
  by: null,
  reading: null,
};

/** R29: by time, then record id; a reading comes after the events of its instant. */
export function comesBefore(a: TrailRow, b: TrailRow): boolean {
  if (a.time !== b.time) return a.time < b.time;
  const aRead = a.kind === 'reading';
  if (aRead !== (b.kind === 'reading')) return !aRead;
  if (a.channel !== b.channel) return a.channel < b.channel;
  return a.recordId < b.recordId;
}

/** Puts a row in its place; returns the place. Rows nearly always come in order. */
export function insert(trail: TrailRow[], row: TrailRow): number {
  let index = trail.length;
  while (index > 0) {
    const previous = trail[index - 1];
    if (!previous || !comesBefore(row, previous)) break;
    index--;
  }
  trail.splice(index, 0, row);
  return index;
}

/** A logon failure is seen once where the logon was tried (4625) and once where the password was judged. */
const isValidation = (row: TrailRow): boolean =>
  row.eventId === 4776 || row.eventId === 4771 || row.eventId === 4768;

/** R26: two events are one attempt when they are near in time, say the same and name no different source. */
function sameAttempt(a: TrailRow, b: TrailRow): boolean {
  if (a.kind !== 'failure' || b.kind !== 'failure' || a.mergedWith || b.mergedWith) return false;
  if (a.eventId === 4723 || b.eventId === 4723 || isValidation(a) === isValidation(b)) return false;
  if (a.reason !== b.reason) return false;
  return compatible(a.workstation, b.workstation) && compatible(a.address, b.address);
}

const compatible = (a: string | null, b: string | null): boolean =>
  a === null || b === null || a.toLowerCase() === b.toLowerCase();

/** The place of the row that saw the same attempt, nearest in time first; -1 when there is none. */
export function findPartner(trail: readonly TrailRow[], row: TrailRow): number {
  let best = -1;
  let bestDistance: Ticks = SAME_MOMENT + 1n;
  for (let i = trail.length - 1; i >= 0; i--) {
    const other = trail[i];
    if (!other || row.time - other.time > SAME_MOMENT) break;
    const distance = row.time >= other.time ? row.time - other.time : other.time - row.time;
    if (distance <= bestDistance && distance <= SAME_MOMENT && sameAttempt(other, row)) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}

const earlier = (a: TrailRow, b: TrailRow): TrailRow => (comesBefore(b, a) ? b : a);

/** Both events as one row: the logon event's view, the earlier time, the address of either. */
export function merge(a: TrailRow, b: TrailRow): TrailRow {
  const [logon, validation] = isValidation(a) ? [b, a] : [a, b];
  return {
    ...logon,
    time: earlier(a, b).time,
    address: logon.address ?? validation.address,
    inferredFrom: logon.address !== null ? logon.inferredFrom : validation.inferredFrom,
    workstation: logon.workstation ?? validation.workstation,
    mergedWith: { eventId: validation.eventId, recordId: validation.recordId },
  };
}
