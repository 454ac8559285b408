/** Where an address lies, seen from the instance. */
export type AddressScope = 'loopback' | 'private' | 'internet';

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
const NOTHING = new Set(['', '-', '0', '0.0.0.0', '::', 'local', 'unknown']);

/** An address as events write it: mapped IPv4 unwrapped, lower case, without zone; null when there is none. */
export function normaliseAddress(text: string | undefined): string | null {
  if (text === undefined) return null;
  const trimmed = text.trim().toLowerCase();
  if (NOTHING.has(trimmed)) return null;
  if (!trimmed.includes(':')) return trimmed;
  const zone = trimmed.indexOf('%');
  const plain = zone < 0 ? trimmed : trimmed.slice(0, zone);
  return MAPPED.exec(plain)?.[1] ?? plain;
}

/** `address:port` or `[address]:port` as RdpCoreTS writes it, to the address. */
export function addressOfEndpoint(text: string | undefined): string | null {
  if (text === undefined) return null;
  const trimmed = text.trim();
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed);
  if (bracketed) return normaliseAddress(bracketed[1]);
  const withPort = /^([^:]+):\d+$/.exec(trimmed);
  return normaliseAddress(withPort ? withPort[1] : trimmed);
}

/** Whether an address (normalised) is the machine itself, a private range, or the internet. */
export function addressScope(address: string): AddressScope {
  if (address === '::1' || address.startsWith('127.')) return 'loopback';
  if (address.includes(':')) return /^(fe[89ab][0-9a-f]?:|f[cd])/.test(address) ? 'private' : 'internet';
  const [a = -1, b = -1] = address.split('.').map(Number);
  if (a === 10 || (a === 192 && b === 168) || (a === 169 && b === 254)) return 'private';
  if ((a === 172 && b >= 16 && b <= 31) || (a === 100 && b >= 64 && b <= 127)) return 'private';
  return 'internet';
}
