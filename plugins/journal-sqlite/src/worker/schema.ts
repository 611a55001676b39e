import { type FileFormat, ownerTable, type PromiseFormat } from '@waybill/sqlite/thread';
import { fromVersion1, fromVersion2, fromVersion3 } from './older-schemas.ts';
import { replayTables } from './replay-tables.ts';
import { defineSums, sumSql } from './seals/sealed-tables.ts';

/**
 * - message: one row per inbound message and per leg. `direction` 0 in, 1 out; `state` as in wire/states.ts. `due_at` is when
 *   the row may be handed out; `ready_at` is the same once it can be: the row is kept, claimed by nobody, and the head of its
 *   order key (or has none). `in_line`: it stands in the line of its key. `blocking`: it is the head of its key, cannot be
 *   handed out now, and others stand behind it. `version` grows with each claim; `ended_…` tell of the claim that was ended last.
 *   `is_late`: it may be forgotten, and was not done when it was recorded. `keys`, `receipts` and `recipients` are JSON. `code`, `fault` and `reason` are those of the last failure.
 * - body: apart, so that a change of state does not copy the message. `place` is twice the message's `seq`, plus one
 *   for the reply; minus the `seq` for the body that an edited message had first.
 * - `sum`, everywhere: the checksum of the row.
 * - report: what was reported of a leg. `raised`: 0 until the event that tells of it is recorded.
 * - begun: inbound messages that are worked on without a claim, and by whom.
 * - entry: how much of each is unfinished. `stamp` grows whenever there is something new to claim.
 * - opening: who has the journal open; a row that is left tells of an opening that did not close.
 * - pause: entries at which nothing is received, or sent, until they are resumed.
 * - control_record: what people did. `ids` is JSON and holds at most a hundred; `rows` is how many there were.
 * - presence: how processes are, as JSON, by the opening that wrote it.
 * - manifest: of each name the manifest that was started last, as it was written.
 * - clock: the time, and a random id of this file. `promises` in sqlite_sequence counts the steps that were promised: its page is written
 *   with every new message, so that counting them writes no page more.
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
  receipts TEXT,
  recipients TEXT,
  ended_owner INTEGER,
  ended_version INTEGER,
  ended_as TEXT,
  sum INTEGER,
  UNIQUE (direction, entry, id)
) STRICT;
CREATE TABLE body (place INTEGER PRIMARY KEY, meta TEXT NOT NULL, body BLOB NOT NULL, sum INTEGER) STRICT;
CREATE TABLE failure (
  seq INTEGER NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  code TEXT NOT NULL,
  fault TEXT NOT NULL,
  reason TEXT NOT NULL,
  sum INTEGER,
  PRIMARY KEY (seq, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE business_key (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (name, value, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE begun (seq INTEGER NOT NULL, owner INTEGER NOT NULL, sum INTEGER, PRIMARY KEY (seq, owner)) STRICT, WITHOUT ROWID;
CREATE TABLE report (seq INTEGER NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, report TEXT NOT NULL, raised INTEGER NOT NULL DEFAULT 1, sum INTEGER, PRIMARY KEY (seq, id)) STRICT, WITHOUT ROWID;
CREATE TABLE pending_report (id TEXT PRIMARY KEY, about TEXT NOT NULL, at INTEGER NOT NULL, report TEXT NOT NULL, sum INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE receipt (receipt TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE publication (id TEXT PRIMARY KEY, at INTEGER NOT NULL, legs INTEGER NOT NULL, sum INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE entry (
  direction INTEGER NOT NULL,
  entry TEXT NOT NULL,
  waiting INTEGER NOT NULL,
  parked INTEGER NOT NULL,
  stamp INTEGER NOT NULL,
  PRIMARY KEY (direction, entry)
) STRICT, WITHOUT ROWID;
CREATE TABLE lease (entry TEXT PRIMARY KEY, owner INTEGER, version INTEGER NOT NULL, sum INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE opening (uuid TEXT PRIMARY KEY, process TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE pause (
  direction INTEGER NOT NULL,
  entry TEXT NOT NULL,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  why TEXT,
  sum INTEGER,
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
  target TEXT,
  replay INTEGER,
  sum INTEGER
) STRICT;
CREATE TABLE presence (
  uuid TEXT PRIMARY KEY,
  process TEXT NOT NULL,
  since INTEGER NOT NULL,
  at INTEGER NOT NULL,
  status TEXT NOT NULL,
  sum INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE tally (
  span INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  entry TEXT NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  count INTEGER NOT NULL,
  sum INTEGER,
  PRIMARY KEY (span, direction, entry, at, outcome)
) STRICT, WITHOUT ROWID;
CREATE TABLE manifest (name TEXT PRIMARY KEY, at INTEGER NOT NULL, process TEXT NOT NULL, source TEXT NOT NULL, sum INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE clock (at INTEGER NOT NULL, file TEXT, sum INTEGER) STRICT;
INSERT INTO clock (at, file) VALUES (0, lower(hex(randomblob(16))));
UPDATE clock SET sum = ${sumSql('clock')};
INSERT INTO sqlite_sequence (name, seq) VALUES ('promises', 0);
${replayTables}
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
CREATE INDEX unraised ON report (at) WHERE raised = 0;
CREATE INDEX pending_about ON pending_report (about);
CREATE INDEX pending_age ON pending_report (at);
CREATE INDEX publication_age ON publication (at) WHERE legs = 0;
CREATE INDEX leased ON lease (owner) WHERE owner IS NOT NULL;
CREATE INDEX tally_age ON tally (span, at);`;

/** Where a journal counts its promises. */
export const journalPromises: PromiseFormat = {
  read: `SELECT (SELECT file FROM clock) AS file, (SELECT seq FROM sqlite_sequence WHERE name = 'promises') AS count`,
  add: `UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'promises' RETURNING seq AS count`,
};

/** A journal; marked "WayB". */
export const journalFile: FileFormat = {
  applicationId: 0x57617942,
  schema: `${tables}${indexes}`,
  migrations: [fromVersion1(), fromVersion2(), fromVersion3()],
  prepare: defineSums,
  promises: journalPromises,
};
