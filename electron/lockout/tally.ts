import type { Filetime } from '../../shared/time';
import type { Tally, TallyEntry } from './types';

export const emptyTally: Tally = { entries: new Map(), others: 0, evictedKeys: 0 };

/** A bounded count by key. A new key in a full tally takes the place of the smallest, oldest one; counts stay true. */
export class MutableTally {
  private readonly entries: Map<string, TallyEntry>;
  private others: number;
  private evictedKeys: number;

  constructor(
    from: Tally,
    private readonly capacity: number,
  ) {
    this.entries = new Map(from.entries);
    this.others = from.others;
    this.evictedKeys = from.evictedKeys;
  }

  add(key: string, time: Filetime, inferred: boolean): void {
    const old = this.entries.get(key);
    if (!old && this.entries.size >= this.capacity) this.makeRoom();
    this.entries.set(key, {
      key,
      count: (old?.count ?? 0) + 1,
      first: old && old.first < time ? old.first : time,
      last: old && old.last > time ? old.last : time,
      inferred: (old?.inferred ?? 0) + (inferred ? 1 : 0),
    });
  }

  /** Takes back one occurrence that turned out to belong elsewhere. */
  remove(key: string, inferred: boolean): void {
    const old = this.entries.get(key);
    if (!old) {
      this.others = Math.max(0, this.others - 1);
      return;
    }
    if (old.count <= 1) this.entries.delete(key);
    else this.entries.set(key, { ...old, count: old.count - 1, inferred: old.inferred - (inferred ? 1 : 0) });
  }

  snapshot(): Tally {
    return { entries: this.entries, others: this.others, evictedKeys: this.evictedKeys };
  }

  private makeRoom(): void {
    let smallest: TallyEntry | undefined;
    for (const entry of this.entries.values()) {
      const less =
        smallest === undefined ||
        entry.count < smallest.count ||
        (entry.count === smallest.count && entry.last < smallest.last);
      if (less) smallest = entry;
    }
    if (!smallest) return;
    this.entries.delete(smallest.key);
    this.others += smallest.count;
    this.evictedKeys++;
  }
}

/** Keys by count, largest first, then by name. */
export const ranked = (tally: Tally): TallyEntry[] =>
  [...tally.entries.values()].sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));

export const tallyTotal = (tally: Tally): number =>
  [...tally.entries.values()].reduce((sum, entry) => sum + entry.count, tally.others);
