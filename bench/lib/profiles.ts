import { randomUUID } from 'node:crypto';
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveRuntime } from '../../scripts/runtime.mjs';
import type { Authentication, ConnectionProfile } from '../../shared/instance';

export interface Target {
  readonly port: number;
  readonly user: string;
  readonly authentication: Authentication;
}

/** Puts a profile for each of these hosts into a data folder, as the app writes them. */
export function writeProfiles(
  userData: string,
  hosts: readonly string[],
  target: Target,
): readonly ConnectionProfile[] {
  const now = Date.now();
  const profiles = hosts.map((host, index): ConnectionProfile => {
    const number = String(index + 1).padStart(3, '0');
    return {
      id: randomUUID(),
      name: `bench-${number}`,
      group: `group ${index % 5}`,
      tags: [],
      ssh: { host, ...target },
      jumpHosts: [],
      rdpPort: 3389,
      membership: 'standalone',
      cloud: null,
      watch: 'normal',
      createdAtMs: now,
      updatedAtMs: now,
    };
  });
  writeForApp(join(userData, 'profiles.json'), { version: 1, profiles, deleted: [] });
  return profiles;
}

/** A file of the app's data folder, owned by the user that the app runs as. */
export function writeForApp(path: string, content: object): void {
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  const user = resolveRuntime().appUser;
  if (user) chownSync(path, user.uid, user.gid);
}
