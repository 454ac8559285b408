import type { z } from 'zod';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import { defaultSettings, isServiceAddress, type Settings, settingsSchema } from '../../shared/settings';
import type { Notice } from '../../shared/snapshot';
import type { TextFiles } from './text-files';
import type { DocumentFormat, Migration } from './versioned-document';
import { createVersionedFile } from './versioned-file';

/** Steps from older versions of `settings.json`. A new one comes with a fixture of the version it starts from. */
export const settingsMigrations: readonly Migration[] = [];

/** A setting that a later release added is absent from an older file and takes its default. */
const withDefaults = (defaults: Settings) =>
  settingsSchema
    .partial()
    .transform(
      (settings): Settings => ({ ...defaults, ...withoutUndefined(settings) }),
    ) as unknown as z.ZodType<Settings>;

const withoutUndefined = (settings: { [K in keyof Settings]?: Settings[K] | undefined }): Partial<Settings> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

const settingsFormat = (defaults: Settings): DocumentFormat<Settings> => ({
  version: 1,
  schema: withDefaults(defaults),
  migrations: settingsMigrations,
});

export interface SettingsStoreOptions {
  readonly path: string;
  readonly files: TextFiles;
  readonly now: () => number;
  /** What holds until it is set, where that is known only on the spot. */
  readonly defaults?: Settings;
}

export interface SettingsStore {
  start(): Promise<readonly Notice[]>;
  get(): Settings;
  /** Changes the settings named and leaves the others. */
  save(changes: { [K in keyof Settings]?: Settings[K] | undefined }): Promise<Result<Settings>>;
  onChange(listener: (settings: Settings) => void): () => void;
  dispose(): void;
}

/** The settings in `settings.json`. */
export function createSettingsStore(options: SettingsStoreOptions): SettingsStore {
  const defaults = options.defaults ?? defaultSettings;
  const file = createVersionedFile<Settings>({
    path: options.path,
    format: settingsFormat(defaults),
    empty: () => defaults,
    files: options.files,
    now: options.now,
    backups: true,
  });
  const listeners = new Set<(settings: Settings) => void>();
  return {
    start: () => file.open(),
    get: () => file.value(),
    async save(changes) {
      const result = await file.update((current) => {
        const next = settingsSchema.safeParse({ ...current, ...withoutUndefined(changes) });
        if (!next.success) return err(appError('app.invalidArgument'));
        const { ownAddressService } = changes;
        if (ownAddressService && !isServiceAddress(ownAddressService))
          return err(appError('app.invalidArgument', { field: 'ownAddressService' }));
        return ok({ next: next.data, output: next.data });
      });
      if (result.ok) for (const listener of listeners) listener(result.value);
      return result;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => listeners.clear(),
  };
}
