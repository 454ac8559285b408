import type { z } from 'zod';
import { connectionProfileSchema } from '../../shared/instance';
import { profilesSchema } from './profile-file';
import type { DocumentFormat, Migration } from './versioned-document';

const bodySchema = profilesSchema(connectionProfileSchema);
export type ProfileDocument = z.infer<typeof bodySchema>;

/** Steps from older versions of `profiles.json`. A new one comes with a fixture of the version it starts from. */
export const profileMigrations: readonly Migration[] = [];

export const profileFormat: DocumentFormat<ProfileDocument> = {
  version: 1,
  schema: bodySchema,
  migrations: profileMigrations,
};
