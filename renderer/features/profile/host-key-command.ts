import type { Hop } from '../../../shared/instance';

/** The public key file of OpenSSH's server that holds a key of this algorithm. */
function keyFileOf(algorithm: string): string {
  if (algorithm.includes('ecdsa')) return 'ssh_host_ecdsa_key.pub';
  if (algorithm.includes('rsa')) return 'ssh_host_rsa_key.pub';
  return 'ssh_host_ed25519_key.pub';
}

/**
 * The commands that print a host key's fingerprint on the server itself. An instance runs Windows; a jump host may run
 * anything, so it gets the path of either system.
 */
export function fingerprintCommands(algorithm: string, hop: Hop): string[] {
  const file = keyFileOf(algorithm);
  const windows = `ssh-keygen -l -f %ProgramData%\\ssh\\${file}`;
  return hop === 'instance' ? [windows] : [`ssh-keygen -l -f /etc/ssh/${file}`, windows];
}
