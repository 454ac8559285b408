/**
 * Addresses as text of ones and zeros: slow, and for that reason independent of the arithmetic that it checks.
 */
export interface Bits {
  readonly family: 'ipv4' | 'ipv6';
  readonly bits: string;
}

function groupsOf(text: string): string[] {
  return text === ''
    ? []
    : text.split(':').map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'));
}

export function addressBits(text: string): Bits {
  if (!text.includes(':'))
    return {
      family: 'ipv4',
      bits: text
        .split('.')
        .map((octet) => Number(octet).toString(2).padStart(8, '0'))
        .join(''),
    };
  const [head = '', tail] = text.split('::');
  const before = groupsOf(head);
  if (tail === undefined) return { family: 'ipv6', bits: before.join('') };
  const after = groupsOf(tail);
  const zeros = '0'.repeat(128 - (before.length + after.length) * 16);
  return { family: 'ipv6', bits: before.join('') + zeros + after.join('') };
}

const blocks = new Map<string, Bits>();

/** The leading bits that every address of the block has. */
export function blockBits(text: string): Bits {
  const known = blocks.get(text);
  if (known) return known;
  const block = readBlock(text);
  blocks.set(text, block);
  return block;
}

function readBlock(text: string): Bits {
  const [address = '', prefix] = text.split('/');
  const { family, bits } = addressBits(address);
  return { family, bits: prefix === undefined ? bits : bits.slice(0, Number(prefix)) };
}

export const inBlock = (address: Bits, block: Bits): boolean =>
  address.family === block.family && address.bits.startsWith(block.bits);

/** The first and last address of a block, and the ones just outside. */
export function edges(block: Bits): Bits[] {
  const width = block.family === 'ipv4' ? 32 : 128;
  const first = BigInt(`0b${block.bits.padEnd(width, '0')}`);
  const last = BigInt(`0b${block.bits.padEnd(width, '1')}`);
  return [first - 1n, first, last, last + 1n]
    .filter((value) => value >= 0n && value < 1n << BigInt(width))
    .map((value) => ({ family: block.family, bits: value.toString(2).padStart(width, '0') }));
}
