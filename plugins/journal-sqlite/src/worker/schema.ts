import { type FileFormat, ownerTable } from '@waybill/sqlite/thread';
import { replayTables } from './replay-tables.ts';

/**
 * The tables of version 2.
 *
 * - message: one row per inbound message and per leg. `direction` 0 in, 1 out; `state` as in wire/states.ts. `due_at` is when
 *   the row may be handed out; `ready_at` is the same once it can be: the row is kept, claimed by nobody, and the head of its
 *   order key (or has none). `in_line`: it stands in the line of its key. `blocking`: it is the head of its key, cannot be
 *   handed out now, and others stand behind it. `version` grows with each claim; `ended_…` tell of the claim that was ended last.
 *   `is_late`: it may be forgotten, and was not done when it was recorded. `keys` and `recipients` are JSON. `code`, `fault` and `reason` are those of the last failure.
 * - body: apart, so that a change of state does not copy the message. `place` is twice the message's `seq`, plus one
 *   for the reply; minus the `seq` for the body that an edited message had first.
 * - begun: inbound messages that are worked on without a claim, and by whom.
 * - entry: how much of each is unfinished. `stamp` grows whenever there is something new to claim.
 * - opening: who has the journal open; a row that is left tells of an opening that did not close.
 * - pause: entries at which nothing is received, or sent, until they are resumed.
 * - control_record: what people did. `ids` is JSON and holds at most a hundred; `rows` is how many there were.
 * - presence: how processes are, as JSON, by the opening that wrote it.
 * - tally: how often something came out so, in the `span` milliseconds from `at` on: a minute, or an hour.
 */
export const tables = `
CREATE TABLE message (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  direction INTEGER NOT NULL,
  entry TEXT NOT NULL,
  id TEXT NOT NULL,
  state INTEGER NOT NULL,
  trace TEXT NOT NULL,
  digest TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  ready_at INTEGER,
  owner INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  unresolved INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0,
  in_line INTEGER NOT NULL DEFAULT 0,
  blocks INTEGER NOT NULL DEFAULT 0,
  blocking INTEGER NOT NULL DEFAULT 0,
  at_once INTEGER NOT NULL DEFAULT 0,
  is_late INTEGER NOT NULL DEFAULT 0,
  type TEXT,
  store TEXT,
  order_key TEXT,
  keys TEXT,
  event TEXT,
  cause TEXT,
  publication TEXT,
  uncomposed TEXT,
  code TEXT,
  fault TEXT,
  reason TEXT,
  detail TEXT,
  receipt TEXT,
  recipients TEXT,
  ended_owner INTEGER,
  ended_version INTEGER,
  ended_as TEXT,
  UNIQUE (direction, entry, id)
) STRICT;
CREATE TABLE body (place INTEGER PRIMARY KEY, meta TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE failure (
  seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  code TEXT NOT NULL,
  fault TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (seq, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE business_key (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (name, value, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE begun (seq INTEGER NOT NULL, owner INTEGER NOT NULL, PRIMARY KEY (seq, owner)) STRICT, WITHOUT ROWID;
CREATE TABLE report (seq INTEGER NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, report TEXT NOT NULL, PRIMARY KEY (seq, id)) STRICT, WITHOUT ROWID;
CREATE TABLE pending_report (id TEXT PRIMARY KEY, about TEXT NOT NULL, at INTEGER NOT NULL, report TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE receipt (receipt TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE publication (id TEXT PRIMARY KEY, at INTEGER NOT NULL, legs INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE entry (
  direction INTEGER NOT NULL,
  entry TEXT NOT NULL,
  waiting INTEGER NOT NULL,
  parked INTEGER NOT NULL,
  stamp INTEGER NOT NULL,
  PRIMARY KEY (direction, entry)
) STRICT, WITHOUT ROWID;
CREATE TABLE lease (entry TEXT PRIMARY KEY, owner INTEGER, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE opening (uuid TEXT PRIMARY KEY, process TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE pause (
  direction INTEGER NOT NULL,
  entry TEXT NOT NULL,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  why TEXT,
  PRIMARY KEY (direction, entry)
) STRICT, WITHOUT ROWID;
CREATE TABLE control_record (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  why TEXT,
  did TEXT NOT NULL,
  direction INTEGER NOT NULL,
  entry TEXT NOT NULL,
  ids TEXT NOT NULL,
  rows INTEGER NOT NULL,
  target TEXT
) STRICT;
CREATE TABLE presence (
  uuid TEXT PRIMARY KEY,
  process TEXT NOT NULL,
  since INTEGER NOT NULL,
  at INTEGER NOT NULL,
  status TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tally (
  span INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  entry TEXT NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (span, direction, entry, at, outcome)
) STRICT, WITHOUT ROWID;
CREATE TABLE clock (at INTEGER NOT NULL) STRICT;
INSERT INTO clock VALUES (0);
${ownerTable}`;

/** Every index costs each message that is recorded: see docs/decisions.md before you add one. */
export const indexes = `
CREATE INDEX ready ON message (direction, entry, ready_at, seq) WHERE ready_at IS NOT NULL;
CREATE INDEX line ON message (direction, entry, order_key, seq) WHERE in_line = 1;
CREATE INDEX blocking ON message (changed_at) WHERE blocking = 1;
CREATE INDEX claimed ON message (owner) WHERE owner IS NOT NULL;
CREATE INDEX waiting ON message (direction, entry, seq) WHERE state = 1;
CREATE INDEX parked ON message (seq) WHERE state = 3;
CREATE INDEX parked_group ON message (direction, entry, type, code, seq) WHERE state = 3;
CREATE INDEX ended ON message (changed_at) WHERE is_late = 1;
CREATE INDEX traced ON message (trace);
CREATE INDEX of_entry ON message (direction, entry, seq);
CREATE INDEX begun_by ON begun (owner);
CREATE INDEX pending_about ON pending_report (about);
CREATE INDEX pending_age ON pending_report (at);
CREATE INDEX publication_age ON publication (at) WHERE legs = 0;
CREATE INDEX leased ON lease (owner) WHERE owner IS NOT NULL;
CREATE INDEX tally_age ON tally (span, at);`;

/** A journal; marked "WayB". */
export const journalFile: FileFormat = {
  applicationId: 0x57617942,
  schema: `${tables}${indexes}${replayTables}`,
  migrations: [fromVersion1(tables, indexes), replayTables],
};

/**
 * What makes a journal of version 1 one of version 2. In version 1 a leg that waits had state 0, a claim was a time in the
 * row, failures had no kind, messages had no time of their own, and there were neither order keys nor business keys.
 */
function fromVersion1(tables: string, indexes: string): string {
  return `
ALTER TABLE message RENAME TO message_1;
ALTER TABLE failure RENAME TO failure_1;
ALTER TABLE publication RENAME TO publication_1;
ALTER TABLE body RENAME TO body_1;
DROP TABLE owner;
DROP INDEX pending; DROP INDEX parked; DROP INDEX published; DROP INDEX publication_age;
${tables}
INSERT INTO message (
    seq, direction, entry, id, state, trace, digest, recorded_at, changed_at, due_at, ready_at, attempts, is_late, type, store, event, cause,
    publication, code, fault, reason, detail)
  SELECT seq, direction, name, id, iif(direction = 1 AND state = 0, 1, state), trace, coalesce(digest, ''), recorded_at, changed_at,
    coalesce(due_at, recorded_at), iif(state = 1 OR (direction = 1 AND state = 0), coalesce(due_at, recorded_at), NULL), attempts,
    state = 2 OR (direction = 0 AND state = 0), type,
    store, event, cause, publication, code, iif(code IS NULL, NULL, 'unavailable'), reason, detail
  FROM message_1 ORDER BY seq;
DELETE FROM sqlite_sequence WHERE name = 'message';
UPDATE sqlite_sequence SET name = 'message' WHERE name = 'message_1';
INSERT INTO failure SELECT seq, number, at, code, 'unavailable', reason FROM failure_1;
INSERT INTO body
  SELECT place, json_insert(meta, '$[6]', json('null'), '$[7]', recorded_at), body FROM body_1 JOIN message ON seq = place / 2;
INSERT INTO publication SELECT id, at, (SELECT count(*) FROM message WHERE publication = publication_1.id) FROM publication_1;
INSERT INTO entry
  SELECT direction, entry, sum(state = 1), sum(state = 3), 0 FROM message GROUP BY direction, entry;
UPDATE clock SET at = coalesce((SELECT max(changed_at) FROM message), 0);
DROP TABLE message_1; DROP TABLE failure_1; DROP TABLE publication_1; DROP TABLE body_1;
${indexes}`;
}
