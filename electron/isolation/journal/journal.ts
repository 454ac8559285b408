import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type AppError, appError } from '../../../shared/errors';
import { type JournalEntry, journalEntrySchema } from '../../../shared/isolation';
import { networkSnapshotSchema } from '../../../shared/network';
import { err, ok, type Result } from '../../../shared/result';
import type { Notice } from '../../../shared/snapshot';
import type { TextFiles } from '../../profiles/text-files';
import { entryText, fileOf, idOf, isOpen, readEntry } from './entry-file';

export interface JournalOptions {
  /** Folder of the entries, one file each. */
  readonly folder: string;
  /** Its `writeAtomic` must have flushed file and folder to the disk when it succeeds. */
  readonly files: TextFiles;
  readonly ensureFolder: (path: string) => Promise<Result<null>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Journal {
  /** Reads every entry. What cannot be read is kept aside and told; what is newer is left as it is and told. */
  open(): Promise<readonly Notice[]>;
  /** Entries whose original is not back yet, oldest first. */
  openEntries(): readonly JournalEntry[];
  /** The open entry of a cloud instance; there is at most one. */
  openEntryOf(instanceId: string): JournalEntry | null;
  /** Every entry, also of long ago. */
  ids(): Promise<Result<readonly string[]>>;
  read(id: string): Promise<Result<JournalEntry>>;
  /** Records a new isolation. It is on the disk when this succeeds; refused while the instance has an open entry. */
  create(entry: JournalEntry): Promise<Result<JournalEntry>>;
  /** Writes an entry anew, on the disk when this succeeds. The original and where it came from cannot be changed. */
  update(id: string, change: (entry: JournalEntry) => JournalEntry): Promise<Result<JournalEntry>>;
  /** Text for people beside the entry: the way back without the app. */
  writeRecipe(id: string, text: string): Promise<Result<null>>;
}

const FIXED = [
  'version',
  'id',
  'instance',
  'rdpPort',
  'admin',
  'reason',
  'incident',
  'createdAtMs',
  'original',
] as const;

const withoutOriginal = journalEntrySchema.omit({ original: true });

/** The journal of isolations: one file each, written before anything is touched and at every step after. */
export function createJournal(options: JournalOptions): Journal {
  const { folder, files, now } = options;
  const entries = new Map<string, JournalEntry>();
  /** An isolation that cannot be read may be there: nothing is recorded over it. */
  let blocked = false;
  /** Originals that were checked: they never change, and are by far the largest part. */
  const originals = new WeakSet<JournalEntry['original']>();
  let tail: Promise<unknown> = Promise.resolve();
  const pathOf = (id: string): string => join(folder, fileOf(id));

  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  };

  const notice = (kind: string, id: string, params: Record<string, string | number>): Notice => ({
    id: `journal.${id}.${kind}`,
    severity: 'error',
    message: { key: `notice.journal.${kind}`, params },
    atMs: now(),
  });

  async function keepAside(id: string): Promise<Notice> {
    const aside = join(folder, `${id}.corrupt-${now()}`);
    const moved = await files.move(pathOf(id), aside);
    return moved.ok
      ? notice('corrupt', id, { file: pathOf(id), aside })
      : notice('notMovable', id, { file: pathOf(id) });
  }

  async function write(entry: JournalEntry): Promise<Result<JournalEntry>> {
    const { original, ...rest } = entry;
    const sound = originals.has(original) ? original : networkSnapshotSchema.parse(original);
    originals.add(sound);
    const checked: JournalEntry = { ...withoutOriginal.parse(rest), original: sound };
    const written = await files.writeAtomic(pathOf(entry.id), entryText(checked));
    if (!written.ok) return written;
    if (isOpen(checked)) entries.set(entry.id, checked);
    else entries.delete(entry.id);
    return ok(checked);
  }

  const openEntries = (): JournalEntry[] =>
    [...entries.values()].sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));

  async function read(id: string): Promise<Result<JournalEntry>> {
    const known = entries.get(id);
    if (known) return ok(known);
    const text = await files.read(pathOf(id));
    if (!text.ok) return text;
    const missing: AppError = appError('file.notFound', { file: pathOf(id) });
    if (text.value === null) return err(missing);
    const entry = readEntry(text.value);
    if (entry.kind === 'ok') return ok(entry.entry);
    return err(
      entry.kind === 'corrupt'
        ? appError('file.corrupt', { file: pathOf(id) })
        : appError('file.newerVersion', { file: pathOf(id), version: entry.version }),
    );
  }

  return {
    open: () =>
      exclusive(async () => {
        const ready = await options.ensureFolder(folder);
        const names = ready.ok ? await files.list(folder) : ready;
        if (!names.ok || names.value === null) {
          blocked = true;
          return [notice('notReadable', 'folder', { folder })];
        }
        const notices: Notice[] = [];
        for (const name of [...names.value].sort()) {
          const id = idOf(name);
          if (id === null) continue;
          const entry = await read(id);
          if (entry.ok) {
            if (isOpen(entry.value)) entries.set(id, entry.value);
          } else if (entry.error.code === 'file.corrupt') notices.push(await keepAside(id));
          else if (entry.error.code === 'file.newerVersion')
            notices.push(notice('newer', id, { file: pathOf(id) }));
          else {
            blocked = true;
            notices.push(notice('notReadable', 'folder', { folder }));
          }
        }
        return notices;
      }),
    openEntries,
    openEntryOf: (instanceId) =>
      openEntries().find(({ instance }) => instance.instanceId === instanceId) ?? null,
    async ids() {
      const names = await files.list(folder);
      return names.ok ? ok(names.value.flatMap((name) => idOf(name) ?? []).sort()) : names;
    },
    read,
    create: (entry) =>
      exclusive(async () => {
        if (blocked) return err(appError('file.notReadable', { file: folder }));
        const { instanceId } = entry.instance;
        if (openEntries().some(({ instance }) => instance.instanceId === instanceId))
          return err(appError('app.busy', { name: entry.instance.name }));
        const there = await files.read(pathOf(entry.id));
        if (!there.ok) return there;
        if (there.value !== null) return err(appError('app.busy', { name: entry.instance.name }));
        return write(entry);
      }),
    update: (id, change) =>
      exclusive(async () => {
        const before = await read(id);
        if (!before.ok) return before;
        const after = { ...change(before.value), updatedAtMs: now() };
        for (const key of FIXED)
          if (!isDeepStrictEqual(after[key], before.value[key]))
            throw new Error(`The journal's ${key} is fixed`);
        return write(after);
      }),
    writeRecipe: (id, text) => files.writeAtomic(join(folder, `${id}.rollback.txt`), text),
  };
}
