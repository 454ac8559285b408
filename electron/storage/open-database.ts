import { existsSync, renameSync, statSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { type AppError, appError } from '../../shared/errors';
import { err, ok, type Result } from '../../shared/result';
import { MIGRATIONS } from './migrations';
import { databaseError, isUnreadable } from './sqlite-errors';

export interface OpenedDatabase {
  readonly database: DatabaseSyncInstance;
  /** Where an unreadable database was put before this new one was made; null when there was none. */
  readonly keptAside: string | null;
}

export interface OpenOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Checks every page, however large the file; without it, only files below 64 MiB are checked that closely. */
  readonly thorough?: boolean;
}

/** Marks the file as ours ("Lkwt"). */
const APPLICATION_ID = 0x4c6b7774;
const CHECKED_BELOW_BYTES = 67_108_864;

/**
 * WAL with synchronous=NORMAL: a killed process loses nothing that was committed and can never corrupt the file. A
 * power cut may undo the last commits as a whole; their bookmark is undone with them, so they are read again.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 5000;
  PRAGMA cache_size = -16384;
  PRAGMA temp_store = MEMORY;
  PRAGMA wal_autocheckpoint = 4000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA trusted_schema = OFF;
`;

/**
 * The value of one expression, read without a prepared statement: the library frees those only when they are
 * collected, and until then the file stays open after `close`, so that Windows could not rename it.
 */
function scalar(database: DatabaseSyncInstance, expression: string): unknown {
  let value: unknown;
  database.function('lockwatch_report', (found: unknown) => {
    value = found;
    return 0;
  });
  database.exec(`SELECT lockwatch_report((SELECT ${expression}))`);
  return value;
}

const pragma = (database: DatabaseSyncInstance, name: string): number =>
  Number(scalar(database, `${name} FROM pragma_${name}`));

class Unreadable extends Error {}

function prepare(
  database: DatabaseSyncInstance,
  path: string,
  options: OpenOptions,
  steps: readonly string[],
): AppError | null {
  const fresh = pragma(database, 'schema_version') === 0;
  if (!fresh && pragma(database, 'application_id') !== APPLICATION_ID)
    throw new Unreadable('another application');
  if (pragma(database, 'user_version') > steps.length) return appError('file.newerVersion', { file: path });
  if (!fresh && (options.thorough || statSync(path).size < CHECKED_BELOW_BYTES)) {
    const found = scalar(database, 'quick_check FROM pragma_quick_check LIMIT 1');
    if (found !== 'ok') throw new Unreadable(String(found));
  }
  // A database without tables only: on any other it would write, and set nothing.
  if (fresh) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  database.exec(PRAGMAS);
  migrate(database, steps);
  return null;
}

/** Takes the missing steps, each in a transaction of its own together with its number. */
function migrate(database: DatabaseSyncInstance, steps: readonly string[]): void {
  for (let version = pragma(database, 'user_version'); version < steps.length; version++) {
    database.exec(
      `BEGIN IMMEDIATE; ${steps[version] ?? ''}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version + 1}; COMMIT;`,
    );
  }
}

/** Renames the database and its companions; they are never overwritten. */
function keepAside(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(':', '-');
  let aside = `${path}.unreadable-${stamp}`;
  for (let next = 2; existsSync(aside); next++) aside = `${path}.unreadable-${stamp}-${next}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

/**
 * Opens the database at the path, made anew when there is none. One that cannot be read is kept aside under another
 * name. Errors: `file.newerVersion` (left as it is), `file.diskFull`, `file.notReadable`, `file.notWritable`,
 * `store.unavailable`.
 */
export function openDatabase(path: string, options: OpenOptions, steps = MIGRATIONS): Result<OpenedDatabase> {
  let keptAside: string | null = null;
  for (;;) {
    let database: DatabaseSyncInstance | undefined;
    try {
      database = new DatabaseSync(path, { enableForeignKeyConstraints: false, timeout: 5000 });
      const refusal = prepare(database, path, options, steps);
      if (refusal === null) return ok({ database, keptAside });
      database.close();
      return err(refusal);
    } catch (thrown) {
      if (database?.isOpen) {
        if (database.isTransaction) database.exec('ROLLBACK');
        database.close();
      }
      if (keptAside !== null || !(thrown instanceof Unreadable || isUnreadable(thrown))) {
        return err(databaseError(thrown, path));
      }
      keptAside = keepAside(path, options.now());
    }
  }
}
