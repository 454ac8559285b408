import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filetimeFromMs } from '../../shared/time';
import { type DirectoryAttempt, forgetAttempts } from './directory-attempts';
import { type EvidenceStore, openEvidenceStore } from './evidence-store';
import { MIGRATIONS } from './migrations';
import { openDatabase } from './open-database';
import { must, T0, temporaryFolder } from './testing/make-records';

const ONE = '6f1c7a52-3d0e-4a7a-9c1f-0d2b8f6f1b01';
const TWO = '6f1c7a52-3d0e-4a7a-9c1f-0d2b8f6f1b02';
const DAY_MS = 86_400_000;

let folder: ReturnType<typeof temporaryFolder>;
let store: EvidenceStore;
let nowMs = T0;
beforeEach(() => {
  folder = temporaryFolder();
  nowMs = T0;
  store = must(openEvidenceStore(join(folder.path, 'evidence.db'), { now: () => nowMs })).store;
});
afterEach(() => {
  store.close();
  folder.remove();
});

const attempt = (seconds: number, changes: Partial<DirectoryAttempt> = {}): DirectoryAttempt => ({
  directoryId: ONE,
  sid: 'S-1-5-21-1-2-3-1104',
  name: 'Anna',
  what: 'wrong',
  at: filetimeFromMs(T0 + seconds * 1000) + 77n,
  atMs: T0 + seconds * 1000,
  sinceMs: null,
  failures: 2,
  count: 3,
  ...changes,
});
const whole = { directoryId: ONE, fromMs: T0, toMs: T0 + 3_600_000 };
const START = { atMs: -1, id: -1 };

it('keeps each once, and gives them oldest first, page by page', () => {
  const seen = [
    attempt(20, { what: 'unlocked', failures: 0, sinceMs: T0 }),
    attempt(10),
    attempt(5, { directoryId: TWO }),
  ];
  expect(must(store.keepDirectoryAttempts(seen))).toEqual({ stored: 3 });
  expect(must(store.keepDirectoryAttempts(seen))).toEqual({ stored: 0 });
  const [first] = must(store.queries.directoryAttempts(whole, START, 1));
  if (!first) throw new Error('nothing was kept');
  expect(first).toMatchObject({
    atMs: T0 + 10_000,
    name: 'Anna',
    what: 'wrong',
    failures: 2,
    sinceMs: null,
  });
  expect(must(store.queries.directoryAttempts(whole, first, 10))).toMatchObject([
    { atMs: T0 + 20_000, what: 'unlocked', sinceMs: T0 },
  ]);
  expect(must(store.queries.directoryAttempts({ ...whole, toMs: T0 + 10_000 }, START, 10))).toEqual([]);
});

it('knows the newest failure of each account, to the tick', () => {
  const other = 'S-1-5-21-1-2-3-500';
  must(
    store.keepDirectoryAttempts([
      attempt(10, { count: 2 }),
      attempt(30, { count: 5 }),
      attempt(40, { what: 'unlocked' }),
      attempt(20, { sid: other }),
      attempt(90, { directoryId: TWO }),
    ]),
  );
  const last = must(store.lastDirectoryFailures(ONE));
  expect(last).toHaveLength(2);
  expect(last).toContainEqual({ sid: attempt(0).sid, at: attempt(30).at, count: 5 });
  expect(last).toContainEqual({ sid: other, at: attempt(20).at, count: 3 });
});

it('is forgotten with age as other evidence is', () => {
  must(store.keepDirectoryAttempts([attempt(0), attempt(60)]));
  nowMs = T0 + DAY_MS + 30_000;
  must(store.retention({ maxAgeMs: DAY_MS, maxBytes: 1e9, maxRows: 1e6 }));
  expect(must(store.queries.directoryAttempts(whole, START, 10)).map(({ atMs }) => atMs)).toEqual([
    T0 + 60_000,
  ]);
});

it('is bounded in number: the oldest go, a little at a time', () => {
  const { database } = must(openDatabase(join(folder.path, 'other.db'), { now: () => T0 }, MIGRATIONS));
  for (let n = 0; n < 10; n++)
    database.exec(
      `INSERT INTO directory_attempt (directory, sid, name, kind, ticks, at_ms, failures, count) VALUES ('d', 's', 'n', 1, ${n}, ${T0 + n}, 1, 1)`,
    );
  expect(forgetAttempts(database, T0, 4, 5)).toBe(5);
  expect(forgetAttempts(database, T0, 4, 5)).toBe(1);
  expect(forgetAttempts(database, T0, 4, 5)).toBe(0);
  expect(database.prepare('SELECT min(at_ms) AS first FROM directory_attempt').get()).toEqual({
    first: T0 + 6,
  });
  database.close();
});
