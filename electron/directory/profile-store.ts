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
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { Notice } from '../../shared/snapshot';
import type { TextFiles } from '../profiles/text-files';
import type { DocumentFormat, Migration } from '../profiles/versioned-document';
import { createVersionedFile } from '../profiles/versioned-file';
import type { Clock } from '../watch/clock';

/** How long a deletion can be undone. */
export const UNDO_MS = 10 * 60_000;
const FORGET_AGAIN_MS = 60_000;

const acceptedSchema = z.object({
  directoryId: directoryIdSchema,
  certificate: certificateSchema,
  acceptedAtMs: z.number(),
  /** The user of this computer who accepted it. */
  acceptedBy: z.string(),
});
const bodySchema = z.object({
  profiles: z.array(directoryProfileSchema),
  /** What was deleted and can still be brought back; survives a restart. */
  deleted: z.array(
    z.object({ token: z.string(), untilMs: z.number(), profiles: z.array(directoryProfileSchema) }),
  ),
  certificates: z.array(acceptedSchema),
});
type Document = z.infer<typeof bodySchema>;

/** Steps from older versions of `directories.json`. A new one comes with a fixture of the version it starts from. */
const migrations: readonly Migration[] = [];
const format: DocumentFormat<Document> = { version: 1, schema: bodySchema, migrations };

export interface DirectoryStoreOptions {
  readonly path: string;
  readonly files: TextFiles;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly userName: string;
  /** Removes what the vault keeps for these; called again until it succeeds. */
  readonly forget: (ids: readonly DirectoryId[]) => Promise<Result<null>>;
}

export interface DirectoryStore {
  start(): Promise<readonly Notice[]>;
  list(): readonly DirectoryProfile[];
  get(id: DirectoryId): DirectoryProfile | undefined;
  add(fields: DirectoryFields): Promise<Result<DirectoryProfile>>;
  update(id: DirectoryId, fields: DirectoryFields): Promise<Result<DirectoryProfile>>;
  delete(
    ids: readonly DirectoryId[],
  ): Promise<Result<{ readonly undoToken: string; readonly undoUntilMs: number }>>;
  undoDelete(token: string): Promise<Result<readonly DirectoryProfile[]>>;
  certificatesOf(id: DirectoryId): readonly Certificate[];
  /** Replaces what was accepted for its host. */
  accept(id: DirectoryId, certificate: Certificate): Promise<Result<null>>;
  forgetCertificate(id: DirectoryId, host: string): Promise<Result<null>>;
  onChange(listener: () => void): () => void;
  dispose(): Promise<void>;
}

const notFound = err(appError('app.notFound'));
const invalid = err(appError('app.invalidArgument'));
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The directory profiles and the certificates accepted for them, in `directories.json`. */
export function createDirectoryStore(options: DirectoryStoreOptions): DirectoryStore {
  const { clock } = options;
  const file = createVersionedFile<Document>({
    path: options.path,
    format,
    empty: () => ({ profiles: [], deleted: [], certificates: [] }),
    files: options.files,
    now: () => clock.now(),
    backups: true,
  });
  const listeners = new Set<() => void>();
  let cancelTimer: (() => void) | undefined;
  let forgetting: Promise<void> = Promise.resolve();
  let disposed = false;

  const changed = <T>(result: Result<T>): Result<T> => {
    if (result.ok) for (const listener of listeners) listener();
    return result;
  };

  function armForget(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    const due = file.value().deleted.map(({ untilMs }) => untilMs);
    if (due.length === 0 || disposed) return;
    cancelTimer = clock.after(Math.max(0, Math.min(...due) - clock.now()), forgetLapsed);
  }

  function forgetLapsed(): void {
    forgetting = forgetting.then(async () => {
      const lapsed = file.value().deleted.filter(({ untilMs }) => untilMs <= clock.now());
      let failed = false;
      for (const { token, profiles } of lapsed) {
        const ids = profiles.map(({ id }) => id);
        // The entry goes last: if anything fails, or the app dies here, it is done again.
        const forgotten = await options.forget(ids);
        const removed = forgotten.ok
          ? await file.update((document) =>
              ok({
                next: {
                  ...document,
                  deleted: document.deleted.filter((other) => other.token !== token),
                  certificates: document.certificates.filter(({ directoryId }) => !ids.includes(directoryId)),
                },
                output: null,
              }),
            )
          : forgotten;
        failed ||= !removed.ok;
      }
      if (disposed) return;
      if (failed) cancelTimer = clock.after(FORGET_AGAIN_MS, forgetLapsed);
      else armForget();
    });
  }

  return {
    async start() {
      const notices = await file.open();
      armForget();
      return notices;
    },
    list: () => file.value().profiles,
    get: (id) => file.value().profiles.find((profile) => profile.id === id),
    async add(fields) {
      const parsed = directoryFieldsSchema.safeParse(fields);
      if (!parsed.success) return invalid;
      const nowMs = clock.now();
      const profile = { ...parsed.data, id: options.newId(), createdAtMs: nowMs, updatedAtMs: nowMs };
      return changed(
        await file.update((document) =>
          ok({ next: { ...document, profiles: [...document.profiles, profile] }, output: profile }),
        ),
      );
    },
    async update(id, fields) {
      const parsed = directoryFieldsSchema.safeParse(fields);
      if (!parsed.success) return invalid;
      return changed(
        await file.update((document) => {
          const before = document.profiles.find((profile) => profile.id === id);
          if (!before) return notFound;
          const profile = { ...before, ...parsed.data, updatedAtMs: clock.now() };
          const profiles = document.profiles.map((other) => (other.id === id ? profile : other));
          return ok({ next: { ...document, profiles }, output: profile });
        }),
      );
    },
    async delete(ids) {
      const undoToken = options.newId();
      const undoUntilMs = clock.now() + UNDO_MS;
      const result = await file.update((document) => {
        const gone = document.profiles.filter(({ id }) => ids.includes(id));
        if (gone.length === 0) return notFound;
        const profiles = document.profiles.filter(({ id }) => !ids.includes(id));
        const deleted = [...document.deleted, { token: undoToken, untilMs: undoUntilMs, profiles: gone }];
        return ok({ next: { ...document, profiles, deleted }, output: { undoToken, undoUntilMs } });
      });
      armForget();
      return changed(result);
    },
    async undoDelete(token) {
      const result = await file.update((document) => {
        const entry = document.deleted.find((other) => other.token === token);
        if (!entry || entry.untilMs <= clock.now()) return notFound;
        const deleted = document.deleted.filter((other) => other.token !== token);
        return ok({
          next: { ...document, profiles: [...document.profiles, ...entry.profiles], deleted },
          output: entry.profiles,
        });
      });
      armForget();
      return changed(result);
    },
    certificatesOf: (id) =>
      file
        .value()
        .certificates.filter(({ directoryId }) => directoryId === id)
        .map(({ certificate }) => certificate),
    async accept(id, certificate) {
      return changed(
        await file.update((document) => {
          const others = document.certificates.filter(
            (other) => other.directoryId !== id || !same(other.certificate.host, certificate.host),
          );
          const accepted = {
            directoryId: id,
            certificate,
            acceptedAtMs: clock.now(),
            acceptedBy: options.userName,
          };
          return ok({ next: { ...document, certificates: [...others, accepted] }, output: null });
        }),
      );
    },
    async forgetCertificate(id, host) {
      return changed(
        await file.update((document) => {
          const certificates = document.certificates.filter(
            (other) => other.directoryId !== id || !same(other.certificate.host, host),
          );
          return ok({ next: { ...document, certificates }, output: null });
        }),
      );
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async dispose() {
      disposed = true;
      cancelTimer?.();
      await forgetting;
      listeners.clear();
    },
  };
}
