/** Address blocks, IPv4 and IPv6, read strictly: what an octal, a zone or a missing part could mean is refused. */

export interface Cidr {
  readonly family: 'ipv4' | 'ipv6';
  /** First address of the block as a number. */
  readonly base: bigint;
  readonly prefix: number;
  /** False when the text named an address inside the block instead of its first one. */
  readonly exact: boolean;
}

export const addressBits = { ipv4: 32, ipv6: 128 } as const;

const dot = 46;
const zero = 48;

/** By characters and in plain numbers: snapshots hold thousands of these. */
function readIpv4Number(text: string): number | null {
  let value = 0;
  let octet = -1;
  let octets = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : dot;
    if (code === dot) {
      if (octet < 0 || octets === 4) return null;
      value = value * 256 + octet;
      octets++;
      octet = -1;
    } else if (code >= zero && code <= zero + 9 && octet !== 0) {
      octet = Math.max(octet, 0) * 10 + code - zero;
      if (octet > 255) return null;
    } else return null;
  }
  return octets === 4 ? value : null;
}

function readIpv4(text: string): bigint | null {
  const value = readIpv4Number(text);
  return value === null ? null : BigInt(value);
}

/** The 16-bit groups of one side of `::`; a dotted IPv4 tail counts as two. */
function readGroups(text: string, tailAllowed: boolean): bigint[] | null {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.')) {
      const tail = tailAllowed && index === parts.length - 1 ? readIpv4(part) : null;
      if (tail === null) return null;
      groups.push(tail >> 16n, tail & 0xffffn);
    } else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}

function readIpv6(text: string): bigint | null {
  const sides = text.split('::');
  if (sides.length > 2) return null;
  const head = readGroups(sides[0] ?? '', sides.length === 1);
  const tail = readGroups(sides[1] ?? '', true);
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (sides.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...head, ...new Array<bigint>(missing).fill(0n), ...tail].reduce(
    (all, one) => (all << 16n) | one,
    0n,
  );
}

/** Reads `address` or `address/prefix`; null when it is anything else. */
export function parseCidr(text: string): Cidr | null {
  const [addressText, prefixText, ...rest] = text.split('/');
  if (addressText === undefined || rest.length > 0) return null;
  const family = addressText.includes(':') ? 'ipv6' : 'ipv4';
  const address = family === 'ipv6' ? readIpv6(addressText) : readIpv4(addressText);
  if (address === null) return null;
  const bits = addressBits[family];
  if (prefixText !== undefined && !/^(0|[1-9]\d{0,2})$/.test(prefixText)) return null;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (prefix > bits) return null;
  const host = BigInt(bits - prefix);
  const base = (address >> host) << host;
  return { family, base, prefix, exact: base === address };
}

function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    Number((value >> BigInt(112 - index * 16)) & 0xffffn),
  );
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.at < 0) return hex.join(':');
  return `${hex.slice(0, best.at).join(':')}::${hex.slice(best.at + best.length).join(':')}`;
}

/** One address in its one spelling: dotted, or lower-case hexadecimal with the longest run of zeros left out. */
export function formatAddress(family: Cidr['family'], value: bigint): string {
  if (family === 'ipv6') return formatIpv6(value);
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
}

/** The block in its one spelling, always with its prefix. */
export const formatCidr = (cidr: Pick<Cidr, 'family' | 'base' | 'prefix'>): string =>
  `${formatAddress(cidr.family, cidr.base)}/${cidr.prefix}`;

/** The one spelling of a block, or null when the text is no block. Host bits are cleared. */
export function normaliseCidr(text: string): string | null {
  const cidr = parseCidr(text);
  return cidr && formatCidr(cidr);
}
