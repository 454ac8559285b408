import { describe, expect, it } from 'vitest';
import { failedLogons } from './generate';

const OPTIONS = { count: 1_234, startMs: Date.UTC(2026, 0, 1), gapMs: 700 };
const textOf = (seed: string) => Buffer.concat([...failedLogons({ ...OPTIONS, seed })]).toString('utf16le');

describe('the generator of failed logons', () => {
  it('gives as many records as asked for, ids going up by one, the same for the same seed', () => {
    const text = textOf('a');
    const ids = [...text.matchAll(/<EventRecordID>(\d+)</g)].map((match) => Number(match[1]));
    expect(ids).toEqual(Array.from({ length: 1_234 }, (_, i) => i + 1));
    expect(textOf('a')).toBe(text);
    expect(textOf('b')).not.toBe(text);
  });

  it('guesses many names from many addresses, some of which exist', () => {
    const text = textOf('a');
    const distinct = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map((match) => match[1])).size;
    expect(distinct(/'TargetUserName'>([^<]+)/g)).toBeGreaterThan(400);
    expect(distinct(/'IpAddress'>([^<]+)/g)).toBeGreaterThan(150);
    expect(text.match(/0xc000006a/g)?.length).toBeGreaterThan(60);
    expect(text.match(/0xc0000064/g)?.length).toBeGreaterThan(900);
  });
});
