import { describe, expect, it } from 'vitest';
import { emptyModel } from '../lockout';
import { addressBlocks, ownAddressesIn, rememberOwnAddresses } from './own-addresses';

const seen = (...addresses: string[]) => ({
  ...emptyModel(),
  addresses: {
    entries: new Map(addresses.map((key) => [key, { key, count: 1, first: 0n, last: 0n, inferred: 0 }])),
    others: 0,
    evictedKeys: 0,
  },
});

describe("the admin's own addresses", () => {
  it('are those written as such, alone or in a block, and the one that we connect from', () => {
    const model = seen(
      '203.0.113.7',
      '198.51.100.20',
      '198.51.101.1',
      '192.0.2.9',
      '2001:db8::5',
      'not-an-address',
    );
    const blocks = addressBlocks([
      '203.0.113.7',
      ' 198.51.100.0/24 ',
      '2001:db8::/32',
      'nonsense',
      '10.0.0.0/99',
    ]);
    expect(ownAddressesIn(model, blocks, '::ffff:192.0.2.9')).toEqual([
      '203.0.113.7',
      '198.51.100.20',
      '192.0.2.9',
      '2001:db8::5',
    ]);
  });
});

describe('own addresses over time', () => {
  it('are made anew with new addresses, settings or way in, and else are the same list', () => {
    const own = rememberOwnAddresses();
    const model = seen('203.0.113.7', '192.0.2.9');
    const none = addressBlocks([]);
    const first = own(model, none, '192.0.2.9');
    expect(first).toEqual(['192.0.2.9']);
    expect(own({ ...model, computer: 'X' }, none, '192.0.2.9')).toBe(first);
    expect(own(model, none, null)).toEqual([]);
    expect(own(model, addressBlocks(['203.0.113.0/24']), null)).toEqual(['203.0.113.7']);
    expect(own(seen('192.0.2.9', '203.0.113.8'), addressBlocks(['203.0.113.0/24']), null)).toEqual([
      '203.0.113.8',
    ]);
  });
});
