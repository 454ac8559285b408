import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../shared/cidr';
import {
  type AddressSet,
  complement,
  contains,
  equals,
  everything,
  intersect,
  rangeOf,
  setOf,
  setOfCidrs,
  sizeOf,
  subtract,
  toCidrs,
  union,
} from './address-set';

/** Sets within the first 64 addresses, beside the same as plain numbers. */
const small = fc
  .array(fc.tuple(fc.nat(63), fc.nat(20)), { maxLength: 6 })
  .map((parts) =>
    setOf(parts.map(([lo, length]) => ({ lo: BigInt(lo), hi: BigInt(Math.min(lo + length, 63)) }))),
  );
const plain = (set: AddressSet): number[] =>
  Array.from({ length: 64 }, (_, at) => at).filter((at) =>
    set.some(({ lo, hi }) => lo <= BigInt(at) && BigInt(at) <= hi),
  );

describe('sets of addresses', () => {
  it('are what sets of numbers are', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        const [left, right] = [plain(a), plain(b)];
        expect(plain(union(a, b))).toEqual([...new Set([...left, ...right])].sort((x, y) => x - y));
        expect(plain(intersect(a, b))).toEqual(left.filter((at) => right.includes(at)));
        expect(plain(subtract(a, b))).toEqual(left.filter((at) => !right.includes(at)));
        expect(contains(a, b)).toBe(right.every((at) => left.includes(at)));
        expect(equals(a, b)).toBe(JSON.stringify(left) === JSON.stringify(right));
        expect(sizeOf(a)).toBe(BigInt(left.length));
        expect(equals(complement(complement(a, 'ipv4'), 'ipv4'), a)).toBe(true);
      }),
    );
  });

  it('become the least blocks, which are the same set again', () => {
    const least = (numbers: readonly number[], lo = 0, size = 64): number => {
      const inside = numbers.filter((at) => at >= lo && at < lo + size).length;
      if (inside === 0) return 0;
      return inside === size ? 1 : least(numbers, lo, size / 2) + least(numbers, lo + size / 2, size / 2);
    };
    fc.assert(
      fc.property(small, (set) => {
        const blocks = toCidrs(set, 'ipv4');
        expect(blocks.length).toBe(least(plain(set)));
        expect(equals(setOfCidrs(blocks, 'ipv4'), set)).toBe(true);
      }),
    );
  });

  it('of everything but one address is one block for each bit', () => {
    expect(toCidrs(complement(setOfCidrs(['203.0.113.7/32'], 'ipv4'), 'ipv4'), 'ipv4')).toHaveLength(32);
    expect(toCidrs(complement(setOfCidrs(['2001:db8::7/128'], 'ipv6'), 'ipv6'), 'ipv6')).toHaveLength(128);
    expect(toCidrs(everything.ipv6, 'ipv6')).toEqual(['::/0']);
    expect(toCidrs(everything.ipv4, 'ipv4', 0)).toEqual([]);
  });

  it('leave out what is no block of the family', () => {
    expect(setOfCidrs(['::/0', 'nonsense'], 'ipv4')).toEqual([]);
    const cidr = parseCidr('10.0.0.0/8');
    if (!cidr) throw new Error('no block');
    expect(rangeOf(cidr)).toEqual({ lo: 0x0a000000n, hi: 0x0affffffn });
  });
});
