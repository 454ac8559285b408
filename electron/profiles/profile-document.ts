import { z } from 'zod';
import { connectionProfileSchema } from '../../shared/instance';
import type { DocumentFormat, Migration } from './versioned-document';

const bodySchema = z.object({
  profiles: z.array(connectionProfileSchema),
  /** What was deleted and can still be brought back; survives a restart. */
  deleted: z.array(
    z.object({ token: z.string(), untilMs: z.number(), profiles: z.array(connectionProfileSchema) }),
  ),
});
export type ProfileDocument = z.infer<typeof bodySchema>;

/** Steps from older versions of `profiles.json`. A new one comes with a fixture of the version it starts from. */
export const profileMigrations: readonly Migration[] = [];

export const profileFormat: DocumentFormat<ProfileDocument> = {
  version: 1,
  schema: bodySchema,
  migrations: profileMigrations,
};
