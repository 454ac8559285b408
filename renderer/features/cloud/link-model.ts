import type { CloudReference, ConnectionProfile, ProfileFields } from '../../../shared/instance';
import type { DiscoveryRow } from './discovery-model';

/** The profile's fields with its place in the cloud, everything else as it is. */
export function linkedFields(
  profile: ConnectionProfile,
  reference: Omit<CloudReference, 'provider'>,
): ProfileFields {
  const { id: _id, createdAtMs: _created, updatedAtMs: _updated, ...fields } = profile;
  return { ...fields, cloud: { provider: 'aliyun', ...reference } };
}

/** The one instance that discovery or the profile's address points to; null when none or several do. */
export function likelyInstance(
  rows: readonly DiscoveryRow[],
  profile: Pick<ConnectionProfile, 'id' | 'ssh'>,
): string | null {
  const { host } = profile.ssh;
  const matches = rows.filter(
    ({ suggestion: { profileId, instance } }) =>
      profileId === profile.id || [...instance.publicAddresses, ...instance.privateAddresses].includes(host),
  );
  return matches.length === 1 ? (matches[0]?.id ?? null) : null;
}
