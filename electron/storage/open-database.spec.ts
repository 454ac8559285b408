import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEvidenceStore } from './evidence-store';
import { MIGRATIONS } from './migrations';
import { openDatabase } from './open-database';
import { INSTANCE_A, makeStored, must, range, T0, temporaryFolder } from './testing/make-records';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
const options = { now: () => T0 };
const ASIDE = 'evidence.db.unreadable-2025-03-04T05-06-07.000Z';

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'evidence.db');
});
afterEach(() => folder.remove());

/** A sound database's bytes. */
function sound(): Buffer {
  const other = join(folder.path, 'sound.db');
  const { store } = must(openEvidenceStore(other, options));
  must(store.appendBatch({ instanceId: INSTANCE_A, records: range(1, 500).map((id) => makeStored(id)) }));
  store.close();
  return readFileSync(other);
}

describe('openDatabase', () => {
  it('makes a new one with write-ahead logging and room given back bit by bit', () => {
    const { database, keptAside } = must(openDatabase(path, options));
    expect(keptAside).toBeNull();
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA auto_vacuum').get()).toEqual({ auto_vacuum: 2 });
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 1 });
    database.close();
  });

  it.each([
    ['a file that never was a database', () => writeFileSync(path, 'no database, '.repeat(1000))],
    ['one cut short', () => writeFileSync(path, sound().subarray(0, -8192))],
    [
      'one with broken bytes in a page',
      () => {
        const bytes = sound();
        bytes.fill(0xa5, 3 * 4096, 3 * 4096 + 64);
        writeFileSync(path, bytes);
      },
    ],
    [
      "another application's",
      () => {
        const other = new DatabaseSync(path);
        other.exec('CREATE TABLE theirs (x)');
        other.close();
      },
    ],
  ])('keeps aside %s and starts anew', (_, spoil) => {
    spoil();
    const spoiled = readFileSync(path);
    const { store, keptAside } = must(openEvidenceStore(path, options));
    expect(keptAside).toBe(join(folder.path, ASIDE));
    expect(readFileSync(join(folder.path, ASIDE)).equals(spoiled)).toBe(true);
    expect(must(store.appendBatch({ instanceId: INSTANCE_A, records: [makeStored(1)] })).stored).toBe(1);
    store.close();
  });

  it('never overwrites what was kept aside before', () => {
    for (const text of ['first '.repeat(999), 'second '.repeat(999)]) {
      writeFileSync(path, text);
      must(openEvidenceStore(path, options)).store.close();
    }
    expect(readFileSync(join(folder.path, ASIDE), 'utf8')).toContain('first');
    expect(readFileSync(join(folder.path, `${ASIDE}-2`), 'utf8')).toContain('second');
  });

  it('leaves a database of a newer version as it is', () => {
    writeFileSync(path, sound());
    const newer = new DatabaseSync(path);
    newer.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    newer.close();
    const before = readFileSync(path);
    expect(openDatabase(path, options)).toMatchObject({ ok: false, error: { code: 'file.newerVersion' } });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder.path).filter((name) => name.includes('unreadable'))).toEqual([]);
  });

  it('says when the folder is not there', () => {
    expect(openDatabase(join(folder.path, 'no', 'such.db'), options)).toMatchObject({
      ok: false,
      error: { code: 'file.notReadable' },
    });
  });
});

describe('migrations', () => {
  it('step 1 makes the tables', () => {
    const { database } = must(openDatabase(path, options, MIGRATIONS.slice(0, 1)));
    const tables: { name: string }[] = database
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .all();
    expect(tables.map(({ name }) => name)).toEqual([
      'broken',
      'evidence',
      'gap',
      'instance',
      'kv',
      'model',
      'shape',
      'stream',
    ]);
    database.close();
  });

  it('step 2 adds what PDC emulators counted, and leaves all that was stored as it is', () => {
    const before = must(openDatabase(path, options, MIGRATIONS.slice(0, 1))).database;
    before.exec("INSERT INTO kv VALUES ('kept', 'yes'); INSERT INTO instance (uuid, rows) VALUES ('one', 7)");
    before.close();
    const { database, keptAside } = must(openDatabase(path, options, MIGRATIONS.slice(0, 2)));
    expect(keptAside).toBeNull();
    expect(database.prepare('SELECT value FROM kv').all()).toEqual([{ value: 'yes' }]);
    expect(database.prepare('SELECT uuid, rows FROM instance').all()).toEqual([{ uuid: 'one', rows: 7 }]);
    expect(database.prepare('SELECT count(*) AS rows FROM directory_attempt').get()).toEqual({ rows: 0 });
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
    database.close();
  });

  it('takes only the steps that are missing, and a failing one not at all', () => {
    const steps = ['CREATE TABLE one (x); INSERT INTO one VALUES (1);', 'ALTER TABLE one ADD COLUMN y'];
    must(openDatabase(path, options, steps.slice(0, 1))).database.close();
    const failing = [...steps.slice(0, 1), 'CREATE TABLE two (x); SELECT no_such_function();'];
    expect(() => openDatabase(path, options, failing)).toThrow();
    const { database } = must(openDatabase(path, options, steps));
    expect(database.prepare('SELECT * FROM one').all()).toEqual([{ x: 1, y: null }]);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 });
    database.close();
  });
});
