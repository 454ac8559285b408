import { z } from 'zod';
import {
  type Hop,
  type HostKey,
  hostKeySchema,
  type InstanceId,
  instanceIdSchema,
} from '../../shared/instance';
import { ok, type Result } from '../../shared/result';
import type { Notice } from '../../shared/snapshot';
import type { TextFiles } from './text-files';
import type { DocumentFormat, Migration } from './versioned-document';
import { createVersionedFile } from './versioned-file';

const pinSchema = z.object({
  instanceId: instanceIdSchema,
  key: hostKeySchema,
  acceptedAtMs: z.number(),
  /** The user of this computer who accepted it. */
  acceptedBy: z.string(),
});
type HostKeyPin = z.infer<typeof pinSchema>;
interface HostKeyDocument {
  readonly pins: readonly HostKeyPin[];
}

/** Steps from older versions of `host-keys.json`. A new one comes with a fixture of the version it starts from. */
export const hostKeyMigrations: readonly Migration[] = [];

const hostKeyFormat: DocumentFormat<HostKeyDocument> = {
  version: 1,
  schema: z.object({ pins: z.array(pinSchema) }),
  migrations: hostKeyMigrations,
};

export interface HostKeyStoreOptions {
  readonly path: string;
  readonly files: TextFiles;
  readonly now: () => number;
  readonly userName: string;
}

export interface HostKeyStore {
  start(): Promise<readonly Notice[]>;
  pinsOf(instanceId: InstanceId): readonly HostKeyPin[];
  /** Replaces what was pinned for this hop. */
  pin(instanceId: InstanceId, key: HostKey): Promise<Result<HostKeyPin>>;
  /** Without a hop: all of the instance's. */
  forget(instanceIds: readonly InstanceId[], hop?: Hop): Promise<Result<null>>;
  onChange(listener: (instanceIds: readonly InstanceId[]) => void): () => void;
  dispose(): void;
}

/** The host keys that the admin accepted, in `host-keys.json`, by instance and hop. */
export function createHostKeyStore(options: HostKeyStoreOptions): HostKeyStore {
  const file = createVersionedFile<HostKeyDocument>({
    path: options.path,
    format: hostKeyFormat,
    empty: () => ({ pins: [] }),
    files: options.files,
    now: options.now,
    backups: true,
  });
  const listeners = new Set<(instanceIds: readonly InstanceId[]) => void>();
  const tell = <T>(result: Result<T>, ids: readonly InstanceId[]): Result<T> => {
    if (result.ok) for (const listener of listeners) listener(ids);
    return result;
  };
  return {
    start: () => file.open(),
    pinsOf: (instanceId) => file.value().pins.filter((pin) => pin.instanceId === instanceId),
    async pin(instanceId, key) {
      const pin = { instanceId, key, acceptedAtMs: options.now(), acceptedBy: options.userName };
      const result = await file.update(({ pins }) => {
        const others = pins.filter((other) => other.instanceId !== instanceId || other.key.hop !== key.hop);
        return ok({ next: { pins: [...others, pin] }, output: pin });
      });
      return tell(result, [instanceId]);
    },
    async forget(instanceIds, hop) {
      const result = await file.update(({ pins }) =>
        ok({
          next: {
            pins: pins.filter(
              (pin) => !instanceIds.includes(pin.instanceId) || (hop !== undefined && pin.key.hop !== hop),
            ),
          },
          output: null,
        }),
      );
      return tell(result, instanceIds);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => listeners.clear(),
  };
}
