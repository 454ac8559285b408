import { z } from 'zod';
import { ok } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import type { TextFiles } from '../../profiles/text-files';
import type { DocumentFormat } from '../../profiles/versioned-document';
import { createVersionedFile } from '../../profiles/versioned-file';
import type { AddressWatchOptions, KnownAddresses } from './address-watch';

const format: DocumentFormat<KnownAddresses> = {
  version: 1,
  schema: z.object({ ipv4: z.string().nullable(), ipv6: z.string().nullable() }),
  migrations: [],
};

type Keeper = AddressWatchOptions['known'] & { start(): Promise<readonly Notice[]> };

/** The admin's last public addresses in `public-address.json`. */
export function createKnownAddresses(options: {
  readonly path: string;
  readonly files: TextFiles;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}): Keeper {
  const file = createVersionedFile<KnownAddresses>({
    ...options,
    format,
    empty: () => ({ ipv4: null, ipv6: null }),
    backups: false,
  });
  return {
    start: () => file.open(),
    read: () => file.value(),
    write: (next) => file.update(() => ok({ next, output: null })),
  };
}
