import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, normaliseCidr, parseCidr } from './cidr';
import { cidrSchema } from './isolation';

describe('reading address blocks', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7/32'],
    ['203.0.113.7/24', '203.0.113.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255', '255.255.255.255/32'],
    ['::', '::/128'],
    ['::/0', '::/0'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1/128'],
    ['2001:db8::ffff/32', '2001:db8::/32'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3/128'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0/128'],
    ['::ffff:192.0.2.1', '::ffff:c000:201/128'],
  ])('%s is %s', (text, spelled) => {
    expect(normaliseCidr(text)).toBe(spelled);
  });

  it.each([
    '',
    ' ',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '010.0.0.1',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/08',
    '1.2.3.4/-1',
    '1.2.3.4/24/24',
    '1.2.3.',
    '.1.2.3',
    '0x7f.0.0.1',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8::',
    'fe80::1%eth0',
    '::1.2.3',
    '1.2.3.4::',
    '12345::',
    '::/129',
    'host.example',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  it('reads back every address that it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (value) => {
        expect(parseCidr(formatAddress('ipv6', value))?.base).toBe(value);
        const short = value & 0xffff_ffffn;
        expect(parseCidr(formatAddress('ipv4', short))?.base).toBe(short);
      }),
    );
  });

  it('turns what an admin types into its one spelling', () => {
    expect(cidrSchema.parse(' 203.0.113.7 ')).toBe('203.0.113.7/32');
    expect(cidrSchema.safeParse('everywhere').success).toBe(false);
  });
});
