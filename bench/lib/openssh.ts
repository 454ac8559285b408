import { execFileSync } from 'node:child_process';
import { chownSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sshd } from '../../e2e/real/ssh/sshd';
import { resolveRuntime } from '../../scripts/runtime.mjs';
import type { ConnectionProfile } from '../../shared/instance';
import { writeForApp, writeProfiles } from './profiles';

/** Gives a data folder one profile an instance of this server, its key, and its host key already accepted. */
export async function writeOpenSshProfiles(
  userData: string,
  sshd: Sshd,
): Promise<readonly ConnectionProfile[]> {
  const path = join(userData, 'client_key');
  copyFileSync(sshd.keyPath, path);
  const user = resolveRuntime().appUser;
  if (user) chownSync(path, user.uid, user.gid);
  const profiles = writeProfiles(userData, sshd.hosts, {
    port: sshd.port,
    user: sshd.user,
    authentication: { kind: 'key', path, encrypted: false },
  });
  const [, fingerprint = ''] = execFileSync('ssh-keygen', ['-lf', join(sshd.directory, 'host_key.pub')], {
    encoding: 'utf8',
  }).split(' ');
  const pins = profiles.map(({ id, ssh }) => ({
    instanceId: id,
    key: { hop: 'instance', host: ssh.host, port: ssh.port, algorithm: 'ssh-ed25519', fingerprint },
    acceptedAtMs: Date.now(),
    acceptedBy: 'bench',
  }));
  writeForApp(join(userData, 'host-keys.json'), { version: 1, pins });
  return profiles;
}
