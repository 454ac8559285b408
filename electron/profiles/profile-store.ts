import type { Phrase } from '../../shared/account-status';
import { appError } from '../../shared/errors';
import {
  type ConnectionProfile,
  type InstanceId,
  type ProfileFields,
  profileFieldsSchema,
} from '../../shared/instance';
import { err, ok, type Result } from '../../shared/result';
import type { Notice } from '../../shared/snapshot';
import type { Clock } from '../watch/clock';
import { copyName } from './copy-name';
import { type ProfileDocument, profileFormat } from './profile-document';
import type { TextFiles } from './text-files';
import { createVersionedFile } from './versioned-file';

/** How long a deletion can be undone. */
export const UNDO_MS = 10 * 60_000;
/** After this long a forgetting that failed is tried again. */
const FORGET_AGAIN_MS = 60_000;

export interface ProfileStoreOptions {
  readonly path: string;
  readonly files: TextFiles;
  readonly clock: Clock;
  readonly newId: () => string;
  /**
   * Removes everything that is kept about these instances elsewhere (secrets, host keys, evidence), called when
   * the time to undo has passed. Called again until it succeeds, so it must not mind what is gone already.
   */
  readonly forget: (ids: readonly InstanceId[]) => Promise<Result<null>>;
}

interface SavedProfile {
  readonly profile: ConnectionProfile;
  /** What is allowed but worth a look, such as a name that another profile has too. */
  readonly warnings: readonly Phrase[];
}

export interface ProfileStore {
  /** Opens the file; forgets what was deleted in an earlier run and can no longer be undone. */
  start(): Promise<readonly Notice[]>;
  list(): readonly ConnectionProfile[];
  get(id: InstanceId): ConnectionProfile | undefined;
  add(fields: ProfileFields): Promise<Result<SavedProfile>>;
  update(id: InstanceId, fields: ProfileFields): Promise<Result<SavedProfile>>;
  /** A copy under a free name. Its secrets are the caller's to copy. */
  duplicate(id: InstanceId): Promise<Result<SavedProfile>>;
  delete(
    ids: readonly InstanceId[],
  ): Promise<Result<{ readonly undoToken: string; readonly undoUntilMs: number }>>;
  undoDelete(token: string): Promise<Result<readonly ConnectionProfile[]>>;
  onChange(listener: (profiles: readonly ConnectionProfile[]) => void): () => void;
  dispose(): Promise<void>;
}

/** The connection profiles in `profiles.json`. */
export function createProfileStore(options: ProfileStoreOptions): ProfileStore {
  const { clock } = options;
  const file = createVersionedFile<ProfileDocument>({
    path: options.path,
    format: profileFormat,
    empty: () => ({ profiles: [], deleted: [] }),
    files: options.files,
    now: () => clock.now(),
    backups: true,
  });
  const listeners = new Set<(profiles: readonly ConnectionProfile[]) => void>();
  let cancelTimer: (() => void) | undefined;
  let forgetting: Promise<void> = Promise.resolve();
  let disposed = false;

  const changed = <T>(result: Result<T>): Result<T> => {
    if (result.ok) for (const listener of listeners) listener(file.value().profiles);
    return result;
  };

  function warningsFor(profile: ConnectionProfile, all: readonly ConnectionProfile[]): readonly Phrase[] {
    const same = all.filter(
      (other) => other.id !== profile.id && other.name.toLowerCase() === profile.name.toLowerCase(),
    );
    return same.length > 0
      ? [{ key: 'notice.profile.sameName', params: { name: profile.name, count: same.length } }]
      : [];
  }

  const saved = (profile: ConnectionProfile, document: ProfileDocument) =>
    ok({ next: document, output: { profile, warnings: warningsFor(profile, document.profiles) } });

  function armForget(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    const due = file.value().deleted.map((entry) => entry.untilMs);
    if (due.length === 0 || disposed) return;
    cancelTimer = clock.after(Math.max(0, Math.min(...due) - clock.now()), forgetLapsed);
  }

  function forgetLapsed(): void {
    forgetting = forgetting.then(async () => {
      const lapsed = file.value().deleted.filter((entry) => entry.untilMs <= clock.now());
      let failed = false;
      for (const entry of lapsed) {
        // The entry goes last: if anything fails, or the app dies here, it is done again.
        const forgotten = await options.forget(entry.profiles.map((profile) => profile.id));
        const removed = forgotten.ok
          ? await file.update((document) =>
              ok({
                next: {
                  ...document,
                  deleted: document.deleted.filter((other) => other.token !== entry.token),
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

  const invalid = err(appError('app.invalidArgument'));
  const notFound = err(appError('app.notFound'));

  const store: ProfileStore = {
    async start() {
      const notices = await file.open();
      armForget();
      return notices;
    },
    list: () => file.value().profiles,
    get: (id) => file.value().profiles.find((profile) => profile.id === id),
    async add(fields) {
      const parsed = profileFieldsSchema.safeParse(fields);
      if (!parsed.success) return invalid;
      const now = clock.now();
      const profile = { ...parsed.data, id: options.newId(), createdAtMs: now, updatedAtMs: now };
      return changed(
        await file.update((document) =>
          saved(profile, { ...document, profiles: [...document.profiles, profile] }),
        ),
      );
    },
    async update(id, fields) {
      const parsed = profileFieldsSchema.safeParse(fields);
      if (!parsed.success) return invalid;
      return changed(
        await file.update((document) => {
          const before = document.profiles.find((profile) => profile.id === id);
          if (!before) return notFound;
          const profile = { ...before, ...parsed.data, updatedAtMs: clock.now() };
          const profiles = document.profiles.map((other) => (other.id === id ? profile : other));
          return saved(profile, { ...document, profiles });
        }),
      );
    },
    async duplicate(id) {
      const original = store.get(id);
      if (!original) return notFound;
      const { id: _id, createdAtMs: _created, updatedAtMs: _updated, ...fields } = original;
      const names = store.list().map((profile) => profile.name);
      return store.add({ ...fields, name: copyName(original.name, names) });
    },
    async delete(ids) {
      const undoToken = options.newId();
      const undoUntilMs = clock.now() + UNDO_MS;
      const result = await file.update((document) => {
        const gone = document.profiles.filter((profile) => ids.includes(profile.id));
        if (gone.length === 0) return notFound;
        const profiles = document.profiles.filter((profile) => !ids.includes(profile.id));
        const deleted = [...document.deleted, { token: undoToken, untilMs: undoUntilMs, profiles: gone }];
        return ok({ next: { profiles, deleted }, output: { undoToken, undoUntilMs } });
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
          next: { profiles: [...document.profiles, ...entry.profiles], deleted },
          output: entry.profiles,
        });
      });
      armForget();
      return changed(result);
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
  return store;
}
