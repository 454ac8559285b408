import { describe, expect, it } from 'vitest';
import { failureCode, kerberosMeaning, ntstatusMeaning, parseCode } from './windows-codes';

const code = (Status: string, SubStatus: string) => failureCode({ data: { Status, SubStatus } });

describe('failure codes', () => {
  it('R24 takes SubStatus unless it is zero', () => {
    expect(code('0xc000006d', '0xc000006a')).toBe(0xc000006a);
    expect(code('0xc0000234', '0x0')).toBe(0xc0000234);
    expect(code('0xC0000224', '0x00000000')).toBe(0xc0000224);
    expect(failureCode({ data: {} })).toBeUndefined();
  });

  it('R24 compares codes as numbers, zero-padded or not', () => {
    expect(parseCode('0x18')).toBe(parseCode('0x00000018'));
    expect(parseCode('-1073741718')).toBe(0xc000006a);
    expect(parseCode('%%2313')).toBeUndefined();
    expect(parseCode(' ')).toBeUndefined();
  });

  it('R7 counts a wrong password and nothing else for certain', () => {
    const counts = (value: number) => ntstatusMeaning(value).counts;
    expect(counts(0xc000006a)).toBe('yes');
    for (const no of [0xc0000064, 0xc0000234, 0xc0000072, 0xc000006f, 0xc0000071, 0xc000015b, 0xc000005e]) {
      expect(counts(no)).toBe('no');
    }
    expect([counts(0xc000006d), counts(0xc000006e), counts(0xc0001234)]).toEqual([
      'uncertain',
      'uncertain',
      'uncertain',
    ]);
    expect(ntstatusMeaning(undefined)).toEqual({ reason: 'unknownCode', counts: 'uncertain' });
  });

  it('R7 counts Kerberos 0x18 only', () => {
    expect(kerberosMeaning(0x18)).toEqual({ reason: 'wrongPassword', counts: 'yes' });
    expect([0x17, 0x12, 0x10, 0x6, 0x25].map((value) => kerberosMeaning(value).counts)).toEqual(
      Array.from({ length: 5 }, () => 'no'),
    );
  });
});
