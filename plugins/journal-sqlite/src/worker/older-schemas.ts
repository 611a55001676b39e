import { ownerTable } from '@waybill/sqlite/thread';
import { replayTables } from './replay-tables.ts';
import { summedColumns, sumSql } from './seals/sealed-tables.ts';

/* The tables of older versions, as they were, and what makes a file of one a file of the next. None of it is ever changed. */

export const tables2 = `
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

export const indexes2 = `
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

/**
 * What makes a journal of version 1 one of version 2. In version 1 a leg that waits had state 0, a claim was a time in the
 * row, failures had no kind, messages had no time of their own, and there were neither order keys nor business keys.
 */
export function fromVersion1(): string {
  return `
ALTER TABLE message RENAME TO message_1;
ALTER TABLE failure RENAME TO failure_1;
ALTER TABLE publication RENAME TO publication_1;
ALTER TABLE body RENAME TO body_1;
DROP TABLE owner;
DROP INDEX pending; DROP INDEX parked; DROP INDEX published; DROP INDEX publication_age;
${tables2}
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
${indexes2}`;
}

/** The tables of version 2 whose rows have a checksum since version 3. */
const sealedSince3 = [
  'failure',
  'begun',
  'report',
  'pending_report',
  'publication',
  'lease',
  'pause',
  'control_record',
  'presence',
  'tally',
];

/** The sum of a report in version 3. */
const reportSum3 = 'sum_of_values(seq, id, at, report)';

/** The sum of a message, whose receipts are in `receipts`. */
function messageSum(receipts: string): string {
  return `sum_of_message(${summedColumns.map((column) => (column === 'receipts' ? receipts : column)).join(', ')})`;
}

/** What makes a journal of version 2 one of version 3, in which each row has a checksum, the file counts what it has promised, and sets are replayed. */
export function fromVersion2(): string {
  const sumOf = (table: string): string => (table === 'report' ? reportSum3 : sumSql(table));
  const sealed = sealedSince3.map((table) => `ALTER TABLE ${table} ADD COLUMN sum INTEGER; UPDATE ${table} SET sum = ${sumOf(table)};`);
  return `
${replayTables}
ALTER TABLE control_record ADD COLUMN replay INTEGER;
ALTER TABLE message ADD COLUMN sum INTEGER;
UPDATE message SET sum = ${messageSum('receipt')};
ALTER TABLE body ADD COLUMN sum INTEGER;
UPDATE body SET sum = sum_of_body(place, meta, body);
${sealed.join('\n')}
ALTER TABLE clock ADD COLUMN file TEXT;
ALTER TABLE clock ADD COLUMN sum INTEGER;
UPDATE clock SET file = lower(hex(randomblob(16)));
UPDATE clock SET sum = ${sumSql('clock')};
INSERT INTO sqlite_sequence (name, seq) VALUES ('promises', 0);
CREATE TABLE manifest (name TEXT PRIMARY KEY, at INTEGER NOT NULL, process TEXT NOT NULL, source TEXT NOT NULL, sum INTEGER) STRICT, WITHOUT ROWID;`;
}

/**
 * What makes a journal of version 3 one of version 4: a leg may have several receipts, and a report is raised or not. Those of version 3 were,
 * as far as they ever will be. A row that is not what was written stays so.
 */
export function fromVersion3(): string {
  return `
ALTER TABLE message RENAME COLUMN receipt TO receipts;
UPDATE message SET receipts = json_array(receipts), sum = ${messageSum('json_array(receipts)')}
  WHERE receipts IS NOT NULL AND sum = ${messageSum('receipts')};
ALTER TABLE report ADD COLUMN raised INTEGER NOT NULL DEFAULT 1;
UPDATE report SET sum = ${sumSql('report')} WHERE sum = ${reportSum3};
CREATE INDEX unraised ON report (at) WHERE raised = 0;`;
}
