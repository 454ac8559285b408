/** Signature algorithms by the key type they belong to, best first. SHA-1 and DSA are not among them. */
const ALGORITHMS: Readonly<Record<string, readonly string[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/** The host key algorithms to offer: those of the preferred key types first, so that a known key is shown again. */
export function hostKeyAlgorithms(preferredKeyTypes: readonly string[]): string[] {
  const types = [...new Set([...preferredKeyTypes, ...Object.keys(ALGORITHMS)])];
  return types.flatMap((type) => (Object.hasOwn(ALGORITHMS, type) ? (ALGORITHMS[type] ?? []) : []));
}

/** The key type that a public key in SSH's wire form names; empty when it names none. */
export function keyTypeOf(keyBlob: Uint8Array): string {
  const bytes = Buffer.from(keyBlob.buffer, keyBlob.byteOffset, keyBlob.byteLength);
  if (bytes.length < 4) return '';
  const length = bytes.readUInt32BE(0);
  return length > 0 && length <= 64 && bytes.length >= 4 + length
    ? bytes.toString('latin1', 4, 4 + length)
    : '';
}
