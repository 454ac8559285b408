import { addressBits, type Cidr, formatCidr, parseCidr } from '../../../shared/cidr';

export type Family = Cidr['family'];
export const families: readonly Family[] = ['ipv4', 'ipv6'];

/** Addresses lo..hi inclusive. */
export interface Range {
  readonly lo: bigint;
  readonly hi: bigint;
}

/** Addresses of one family: ranges in order, none touching the next. Made by the functions of this file only. */
export type AddressSet = readonly Range[];

export const nothing: AddressSet = [];
const last: Readonly<Record<Family, bigint>> = { ipv4: (1n << 32n) - 1n, ipv6: (1n << 128n) - 1n };
/** How many addresses there are. */
export const addressesOf: Readonly<Record<Family, bigint>> = { ipv4: 1n << 32n, ipv6: 1n << 128n };
export const everything: Readonly<Record<Family, AddressSet>> = {
  ipv4: [{ lo: 0n, hi: last.ipv4 }],
  ipv6: [{ lo: 0n, hi: last.ipv6 }],
};

export function rangeOf(cidr: Cidr): Range {
  const host = BigInt(addressBits[cidr.family] - cidr.prefix);
  return { lo: cidr.base, hi: cidr.base + (1n << host) - 1n };
}

/** The set of these ranges, in whatever order and however they overlap. */
export function setOf(ranges: readonly Range[]): AddressSet {
  if (ranges.length < 2) return ranges;
  const sorted = [...ranges].sort((a, b) => (a.lo < b.lo ? -1 : a.lo > b.lo ? 1 : 0));
  const merged: Range[] = [];
  let open: Range | null = null;
  for (const range of sorted) {
    if (open === null) open = range;
    else if (range.lo > open.hi + 1n) {
      merged.push(open);
      open = range;
    } else if (range.hi > open.hi) open = { lo: open.lo, hi: range.hi };
  }
  if (open !== null) merged.push(open);
  return merged;
}

/** The blocks of one family among these texts. Texts that are no blocks are left out: check them before. */
export function setOfCidrs(texts: readonly string[], family: Family): AddressSet {
  const ranges: Range[] = [];
  for (const text of texts) {
    const cidr = parseCidr(text);
    if (cidr?.family === family) ranges.push(rangeOf(cidr));
  }
  return setOf(ranges);
}

export const union = (a: AddressSet, b: AddressSet): AddressSet =>
  a.length === 0 ? b : b.length === 0 ? a : setOf([...a, ...b]);

export function subtract(from: AddressSet, what: AddressSet): AddressSet {
  const left: Range[] = [];
  let at = 0;
  for (const range of from) {
    let lo = range.lo;
    while (at < what.length && (what[at]?.hi ?? 0n) < lo) at++;
    for (let next = at; next < what.length; next++) {
      const hole = what[next];
      if (!hole || hole.lo > range.hi) break;
      if (hole.lo > lo) left.push({ lo, hi: hole.lo - 1n });
      lo = hole.hi + 1n;
    }
    if (lo <= range.hi) left.push({ lo, hi: range.hi });
  }
  return left;
}

export function intersect(a: AddressSet, b: AddressSet): AddressSet {
  const both: Range[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const one = a[i];
    const other = b[j];
    if (!one || !other) return both;
    let { lo, hi } = one;
    if (other.lo > lo) lo = other.lo;
    if (other.hi < hi) hi = other.hi;
    if (lo <= hi) both.push({ lo, hi });
    if (one.hi < other.hi) i++;
    else j++;
  }
}

export const complement = (set: AddressSet, family: Family): AddressSet => subtract(everything[family], set);
export const isEmpty = (set: AddressSet): boolean => set.length === 0;
export const contains = (outer: AddressSet, inner: AddressSet): boolean => isEmpty(subtract(inner, outer));
export const equals = (a: AddressSet, b: AddressSet): boolean =>
  a.length === b.length && a.every((range, at) => range.lo === b[at]?.lo && range.hi === b[at]?.hi);
export const sizeOf = (set: AddressSet): bigint =>
  set.reduce((size, range) => size + range.hi - range.lo + 1n, 0n);

/** The greatest power of two not above the value, as its exponent. */
const exponent = (value: bigint): number => value.toString(2).length - 1;

/** The least number of blocks that are exactly this set, in order; at most `limit` of them. */
export function toBlocks(set: AddressSet, family: Family, limit = Number.POSITIVE_INFINITY): Cidr[] {
  const blocks: Cidr[] = [];
  for (const range of set) {
    let base = range.lo;
    while (base <= range.hi) {
      if (blocks.length >= limit) return blocks;
      const room = exponent(range.hi - base + 1n);
      const host = base === 0n ? room : Math.min(room, exponent(base & -base));
      blocks.push({ family, base, prefix: addressBits[family] - host, exact: true });
      base += 1n << BigInt(host);
    }
  }
  return blocks;
}

export const toCidrs = (set: AddressSet, family: Family, limit?: number): string[] =>
  toBlocks(set, family, limit).map(formatCidr);
