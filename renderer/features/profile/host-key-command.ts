/** The public key file of Windows' OpenSSH server that holds a key of this algorithm. */
export function keyFileOf(algorithm: string): string {
  if (algorithm.includes('ecdsa')) return 'ssh_host_ecdsa_key.pub';
  if (algorithm.includes('rsa')) return 'ssh_host_rsa_key.pub';
  return 'ssh_host_ed25519_key.pub';
}
