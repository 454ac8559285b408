import type { CloudReference, ConnectionProfile, ProfileFields } from '../../../shared/instance';

/** The profile's fields with its place in the cloud, everything else as it is. */
export function linkedFields(
  profile: ConnectionProfile,
  reference: Omit<CloudReference, 'provider'>,
): ProfileFields {
  const { id: _id, createdAtMs: _created, updatedAtMs: _updated, ...fields } = profile;
  return { ...fields, cloud: { provider: 'aliyun', ...reference } };
}
