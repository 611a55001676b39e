/**
 * The tables of replays.
 *
 * - replay: replays of sets. `query` is JSON, null where messages were named. `state` is running, cancelled, done, or forgotten while its set is removed; while `chosen_before`
 *   is not null, the set is still being chosen, and goes on with rows before that `seq`. `next_at` is when the next message may be replayed.
 * - chosen: what is still to be replayed.
 * - replayed: how often a row was replayed, and who did it the last time, in which replay.
 */
export const replayTables = `
CREATE TABLE replay (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  why TEXT,
  query TEXT,
  target TEXT,
  rate REAL,
  state TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  next_at REAL NOT NULL,
  chosen_before INTEGER,
  chosen INTEGER NOT NULL DEFAULT 0,
  replayed INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  cancelled_who TEXT,
  cancelled_why TEXT,
  sum INTEGER
) STRICT;
CREATE TABLE chosen (replay INTEGER NOT NULL, seq INTEGER NOT NULL, sum INTEGER, PRIMARY KEY (replay, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE replayed (
  seq INTEGER PRIMARY KEY,
  times INTEGER NOT NULL,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  why TEXT,
  replay INTEGER,
  sum INTEGER
) STRICT;
CREATE INDEX replay_age ON replay (changed_at);`;
