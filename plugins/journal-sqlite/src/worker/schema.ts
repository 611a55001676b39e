import { type FileFormat, ownerTable } from '@waybill/sqlite';

/**
 * - message: one row per inbound message and per leg. `direction` 0 in, 1 out; `state` 0 waiting, 1 stored, 2 done,
 *   3 parked. `claimable_at` is when the row can be handed out: its due time, or the end of the lease while it is
 *   claimed; NULL for rows that are not to be handed out.
 * - body: apart, so that a change of state does not copy the message. `place` is twice the message's `seq`, plus one
 *   for the reply.
 * - owner: who has claims. A claim names its owner, so that it can be ended when that one is dead.
 */
const schema = `
CREATE TABLE message (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  direction INTEGER NOT NULL,
  name TEXT NOT NULL,
  id TEXT NOT NULL,
  state INTEGER NOT NULL,
  trace TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  type TEXT,
  digest TEXT,
  event TEXT,
  store TEXT,
  cause TEXT,
  publication TEXT,
  due_at INTEGER,
  claimable_at INTEGER,
  owner INTEGER,
  code TEXT,
  reason TEXT,
  detail TEXT,
  UNIQUE (direction, name, id)
);
CREATE INDEX pending ON message (direction, name, seq, claimable_at, owner) WHERE claimable_at IS NOT NULL;
CREATE INDEX parked ON message (seq) WHERE state = 3;
CREATE INDEX published ON message (publication) WHERE publication IS NOT NULL;
CREATE TABLE body (
  place INTEGER PRIMARY KEY,
  meta TEXT NOT NULL,
  body BLOB NOT NULL
);
CREATE TABLE failure (
  seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (seq, number)
) WITHOUT ROWID;
CREATE TABLE publication (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX publication_age ON publication (at);
CREATE INDEX claimed ON message (owner) WHERE owner IS NOT NULL;
${ownerTable}`;

/** Since version 2 owners show a beat. */
const toVersion2 = `
UPDATE message SET owner = NULL, claimable_at = due_at WHERE owner IS NOT NULL;
CREATE INDEX claimed ON message (owner) WHERE owner IS NOT NULL;
DROP TABLE owner;
${ownerTable}`;

/** A journal; marked "WayB". */
export const journalFile: FileFormat = { applicationId: 0x57617942, schema, migrations: [toVersion2] };
