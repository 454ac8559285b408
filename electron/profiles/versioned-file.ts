import { dirname, join, parse } from 'node:path';
import { appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import type { Notice } from '../../shared/snapshot';
import { backupName, backupsOf, backupsToRemove } from './backup-rotation';
import type { TextFiles } from './text-files';
import { type DocumentFormat, readDocument, writeDocument } from './versioned-document';

export interface VersionedFileOptions<T> {
  readonly path: string;
  readonly format: DocumentFormat<T>;
  readonly empty: () => T;
  readonly files: TextFiles;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** False for files whose deleted entries must be gone for good. */
  readonly backups: boolean;
}

export interface VersionedFile<T> {
  /** Reads the file once. What could not be read is kept aside and told in the notices. */
  open(): Promise<readonly Notice[]>;
  /** The value as it was last written. */
  value(): T;
  /**
   * Changes the value, one change after the other: it is the new value once it is on the disk, and the old one
   * when it could not be written.
   */
  update<R>(change: (current: T) => Result<{ readonly next: T; readonly output: R }>): Promise<Result<R>>;
}

/** A JSON file with a version, atomic writes, rolling backups and migrations. */
export function createVersionedFile<T extends object>(options: VersionedFileOptions<T>): VersionedFile<T> {
  const { path, format, files, now } = options;
  const name = parse(path).name;
  const backupDirectory = join(dirname(path), 'backups');
  let current = options.empty();
  let writable = false;
  let tail: Promise<unknown> = Promise.resolve();

  const notice = (
    severity: Notice['severity'],
    kind: string,
    params: Record<string, string | number>,
  ): Notice => ({
    id: `file.${name}.${kind}`,
    severity,
    message: { key: `notice.file.${kind}`, params: { file: path, ...params } },
    atMs: now(),
  });

  async function newestBackup(): Promise<{ value: T; file: string } | undefined> {
    if (!options.backups) return undefined;
    const names = await files.list(backupDirectory);
    if (!names.ok) return undefined;
    for (const candidate of backupsOf(name, names.value)) {
      const text = await files.read(join(backupDirectory, candidate));
      if (!text.ok || text.value === null) continue;
      const document = readDocument(text.value, format);
      if (document.kind === 'ok') return { value: document.value, file: candidate };
    }
    return undefined;
  }

  /** Moves the unreadable file away; as long as that fails, nothing is written over it. */
  async function keepAside(
    kind: 'corrupt' | 'newer',
    params: Record<string, string | number>,
  ): Promise<Notice[]> {
    const aside = join(dirname(path), backupName(`${name}.${kind}`, now()));
    const moved = await files.move(path, aside);
    if (!moved.ok) return [notice('error', 'notMovable', {})];
    writable = true;
    const backup = await newestBackup();
    if (!backup) return [notice('error', kind, { aside, ...params })];
    current = backup.value;
    const restored = await write(current);
    const said = notice('warning', `${kind}Restored`, { aside, backup: backup.file, ...params });
    return restored.ok ? [said] : [said, notice('error', 'notWritable', {})];
  }

  async function write(value: T): Promise<Result<null>> {
    if (!writable) return err(appError('file.notWritable', { file: path }));
    const text = writeDocument(value, format);
    const written = await files.writeAtomic(path, text);
    if (!written.ok || !options.backups) return written;
    await backUp(text);
    return written;
  }

  /** A backup that fails costs nothing but itself: the file is already safe. */
  async function backUp(text: string): Promise<void> {
    const saved = await files.writeAtomic(join(backupDirectory, backupName(name, now())), text);
    const names = saved.ok ? await files.list(backupDirectory) : saved;
    if (!names.ok || names.value === null) return;
    for (const old of backupsToRemove(name, names.value)) await files.remove(join(backupDirectory, old));
  }

  return {
    async open() {
      const text = await files.read(path);
      if (!text.ok) {
        if (text.error.code === 'file.corrupt') return keepAside('corrupt', {});
        return [notice('error', 'notReadable', {})];
      }
      if (text.value === null) {
        writable = true;
        return [];
      }
      const document = readDocument(text.value, format);
      if (document.kind === 'corrupt') return keepAside('corrupt', {});
      if (document.kind === 'newer') return keepAside('newer', { version: document.version });
      current = document.value;
      writable = true;
      if (document.migratedFrom !== null) {
        if (options.backups) {
          await files.writeAtomic(
            join(backupDirectory, `${name}.v${document.migratedFrom}.json`),
            text.value,
          );
        }
        await write(current);
      }
      return [];
    },
    value: () => current,
    update(change) {
      const run = async () => {
        const changed = change(current);
        if (!changed.ok) return changed;
        const written = await write(changed.value.next);
        if (!written.ok) return written;
        current = changed.value.next;
        return ok(changed.value.output);
      };
      const result = tail.then(run);
      tail = result.catch(() => undefined);
      return result;
    },
  };
}
