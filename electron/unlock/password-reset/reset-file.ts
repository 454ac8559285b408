import { z } from 'zod';
import { passwordResetSchema } from '../../../shared/password-reset';
import { ok, type Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import type { TextFiles } from '../../profiles/text-files';
import type { DocumentFormat } from '../../profiles/versioned-document';
import { createVersionedFile } from '../../profiles/versioned-file';
import type { KnownReset } from './state';

/** Where each reset stands. No schema here has a place for a password. */
const documentSchema = z.object({
  resets: z.array(passwordResetSchema.omit({ held: true, signsIn: true })),
});
type Document = z.infer<typeof documentSchema>;

const format: DocumentFormat<Document> = { version: 1, schema: documentSchema, migrations: [] };

export interface ResetFile {
  open(): Promise<readonly Notice[]>;
  read(): readonly KnownReset[];
  write(resets: readonly KnownReset[]): Promise<Result<null>>;
}

/** Resets whose reboot is not over, in `password-resets.json`, so that none is forgotten when the app ends. */
export function createResetFile(options: {
  readonly path: string;
  readonly files: TextFiles;
  readonly now: () => number;
}): ResetFile {
  const file = createVersionedFile<Document>({
    ...options,
    format,
    empty: () => ({ resets: [] }),
    backups: false,
  });
  return {
    open: () => file.open(),
    read: () => file.value().resets,
    write: (resets) => file.update(() => ok({ next: { resets: [...resets] }, output: null })),
  };
}
