import { z } from 'zod';
import { type InstanceId, instanceIdSchema } from '../../../shared/instance';
import { type RdpVia, rdpViaSchema } from '../../../shared/rdp';
import { ok, type Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import type { TextFiles } from '../../profiles/text-files';
import type { DocumentFormat, Migration } from '../../profiles/versioned-document';
import { createVersionedFile } from '../../profiles/versioned-file';

const knownSchema = z.object({
  instanceId: instanceIdSchema,
  via: rdpViaSchema,
  fingerprint: z.string(),
  /** When it was first seen, or accepted in another one's place. */
  sinceMs: z.number(),
  /** Who accepted it; null for the first one, which was only noted. */
  acceptedBy: z.string().nullable(),
});
export type KnownCertificate = z.infer<typeof knownSchema>;
interface CertificateDocument {
  readonly certificates: readonly KnownCertificate[];
}

/** Steps from older versions of `rdp-certificates.json`. A new one comes with a fixture of the version it starts from. */
export const certificateMigrations: readonly Migration[] = [];

const format: DocumentFormat<CertificateDocument> = {
  version: 1,
  schema: z.object({ certificates: z.array(knownSchema) }),
  migrations: certificateMigrations,
};

export interface CertificateStore {
  start(): Promise<readonly Notice[]>;
  of(instanceId: InstanceId, via: RdpVia): KnownCertificate | null;
  /** Puts it in the place of the one that was known for this way. */
  remember(known: KnownCertificate): Promise<Result<null>>;
  forget(instanceIds: readonly InstanceId[]): Promise<Result<null>>;
}

/** The certificates that instances showed, in `rdp-certificates.json`: to compare with, not to trust. */
export function createCertificateStore(options: {
  readonly path: string;
  readonly files: TextFiles;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}): CertificateStore {
  const file = createVersionedFile<CertificateDocument>({
    ...options,
    format,
    empty: () => ({ certificates: [] }),
    backups: true,
  });
  const same = (one: KnownCertificate, instanceId: InstanceId, via: RdpVia): boolean =>
    one.instanceId === instanceId && one.via === via;
  return {
    start: () => file.open(),
    of: (instanceId, via) => file.value().certificates.find((one) => same(one, instanceId, via)) ?? null,
    remember: (known) =>
      file.update(({ certificates }) => {
        const others = certificates.filter((one) => !same(one, known.instanceId, known.via));
        return ok({ next: { certificates: [...others, known] }, output: null });
      }),
    forget: (instanceIds) =>
      file.update(({ certificates }) => {
        const left = certificates.filter(({ instanceId }) => !instanceIds.includes(instanceId));
        return ok({ next: { certificates: left }, output: null });
      }),
  };
}
