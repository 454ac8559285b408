import { z } from 'zod';
import {
  type Certificate,
  certificateSchema,
  type DirectoryFields,
  type DirectoryId,
  type DirectoryProfile,
  directoryFieldsSchema,
  directoryIdSchema,
  directoryProfileSchema,
} from '../../shared/directory';
import type { Result } from '../../shared/result';
import {
  createProfileFile,
  type ProfileFile,
  type ProfileFileOptions,
  profilesSchema,
} from '../profiles/profile-file';
import type { DocumentFormat, Migration } from '../profiles/versioned-document';

const acceptedSchema = z.object({
  directoryId: directoryIdSchema,
  certificate: certificateSchema,
  acceptedAtMs: z.number(),
  /** The user of this computer who accepted it. */
  acceptedBy: z.string(),
});
const bodySchema = profilesSchema(directoryProfileSchema).extend({ certificates: z.array(acceptedSchema) });
type Document = z.infer<typeof bodySchema>;

/** Steps from older versions of `directories.json`. A new one comes with a fixture of the version it starts from. */
const migrations: readonly Migration[] = [];
const format: DocumentFormat<Document> = { version: 1, schema: bodySchema, migrations };

export interface DirectoryStoreOptions extends ProfileFileOptions {
  readonly userName: string;
}

export interface DirectoryStore
  extends Omit<ProfileFile<DirectoryFields, Document, DirectoryProfile>, 'value' | 'change'> {
  certificatesOf(id: DirectoryId): readonly Certificate[];
  /** Replaces what was accepted for its host. */
  accept(id: DirectoryId, certificate: Certificate): Promise<Result<null>>;
  forgetCertificate(id: DirectoryId, host: string): Promise<Result<null>>;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** What was accepted, but for this directory's certificate of this host. */
const withoutHost = ({ certificates }: Document, id: DirectoryId, host: string): Document['certificates'] =>
  certificates.filter((other) => other.directoryId !== id || !same(other.certificate.host, host));

/** The directory profiles and the certificates accepted for them, in `directories.json`. */
export function createDirectoryStore(options: DirectoryStoreOptions): DirectoryStore {
  const { clock, userName } = options;
  const file = createProfileFile(options, {
    format,
    empty: (): Document => ({ profiles: [], deleted: [], certificates: [] }),
    fields: directoryFieldsSchema,
    saved: (profile): DirectoryProfile => profile,
    without: (document, ids) => ({
      ...document,
      certificates: document.certificates.filter(({ directoryId }) => !ids.includes(directoryId)),
    }),
  });
  return {
    ...file,
    certificatesOf: (id) =>
      file
        .value()
        .certificates.filter(({ directoryId }) => directoryId === id)
        .map(({ certificate }) => certificate),
    accept: (id, certificate) =>
      file.change((document) => ({
        ...document,
        certificates: [
          ...withoutHost(document, id, certificate.host),
          { directoryId: id, certificate, acceptedAtMs: clock.now(), acceptedBy: userName },
        ],
      })),
    forgetCertificate: (id, host) =>
      file.change((document) => ({ ...document, certificates: withoutHost(document, id, host) })),
  };
}
