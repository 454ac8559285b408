import { describe, expect, it } from 'vitest';
import { EventTextDecoder } from './decode';
import { utf8, utf16be, utf16le } from './testing/read-all';

const text = '<Event>Grüße 𝔘 文字</Event>';

function decode(bytes: Uint8Array, step: number): { text: string; encoding: string | undefined } {
  const decoder = new EventTextDecoder();
  let out = '';
  for (let at = 0; at < bytes.length; at += step) out += decoder.push(bytes.subarray(at, at + step));
  out += decoder.end();
  return { text: out, encoding: decoder.encoding };
}

describe('EventTextDecoder', () => {
  const forms: [string, Uint8Array, string][] = [
    ['UTF-8', utf8(text), 'utf-8'],
    ['UTF-8 with a mark', utf8(`\ufeff${text}`), 'utf-8'],
    ['UTF-16LE', utf16le(text), 'utf-16le'],
    ['UTF-16LE with a mark', utf16le(`\ufeff${text}`), 'utf-16le'],
    ['UTF-16BE', utf16be(text), 'utf-16be'],
    ['UTF-16BE with a mark', utf16be(`\ufeff${text}`), 'utf-16be'],
  ];
  it.each(forms)('reads %s in chunks of any size', (_, bytes, encoding) => {
    for (const step of [1, 2, 3, 5, 7, 1000]) {
      const result = decode(bytes, step);
      expect(result.text.replace('\ufeff', '')).toBe(text);
      expect(result.encoding).toBe(encoding);
    }
  });

  it('replaces half a pair and strips NULs and control characters', () => {
    expect(decode(utf16le('<a\u0000b\u0001\ud835c\udd18d\tx'), 3).text).toBe('<ab\ufffdc\ufffdd\tx');
    expect(decode(utf16le('ab\ud835'), 2).text).toBe('ab\ufffd');
    expect(decode(Uint8Array.from([...utf16le('ab'), 0x41]), 2).text).toBe('ab\ufffd');
    expect(decode(Uint8Array.from([0x61, 0xff, 0x62]), 1).text).toBe('a\ufffdb');
  });

  it('reads UTF-16 ASCII behind an ASCII banner, which looked like UTF-8', () => {
    expect(decode(Uint8Array.from([...utf8('banner\r\n'), ...utf16le('<Event>')]), 4).text).toBe(
      'banner\r\n<Event>',
    );
  });

  it('takes nothing and a single byte', () => {
    expect(decode(new Uint8Array(0), 1).text).toBe('');
    expect(decode(utf8('a'), 1).text).toBe('a');
  });
});
