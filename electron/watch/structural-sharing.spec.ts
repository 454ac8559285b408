import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { share } from './structural-sharing';

describe('structural sharing', () => {
  it('gives the old value when all is equal, and keeps equal parts when not', () => {
    const before = { name: 'a', list: [{ x: 1 }, { x: 2 }], deep: { y: [1, 2] } };
    expect(share(before, structuredClone(before))).toBe(before);
    const after = share(before, { ...structuredClone(before), list: [{ x: 1 }, { x: 3 }] });
    expect(after).toEqual({ name: 'a', list: [{ x: 1 }, { x: 3 }], deep: { y: [1, 2] } });
    expect(after.deep).toBe(before.deep);
    expect(after.list[0]).toBe(before.list[0]);
  });

  it('takes any key for what it is', () => {
    const after = JSON.parse('{"__proto__":{"x":1},"y":[2]}');
    const shared = share(JSON.parse('{"__proto__":{"x":0},"y":[2]}'), after);
    expect(JSON.stringify(shared)).toBe('{"__proto__":{"x":1},"y":[2]}');
  });

  it('is always equal to the new value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        expect(share(before, after)).toEqual(after);
        expect(share(before, structuredClone(before))).toEqual(before);
      }),
    );
  });
});
