import { type AddressSet, addressesOf, type Family, type Range } from './address-set';

const OWNERS_SHOWN = 3;

export interface Claimed {
  /** What nobody had claimed before. */
  readonly fresh: readonly Range[];
  /** Who had claimed parts of the rest: the first few, in order of addresses. */
  readonly takenBy: readonly number[];
}

/**
 * Who decides about which addresses of one family: the first to claim an address keeps it. Kept as ranges in order,
 * so that a rule costs the ranges it overlaps and not all of them.
 */
export class Claims {
  private readonly pieces: (Range & { readonly owner: number })[] = [];
  private unclaimed: bigint;

  constructor(family: Family) {
    this.unclaimed = addressesOf[family];
  }

  get full(): boolean {
    return this.unclaimed === 0n;
  }

  claim(set: AddressSet, owner: number): Claimed {
    return this.each(set, owner);
  }

  /** As `claim`, but claims nothing. */
  peek(set: AddressSet): Claimed {
    return this.each(set, null);
  }

  private each(set: AddressSet, owner: number | null): Claimed {
    const fresh: Range[] = [];
    const takenBy: number[] = [];
    for (const range of set) {
      const seen = this.look(range, this.full ? OWNERS_SHOWN : Number.POSITIVE_INFINITY);
      for (const one of seen.takenBy)
        if (takenBy.length < OWNERS_SHOWN && !takenBy.includes(one)) takenBy.push(one);
      fresh.push(...seen.fresh);
      if (owner !== null) this.insert(seen.fresh, seen.at, owner);
    }
    return { fresh, takenBy };
  }

  /** The first piece that ends at or after `lo`. */
  private find(lo: bigint): number {
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.pieces[middle]?.hi ?? 0n) < lo) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private look(range: Range, most: number): Claimed & { at: number } {
    const fresh: Range[] = [];
    const takenBy: number[] = [];
    const at = this.find(range.lo);
    let lo = range.lo;
    let next = at;
    for (; next < this.pieces.length && next - at < most; next++) {
      const piece = this.pieces[next];
      if (!piece || piece.lo > range.hi) break;
      if (piece.lo > lo) fresh.push({ lo, hi: piece.lo - 1n });
      if (takenBy.length < OWNERS_SHOWN && !takenBy.includes(piece.owner)) takenBy.push(piece.owner);
      lo = piece.hi + 1n;
    }
    if (lo <= range.hi && next - at < most) fresh.push({ lo, hi: range.hi });
    return { fresh, takenBy, at };
  }

  private insert(fresh: readonly Range[], at: number, owner: number): void {
    const [only] = fresh;
    if (!only) return;
    for (const range of fresh) this.unclaimed -= range.hi - range.lo + 1n;
    if (fresh.length === 1) {
      const index = (this.pieces[at]?.lo ?? only.hi + 1n) > only.hi ? at : this.find(only.lo);
      this.pieces.splice(index, 0, { lo: only.lo, hi: only.hi, owner });
      return;
    }
    const before = this.pieces.slice(0, at);
    const after = this.pieces.slice(at);
    const merged: (Range & { owner: number })[] = [];
    let next = 0;
    for (const piece of after) {
      for (let one = fresh[next]; one && one.lo < piece.lo; one = fresh[++next])
        merged.push({ lo: one.lo, hi: one.hi, owner });
      merged.push(piece);
    }
    for (let one = fresh[next]; one; one = fresh[++next]) merged.push({ lo: one.lo, hi: one.hi, owner });
    this.pieces.splice(0, this.pieces.length);
    for (const piece of before) this.pieces.push(piece);
    for (const piece of merged) this.pieces.push(piece);
  }
}
