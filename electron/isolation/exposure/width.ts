import { type AddressSet, type Family, sizeOf } from './address-set';

const size = (bits: number, prefix: number): bigint => 1n << BigInt(bits - prefix);

/** From here on a set counts as everywhere: an eighth of all addresses (for IPv6 that is all of the internet). */
const world: Readonly<Record<Family, bigint>> = { ipv4: size(32, 3), ipv6: size(128, 3) };
/** Above this a set is wider than one organisation's network. */
const wide: Readonly<Record<Family, bigint>> = { ipv4: size(32, 16), ipv6: size(128, 32) };

/** How much of the family a set is: `world` from an eighth on, `wide` above a /16 (IPv6: a /32), else `narrow`. */
export function widthOf(set: AddressSet, family: Family): 'world' | 'wide' | 'narrow' {
  const addresses = sizeOf(set);
  if (addresses >= world[family]) return 'world';
  return addresses > wide[family] ? 'wide' : 'narrow';
}
