import { isIP } from 'node:net';

/** The usual form of an address: lower case, IPv6 compressed. Null for what is no address. */
export function canonicalAddress(text: string): string | null {
  const trimmed = text.trim();
  const family = isIP(trimmed);
  if (family === 4) return trimmed;
  if (family !== 6 || trimmed.includes('%')) return null;
  return new URL(`http://[${trimmed}]`).hostname.slice(1, -1);
}

/**
 * The usual form of a block: a canonical address and its prefix length, which is that of one address when it is
 * left out. Bits beyond the prefix stay as they are. Null for what is no block.
 */
export function canonicalBlock(text: string): string | null {
  const [address, length, ...rest] = text.trim().split('/');
  const canonical = canonicalAddress(address ?? '');
  if (canonical === null || rest.length > 0) return null;
  const bits = canonical.includes(':') ? 128 : 32;
  if (length === undefined) return `${canonical}/${bits}`;
  return /^\d{1,3}$/.test(length) && Number(length) <= bits ? `${canonical}/${Number(length)}` : null;
}
