import type { Algorithms, ServerHostKeyAlgorithm } from 'ssh2';
import { hostKeyAlgorithms } from './host-key-algorithms';

const without = <T>(remove: T[]): Record<'append' | 'prepend' | 'remove', T[]> => ({
  append: [],
  prepend: [],
  remove,
});

/**
 * The algorithms to offer a server: ssh2's own (SHA-2 key exchanges, AES in GCM and CTR) without what is left of SHA-1
 * among them, without compression, and without ChaCha20-Poly1305. That one is what a cut handshake (Terrapin,
 * CVE-2023-48795) works against: ssh2 prevents it by strict key exchange where the server knows that, and a server that
 * does not is left nothing to attack. Host key algorithms of the preferred key types come first.
 */
export const offeredAlgorithms = (preferredKeyTypes: readonly string[]): Algorithms => ({
  cipher: without(['chacha20-poly1305@openssh.com']),
  hmac: without(['hmac-sha1-etm@openssh.com', 'hmac-sha1']),
  compress: ['none'],
  serverHostKey: hostKeyAlgorithms(preferredKeyTypes) as ServerHostKeyAlgorithm[],
});
