import { describe, expect, it } from 'vitest';
import { isAddress, localeName, parseAddresses, parseNumber } from './settings-model';

describe('numbers', () => {
  it('take a decimal comma and refuse what does not fit', () => {
    expect(parseNumber(' 2,5 ', 1, 10, false)).toEqual({ value: 2.5 });
    for (const text of ['', 'x', '0', '11', '1e9'])
      expect(parseNumber(text, 1, 10, false)).toHaveProperty('error');
    expect(parseNumber('2.5', 1, 10, true)).toMatchObject({ error: { key: 'settings.error.whole' } });
  });
});

describe('addresses', () => {
  it.each([
    '203.0.113.7',
    '203.0.113.0/24',
    '::1',
    '2001:db8::/48',
    '2001:db8:0:0:0:0:0:1',
    '::ffff:192.0.2.1',
  ])('are %s', (text) => expect(isAddress(text)).toBe(true));
  it.each([
    '203.0.113',
    '203.0.113.256',
    '203.0.113.7/33',
    '203.0.113.7/',
    'host.example',
    '2001:db8::1::2',
    '2001:db8',
    '1:2:3:4:5:6:7:8:9',
    '::/129',
    '12345::',
    'a/b/c',
  ])('are not %s', (text) => expect(isAddress(text)).toBe(false));

  it('stand one a line, each once', () => {
    expect(parseAddresses('203.0.113.7\n\n ::1 \n203.0.113.7')).toEqual({ value: ['203.0.113.7', '::1'] });
    expect(parseAddresses('203.0.113.7\nhome')).toMatchObject({ error: { params: { text: 'home' } } });
    const many = Array.from({ length: 51 }, (_, index) => `10.0.0.${index}`).join('\n');
    expect(parseAddresses(many)).toMatchObject({ error: { key: 'settings.ownAddresses.tooMany' } });
  });
});

it('names a locale in its own language, and what is none by itself', () => {
  expect(localeName('de-DE')).toContain('Deutsch');
  expect(localeName('!')).toBe('!');
});
