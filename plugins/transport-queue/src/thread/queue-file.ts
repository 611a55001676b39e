import { type FileFormat, ownerTable } from '@waybill/sqlite/thread';

/** What becomes of a message on a queue. */
export const state = { ready: 0, held: 1, waiting: 2 } as const;

/*
 * Bodies lie in a table of their own, because a message is handed out and given back by changing a few numbers in its
 * row, and SQLite writes rows whole. AUTOINCREMENT: a number is never used again, so that an owner who lost a message
 * cannot touch another one.
 */
const schema = `
  CREATE TABLE queue (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, depth INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE message (number INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL, priority INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, owner INTEGER, attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0,
    expires INTEGER, correlation TEXT, head TEXT NOT NULL) STRICT;
  CREATE TABLE body (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE INDEX message_in_line ON message (queue, state, priority DESC, number);
  CREATE INDEX message_by_correlation ON message (queue, correlation) WHERE correlation IS NOT NULL;
  CREATE INDEX message_by_owner ON message (owner) WHERE owner IS NOT NULL;
  CREATE INDEX message_by_due ON message (due) WHERE state = ${state.waiting};
  CREATE INDEX message_by_expiry ON message (expires) WHERE expires IS NOT NULL;
  ${ownerTable}
`;

/** Since version 2 the silence of an owner is told by a beat, not by a time of day. */
const toVersion2 = `
  UPDATE message SET state = ${state.ready}, owner = NULL WHERE owner IS NOT NULL;
  DROP TABLE owner;
  ${ownerTable}
`;

/** A file of queues; marked "WBQU". */
export const queueFile: FileFormat = { applicationId: 0x57425155, schema, migrations: [toVersion2] };
