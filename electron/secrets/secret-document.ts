import { z } from 'zod';
import type { DocumentFormat, Migration } from '../profiles/versioned-document';

const entrySchema = z.object({
  kind: z.enum(['password', 'passphrase', 'accessKeySecret', 'securityToken']),
  /** The vault that keeps the key: another one cannot decrypt it. */
  backend: z.string(),
  /** Base64. */
  ciphertext: z.string(),
  /** What it was entered for. Null in what version 2 kept, until it is known what it belongs to. */
  place: z.string().nullable(),
  /** Grows with every secret that is entered, over all slots. */
  version: z.number().int(),
  /** The version that the server refused: it is never tried again. */
  refusedVersion: z.number().int().nullable(),
  /** Whether a server took this version ever. */
  accepted: z.boolean().default(false),
  /** How often this version was sent, or may have been, without an answer since a server last took it. */
  unanswered: z.number().int().default(0),
});
export type SecretEntry = z.infer<typeof entrySchema>;

const bodySchema = z.object({
  nextVersion: z.number().int(),
  /** By slot: `<instanceId>/<hop>` or `cloud/<accountId>/<secret>`. */
  entries: z.record(z.string(), entrySchema),
  /** Ciphertext that could not be decrypted and was replaced since. */
  keptAside: z.array(z.object({ slot: z.string(), entry: entrySchema })),
});
export type SecretDocument = z.infer<typeof bodySchema>;

/** Steps from older versions of `secrets.json`. A new one comes with a fixture of the version it starts from. */
export const secretMigrations: readonly Migration[] = [
  // Version 2 can hold the secrets of cloud accounts; what version 1 held is as it was.
  { from: 1, migrate: (body) => ({ ...body }) },
  // Version 3 knows what each secret is for.
  {
    from: 2,
    migrate: (body) => ({
      ...body,
      entries: Object.fromEntries(
        Object.entries(body.entries ?? {}).map(([name, entry]) => [name, { ...entry, place: null }]),
      ),
      keptAside: (Array.isArray(body.keptAside) ? body.keptAside : []).map((aside) => ({
        ...aside,
        entry: { ...aside?.entry, place: null },
      })),
    }),
  },
];

export const secretFormat: DocumentFormat<SecretDocument> = {
  version: 3,
  schema: bodySchema,
  migrations: secretMigrations,
};
