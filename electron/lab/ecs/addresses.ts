import { BlockList, isIP } from 'node:net';

/** Whether an address lies in a block. Written on Node's own block list, apart from how the app reads addresses. */
export function contains(cidr: string, address: string): boolean {
  const version = isIP(address);
  const known = lists.get(cidr) ?? remember(cidr);
  return known.version === version && known.list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

interface Known {
  readonly version: 0 | 4 | 6;
  readonly list: BlockList;
}
const lists = new Map<string, Known>();
const MOST_KNOWN = 10_000;

function remember(cidr: string): Known {
  const block = readBlock(cidr);
  const list = new BlockList();
  if (block) list.addSubnet(block.address, block.prefix, block.version === 6 ? 'ipv6' : 'ipv4');
  const known = { version: block?.version ?? 0, list } as const;
  if (lists.size >= MOST_KNOWN) lists.clear();
  lists.set(cidr, known);
  return known;
}

interface Block {
  readonly address: string;
  readonly prefix: number;
  readonly version: 4 | 6;
}

/** Reads `address` or `address/prefix`; null when it is neither. */
export function readBlock(text: string): Block | null {
  const [address = '', prefixText, ...more] = text.split('/');
  const version = isIP(address);
  if (more.length > 0 || (version !== 4 && version !== 6) || address.includes('%')) return null;
  const bits = version === 4 ? 32 : 128;
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText)) return null;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  return prefix <= bits ? { address, prefix, version } : null;
}

/** One spelling of a block for comparing: the address as a URL host writes it, a full prefix left out. */
export function spelling(text: string): string {
  const block = readBlock(text);
  if (!block) return text.toLowerCase();
  const { address, prefix, version } = block;
  const plain = version === 6 ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address;
  return prefix === (version === 4 ? 32 : 128) ? plain : `${plain}/${prefix}`;
}
