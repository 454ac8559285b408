/** Something that tells a caller its address. */
export interface AddressService {
  /** Shown to the admin. */
  readonly name: string;
  readonly url: string;
}

/**
 * Services that answer a plain request with an address in plain text. Over https only: who could forge the answer
 * could have RDP opened for himself. cip.cc answers text to command-line agents and a page to browsers. None of
 * them was asked from where this was written; one that fails or has changed is passed over and named.
 */
export const knownServices: readonly AddressService[] = [
  { name: 'cip.cc', url: 'https://www.cip.cc/' },
  { name: 'ipify.org', url: 'https://api.ipify.org/' },
  { name: 'ipify.org (IPv6)', url: 'https://api6.ipify.org/' },
  { name: 'checkip.amazonaws.com', url: 'https://checkip.amazonaws.com/' },
  { name: 'icanhazip.com (IPv4)', url: 'https://ipv4.icanhazip.com/' },
  { name: 'icanhazip.com (IPv6)', url: 'https://ipv6.icanhazip.com/' },
  { name: 'ifconfig.me', url: 'https://ifconfig.me/ip' },
  { name: 'ident.me (IPv6)', url: 'https://v6.ident.me/' },
];

/** A service of one's own: https, without a user name in it. Null for what cannot be one. */
export function ownService(text: string): AddressService | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const plain = url.protocol === 'https:' && url.username === '' && url.password === '';
  return plain ? { name: url.hostname, url: url.href } : null;
}
