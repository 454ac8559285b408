import { describe, expect, it } from 'vitest';
import { chosenServices } from './address-services';

const names = (addressServices: string[], ownAddressService = '') =>
  chosenServices({ addressServices, ownAddressService }).map(({ name }) => name);

describe('services that tell the public address', () => {
  it('are those chosen, in their order', () => {
    expect(names(['cipcc', 'ipify'])).toEqual(['cip.cc', 'ipify.org', 'ipify.org (IPv6)']);
    expect(names(['icanhazip'])).toEqual(['icanhazip.com (IPv4)', 'icanhazip.com (IPv6)']);
    expect(names([])).toEqual([]);
    expect(names(['constructor'])).toEqual([]);
  });

  it('are one of the admin’s own only over https', () => {
    expect(names(['own'], 'https://example.org/ip')).toEqual(['example.org']);
    expect(names(['own'], 'http://example.org/ip')).toEqual([]);
    expect(names(['own'])).toEqual([]);
  });
});
