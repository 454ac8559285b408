import { createHash } from 'node:crypto';
import { appError } from '../../../shared/errors';
import type { HostKey, InstanceId } from '../../../shared/instance';
import { type KnownHosts, lookUpKnownHost } from './known-hosts';
import type { HostKeyVerdict, PresentedHostKey } from './types';

/** A public key's fingerprint as OpenSSH prints it: `SHA256:` and base64 without padding. */
export function fingerprintOf(keyBlob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(keyBlob).digest('base64').replace(/=+$/, '')}`;
}

/** A presented key in the form that is shown to a person and pinned. */
export function describeHostKey(key: PresentedHostKey): HostKey {
  return {
    hop: key.hop,
    host: key.host,
    port: key.port,
    algorithm: key.keyType,
    fingerprint: fingerprintOf(key.keyBlob),
  };
}

/**
 * Decides about a host key. Only the very key that the admin has pinned for this host and port is accepted; nothing
 * is ever accepted because `known_hosts` has it, but the admin is told that it has. A key that `known_hosts` revokes
 * is refused even when pinned.
 * Errors: ssh.hostKeyUnknown and ssh.hostKeyChanged with a question, ssh.hostKeyRevoked with none.
 */
export function decideHostKey(input: {
  readonly instanceId: InstanceId | null;
  readonly presented: PresentedHostKey;
  readonly pinned: HostKey | null;
  readonly knownHosts: KnownHosts;
}): HostKeyVerdict {
  const { instanceId, presented, knownHosts } = input;
  const key = describeHostKey(presented);
  const params = { host: key.host, port: key.port, fingerprint: key.fingerprint };
  const found = lookUpKnownHost(knownHosts, key.host, key.port, presented.keyBlob);
  if (found === 'revoked') return { error: appError('ssh.hostKeyRevoked', params), question: null };
  // A key that was pinned for another address says nothing about this one.
  const here = input.pinned?.host.toLowerCase() === key.host.toLowerCase() && input.pinned.port === key.port;
  const pinned = here ? input.pinned : null;
  if (pinned?.fingerprint === key.fingerprint) return 'accept';
  const question = { instanceId, key, pinned, knownHosts: found };
  const code = pinned ? 'ssh.hostKeyChanged' : 'ssh.hostKeyUnknown';
  return {
    error: appError(code, pinned ? { ...params, pinned: pinned.fingerprint } : params),
    question,
  };
}
