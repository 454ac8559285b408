import type { Filetime } from '../../shared/time';
import type { ChannelMark } from './types';

const KEEP = 128;

/** Which record ids of a channel were taken in: everything up to a floor, and up to twice 128 ids above it. */
export class MutableMark {
  private floor: number;
  private seen: number[];
  private lastTime: Filetime;

  constructor(mark?: ChannelMark) {
    this.floor = mark?.floor ?? -1;
    this.seen = mark ? mark.seen.slice() : [];
    this.lastTime = mark?.lastTime ?? 0n;
  }

  /** True the first time an id comes. Ids may come out of order by up to 128 records; older ones count as seen. */
  admit(recordId: number, time: Filetime): boolean {
    const { seen } = this;
    if (recordId <= this.floor) return false;
    const last = seen[seen.length - 1];
    if (last === undefined || recordId > last) seen.push(recordId);
    else {
      const index = lowerBound(seen, recordId);
      if (seen[index] === recordId) return false;
      seen.splice(index, 0, recordId);
    }
    if (time > this.lastTime) this.lastTime = time;
    if (seen.length >= 2 * KEEP) {
      this.floor = seen[KEEP - 1] ?? this.floor;
      seen.splice(0, KEEP);
    }
    return true;
  }

  snapshot(): ChannelMark {
    return { floor: this.floor, seen: this.seen, lastTime: this.lastTime };
  }
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
