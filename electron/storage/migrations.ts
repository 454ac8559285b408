/**
 * The steps of the evidence database's layout; `PRAGMA user_version` is the number of steps taken. A step that has
 * been released is never changed: append a new one, with a test that takes a database of the step before through it.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE instance (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    rows INTEGER NOT NULL DEFAULT 0,
    broken INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE stream (
    id INTEGER PRIMARY KEY,
    instance INTEGER NOT NULL,
    computer TEXT NOT NULL,
    channel TEXT NOT NULL,
    bookmark_record INTEGER,
    bookmark_time INTEGER,
    UNIQUE (instance, computer, channel)
  );
  CREATE TABLE shape (id INTEGER PRIMARY KEY, provider TEXT NOT NULL, names TEXT NOT NULL, UNIQUE (provider, names));
  CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    instance INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    record_id INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    account TEXT,
    address TEXT,
    inferred_from TEXT,
    workstation TEXT,
    explanation TEXT,
    keywords INTEGER NOT NULL,
    task INTEGER NOT NULL,
    shape INTEGER NOT NULL,
    fields TEXT NOT NULL
  );
  CREATE UNIQUE INDEX evidence_record ON evidence (stream, record_id, at_ms, ticks);
  CREATE INDEX evidence_time ON evidence (instance, at_ms, kind);
  CREATE INDEX evidence_account ON evidence (instance, account, at_ms) WHERE account IS NOT NULL;
  CREATE INDEX evidence_mark ON evidence (instance, at_ms) WHERE kind IN (3, 4);
  CREATE TABLE model (
    instance INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    last_evidence INTEGER NOT NULL,
    saved_ms INTEGER NOT NULL
  );
  CREATE TABLE broken (
    id INTEGER PRIMARY KEY,
    instance INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    channel TEXT NOT NULL,
    reason TEXT NOT NULL,
    excerpt TEXT NOT NULL
  );
  CREATE INDEX broken_instance ON broken (instance, id);
  CREATE TABLE gap (
    id INTEGER PRIMARY KEY,
    instance INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    channel TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (instance, at_ms, channel, reason)
  );
  CREATE TABLE kv (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  `,
  // What PDC emulators were seen to count.
  `
  CREATE TABLE directory_attempt (
    id INTEGER PRIMARY KEY,
    directory TEXT NOT NULL,
    sid TEXT NOT NULL,
    name TEXT NOT NULL,
    kind INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    since_ms INTEGER,
    failures INTEGER NOT NULL,
    count INTEGER NOT NULL,
    UNIQUE (directory, sid, kind, ticks)
  );
  CREATE INDEX directory_attempt_time ON directory_attempt (directory, at_ms);
  `,
];
