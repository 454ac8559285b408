import type { ConnectionProfile, ProfileFields } from '../../../shared/instance';

export const sampleFields = (changes: Partial<ProfileFields> = {}): ProfileFields => ({
  name: 'web-1',
  group: 'production',
  tags: ['web'],
  ssh: { host: '192.0.2.10', port: 22, user: 'watcher', authentication: { kind: 'password' } },
  jumpHosts: [],
  rdpPort: 3389,
  membership: 'standalone',
  cloud: null,
  watch: 'normal',
  ...changes,
});

/** A UUID that is recognisable by its number. */
export const sampleId = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

export const sampleProfile = (number = 1, changes: Partial<ProfileFields> = {}): ConnectionProfile => ({
  ...sampleFields({ name: `web-${number}`, ...changes }),
  id: sampleId(number),
  createdAtMs: 0,
  updatedAtMs: 0,
});
