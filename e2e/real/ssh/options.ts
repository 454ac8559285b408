import type { SshSourceOptions } from '../../../electron/sources/ssh/ssh-source';
import { optionsFor } from '../../../electron/sources/ssh/testing/options';
import type { SshEndpoint } from '../../../shared/instance';
import type { Sshd } from './sshd';

/** An instance of this server as a profile would have it, with the fixture's key. */
export const endpointAt = (sshd: Sshd, index = 0, change: Partial<SshEndpoint> = {}): SshEndpoint => ({
  host: sshd.hosts[index] ?? '',
  port: sshd.port,
  user: sshd.user,
  authentication: { kind: 'key', path: sshd.keyPath, encrypted: false },
  ...change,
});

export const optionsAt = (sshd: Sshd, change: Partial<SshSourceOptions> = {}): SshSourceOptions => ({
  ...optionsFor(sshd.port),
  endpoint: endpointAt(sshd),
  ...change,
});
