import { describe, expect, it } from 'vitest';
import { nameOf, strokesOf } from './keysyms';
import { typeStrokes } from './type-strokes';

const keys = (text: string): number[] => strokesOf(text).strokes.map(({ keysym }) => keysym);

describe('a text as keys', () => {
  it('is its characters: Latin by their own numbers, others by Unicode', () => {
    expect(keys('aÄ€я中')).toEqual([0x61, 0xc4, 0x0100_20ac, 0x0100_044f, 0x0100_4e2d]);
    expect(keys('😀')).toEqual([0x0101_f600]);
  });

  it('has Enter for every kind of new line, and Tab', () => {
    expect(keys('a\r\nb\rc\n\td')).toEqual([0x61, 0xff0d, 0x62, 0xff0d, 0x63, 0xff0d, 0xff09, 0x64]);
  });

  it('is composed where it can be', () => {
    expect(keys('u\u0308')).toEqual([0xfc]);
  });

  it('holds Shift where a US keyboard needs it', () => {
    expect(strokesOf('aA1!-_Ä').strokes.map(({ shift }) => shift)).toEqual([
      false,
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
  });

  it('leaves out what no key stands for, and names it', () => {
    const { strokes, left } = strokesOf('a\u0007b\u0085c\ud800d\ufffe');
    expect(strokes).toHaveLength(4);
    expect(left.map(nameOf)).toEqual(['U+0007', 'U+0085', 'U+D800', 'U+FFFE']);
  });
});

describe('typing', () => {
  const { strokes } = strokesOf('aB');

  it('releases each key before the next, and Shift with it', async () => {
    const sent: (readonly [number, boolean])[] = [];
    const done = await typeStrokes(strokes, {
      sendKey: (keysym, down) => sent.push([keysym, down]),
      pause: async () => undefined,
      wanted: () => true,
      onProgress: () => undefined,
    });
    expect(done).toBe(2);
    expect(sent).toEqual([
      [0x61, true],
      [0x61, false],
      [0xffe1, true],
      [0x42, true],
      [0x42, false],
      [0xffe1, false],
    ]);
  });

  it('stops between two characters', async () => {
    let wanted = true;
    const progress: number[] = [];
    const done = await typeStrokes(strokesOf('abcdef').strokes, {
      sendKey: () => undefined,
      pause: async () => undefined,
      wanted: () => wanted,
      onProgress(now) {
        progress.push(now);
        wanted = now < 3;
      },
    });
    expect(done).toBe(3);
    expect(progress).toEqual([1, 2, 3]);
  });
});
