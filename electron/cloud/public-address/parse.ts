import { BlockList, isIP } from 'node:net';
import { canonicalAddress } from '../address';

/** The most of an answer that is looked at, bytes. */
export const MAX_ANSWER_BYTES = 4096;

const notPublic = new BlockList();
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  notPublic.addSubnet(address, prefix, 'ipv4');
}
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether an address can be one that the internet sees. Pure. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !notPublic.check(address, 'ipv4');
  return family === 6 && globalUnicast.check(address, 'ipv6');
}

/** Digits, letters, dots and colons that stand together: an address, or something that must not be cut into one. */
const WORD = /[0-9A-Za-z.:%/_-]+/g;

/**
 * The first address in a short plain text, in its usual form; null when there is none, when it is no public one, or
 * when the text is a web page. Pure. A page is never searched: what stands in it first is anybody's guess.
 */
export function addressIn(text: string): string | null {
  if (text.length > MAX_ANSWER_BYTES || /^\s*</.test(text) || /<html/i.test(text)) return null;
  for (const [word] of text.matchAll(WORD)) {
    // A label such as `IP:` or a full stop may touch it.
    const bare = word.replace(/^[A-Za-z]+:(?=\d+\.)/, '').replace(/[.:]$/, '');
    const address = canonicalAddress(word) ?? canonicalAddress(bare);
    if (address !== null) return isPublicAddress(address) ? address : null;
  }
  return null;
}
