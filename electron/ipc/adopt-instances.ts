import type { Discovered } from '../../shared/cloud';
import type { CloudReference, ProfileFields } from '../../shared/instance';
import { ok, type Result } from '../../shared/result';
import type { ProfileStore } from '../profiles/profile-store';

const SSH_PORT = 22;
const RDP_PORT = 3389;

export interface Adoption {
  readonly profiles: Pick<ProfileStore, 'get' | 'add' | 'update'>;
  readonly accountId: string;
  readonly sshUser: string;
}

/**
 * Makes a profile for each instance that has none and links those that have one. What is known already stays as it
 * is, and an instance without an address gets no profile: nothing could reach it.
 */
export async function adoptInstances(
  found: readonly Discovered[],
  { profiles, accountId, sshUser }: Adoption,
): Promise<Result<{ created: number; linked: number }>> {
  let created = 0;
  let linked = 0;
  for (const { instance, action, profileId, suggestion } of found) {
    const cloud: CloudReference = {
      provider: 'aliyun',
      region: instance.region,
      instanceId: instance.id,
      accountId,
    };
    const known = profileId === null ? undefined : profiles.get(profileId);
    if (action === 'link' && known) {
      const { id, createdAtMs: _created, updatedAtMs: _updated, ...fields } = known;
      const saved = await profiles.update(id, { ...fields, cloud });
      if (!saved.ok) return saved;
      linked += 1;
    } else if (action === 'create' && suggestion.host !== null) {
      const saved = await profiles.add(
        fieldsOf(suggestion.name || instance.id, suggestion.host, sshUser, cloud),
      );
      if (!saved.ok) return saved;
      created += 1;
    }
  }
  return ok({ created, linked });
}

const fieldsOf = (name: string, host: string, user: string, cloud: CloudReference): ProfileFields => ({
  name,
  group: '',
  tags: [],
  ssh: { host, port: SSH_PORT, user, authentication: { kind: 'password' } },
  jumpHosts: [],
  rdpPort: RDP_PORT,
  membership: 'standalone',
  cloud,
  watch: 'normal',
});
