import { z } from 'zod';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { Notice } from '../../shared/snapshot';
import type { Clock } from '../watch/clock';
import type { TextFiles } from './text-files';
import type { DocumentFormat } from './versioned-document';
import { createVersionedFile } from './versioned-file';

/** How long a deletion can be undone. */
export const UNDO_MS = 10 * 60_000;
/** After this long a forgetting that failed is tried again. */
const FORGET_AGAIN_MS = 60_000;

export const profilesSchema = <P extends z.ZodType>(profile: P) =>
  z.object({
    profiles: z.array(profile),
    /** What was deleted and can still be brought back; survives a restart. */
    deleted: z.array(z.object({ token: z.string(), untilMs: z.number(), profiles: z.array(profile) })),
  });

/** Fields as the admin entered them, with what their profile is known by. */
type Profile<Fields> = Fields & {
  readonly id: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
};

/** What the file holds, at least. */
interface Document<Fields> {
  readonly profiles: Profile<Fields>[];
  readonly deleted: {
    readonly token: string;
    readonly untilMs: number;
    readonly profiles: Profile<Fields>[];
  }[];
}

export interface ProfileFileOptions {
  readonly path: string;
  readonly files: TextFiles;
  readonly clock: Clock;
  readonly newId: () => string;
  /**
   * Removes everything that is kept about these profiles elsewhere (secrets, host keys, evidence), called when
   * the time to undo has passed. Called again until it succeeds, so it must not mind what is gone already.
   */
  readonly forget: (ids: readonly string[]) => Promise<Result<null>>;
}

/** What sets one kind of profile apart from another. */
export interface ProfileKind<Fields extends object, Doc extends Document<Fields>, Saved> {
  readonly format: DocumentFormat<Doc>;
  readonly empty: () => Doc;
  readonly fields: z.ZodType<Fields>;
  /** What is answered for a profile that was saved among these. */
  readonly saved: (profile: Profile<Fields>, all: readonly Profile<Fields>[]) => Saved;
  /** The document without what it holds beside the profiles about those that are gone for good. */
  readonly without?: (document: Doc, ids: readonly string[]) => Doc;
}

export interface ProfileFile<Fields, Doc, Saved> {
  /** Opens the file; forgets what was deleted in an earlier run and can no longer be undone. */
  start(): Promise<readonly Notice[]>;
  value(): Doc;
  list(): readonly Profile<Fields>[];
  get(id: string): Profile<Fields> | undefined;
  add(fields: Fields): Promise<Result<Saved>>;
  update(id: string, fields: Fields): Promise<Result<Saved>>;
  delete(
    ids: readonly string[],
  ): Promise<Result<{ readonly undoToken: string; readonly undoUntilMs: number }>>;
  undoDelete(token: string): Promise<Result<readonly Profile<Fields>[]>>;
  /** Changes what the document holds beside the profiles. */
  change(next: (document: Doc) => Doc): Promise<Result<null>>;
  onChange(listener: (profiles: readonly Profile<Fields>[]) => void): () => void;
  dispose(): Promise<void>;
}

const invalid = err(appError('app.invalidArgument'));
const notFound = err(appError('app.notFound'));

/** A versioned file of profiles; the deleted ones are in it as long as they can be brought back. */
export function createProfileFile<Fields extends object, Doc extends Document<Fields>, Saved>(
  options: ProfileFileOptions,
  kind: ProfileKind<Fields, Doc, Saved>,
): ProfileFile<Fields, Doc, Saved> {
  const { clock } = options;
  const file = createVersionedFile<Doc>({
    path: options.path,
    format: kind.format,
    empty: kind.empty,
    files: options.files,
    now: () => clock.now(),
    backups: true,
  });
  const listeners = new Set<(profiles: readonly Profile<Fields>[]) => void>();
  let cancelTimer: (() => void) | undefined;
  let forgetting: Promise<void> = Promise.resolve();
  let disposed = false;

  const changed = <T>(result: Result<T>): Result<T> => {
    if (result.ok) for (const listener of listeners) listener(file.value().profiles);
    return result;
  };

  const saved = (document: Doc, profile: Profile<Fields>, profiles: Profile<Fields>[]) =>
    ok({ next: { ...document, profiles }, output: kind.saved(profile, profiles) });

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
        const removed = forgotten.ok ? await removeEntry(token, ids) : forgotten;
        failed ||= !removed.ok;
      }
      if (disposed) return;
      if (failed) cancelTimer = clock.after(FORGET_AGAIN_MS, forgetLapsed);
      else armForget();
    });
  }

  const removeEntry = (token: string, ids: readonly string[]): Promise<Result<null>> =>
    file.update((document) => {
      const kept = kind.without?.(document, ids) ?? document;
      return ok({
        next: { ...kept, deleted: kept.deleted.filter((other) => other.token !== token) },
        output: null,
      });
    });

  return {
    async start() {
      const notices = await file.open();
      armForget();
      return notices;
    },
    value: () => file.value(),
    list: () => file.value().profiles,
    get: (id) => file.value().profiles.find((profile) => profile.id === id),
    async add(fields) {
      const parsed = kind.fields.safeParse(fields);
      if (!parsed.success) return invalid;
      const nowMs = clock.now();
      const profile = { ...parsed.data, id: options.newId(), createdAtMs: nowMs, updatedAtMs: nowMs };
      return changed(
        await file.update((document) => saved(document, profile, [...document.profiles, profile])),
      );
    },
    async update(id, fields) {
      const parsed = kind.fields.safeParse(fields);
      if (!parsed.success) return invalid;
      return changed(
        await file.update((document) => {
          const before = document.profiles.find((profile) => profile.id === id);
          if (!before) return notFound;
          const profile = { ...before, ...parsed.data, updatedAtMs: clock.now() };
          const profiles = document.profiles.map((other) => (other.id === id ? profile : other));
          return saved(document, profile, profiles);
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
        const profiles = [...document.profiles, ...entry.profiles];
        const deleted = document.deleted.filter((other) => other.token !== token);
        return ok({ next: { ...document, profiles, deleted }, output: entry.profiles });
      });
      armForget();
      return changed(result);
    },
    async change(next) {
      return changed(await file.update((document) => ok({ next: next(document), output: null })));
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
