import { describe, expect, it } from 'vitest';
import { encodeIcns, encodeIco } from './containers.mjs';

const png = (/** @type {string} */ content) => Buffer.from(content);

describe('an icon file', () => {
  it('of Windows names size and place of each image', () => {
    const ico = encodeIco([
      { size: 16, png: png('small') },
      { size: 256, png: png('large one') },
    ]);
    expect([...ico.subarray(0, 6)]).toEqual([0, 0, 1, 0, 2, 0]);
    expect(ico[6]).toBe(16);
    expect(ico[22]).toBe(0);
    const [length, offset] = [ico.readUInt32LE(22 + 8), ico.readUInt32LE(22 + 12)];
    expect(ico.subarray(offset, offset + length).toString()).toBe('large one');
  });

  it('of Apple holds each image under the types of its size, and no size that has none', () => {
    const icns = encodeIcns([
      { size: 32, png: png('abc') },
      { size: 48, png: png('left out') },
    ]);
    expect(icns.toString('latin1')).toMatch(/^icns.{4}icp5.{4}abcic11.{4}abc$/s);
    expect(icns.readUInt32BE(4)).toBe(icns.length);
  });
});
