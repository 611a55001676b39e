import type { DatabaseSync } from 'node:sqlite';
import type { FoundRow, KeptRow, Operations } from '../operations.ts';
import { done, inbound, type KnownRow, parked, type Rows, stored, waiting } from './rows.ts';

type InboxOperations = Pick<Operations, 'find' | 'finish' | 'store' | 'failed' | 'park'>;

/** The steps of inbound messages. */
export function inboxOperations(database: DatabaseSync, rows: Rows): InboxOperations {
  const inbox = prepareInbox(database, rows);
  return {
    find(entry, id) {
      const row = rows.known(inbound, entry, id);
      return row ? foundRow(row, rows) : null;
    },

    finish([entry, id, digest, type, trace, at], reply, archive, legs) {
      // Most messages are new here: the insert alone tells.
      const inserted = inbox.insert.run(entry, id, done, trace, at, at, type, digest);
      let seq = Number(inserted.lastInsertRowid);
      if (inserted.changes !== 1) {
        const row = rows.known(inbound, entry, id);
        if (row === undefined || row.state === done) return false;
        ({ seq } = row);
        inbox.end.run(digest, type, trace, at, seq);
        if (archive === null) rows.removeMessage(seq);
      }
      if (reply !== null) rows.putReply(seq, reply);
      if (archive !== null) rows.putMessage(seq, archive);
      rows.addLegs(legs, at, null);
      return true;
    },

    store(entry, id, kept, at) {
      const row = rows.known(inbound, entry, id);
      if (row !== undefined && row.state !== waiting) return foundRow(row, rows);
      const seq = row?.seq ?? inbox.add(entry, id, kept[2], at, kept[0]);
      inbox.keep(seq, kept);
      inbox.makeDue.run(at, at, at, seq);
      return row ? foundRow(row, rows) : null;
    },

    failed(entry, id, failure, due, digest, trace) {
      if (rows.known(inbound, entry, id) === undefined) inbox.add(entry, id, trace, failure[0], digest);
      const row = rows.known(inbound, entry, id);
      if (row === undefined || row.state === done || row.state === parked) return;
      rows.countFailure(row, failure, due);
      if (!rows.isOthers(row)) inbox.postpone.run(due, stored, due, row.seq);
    },

    park(entry, id, kept, failure) {
      const row = rows.known(inbound, entry, id);
      if (row !== undefined && (row.state === done || row.state === parked)) return;
      const seq = row?.seq ?? inbox.add(entry, id, kept[2], failure[0], kept[0]);
      inbox.keep(seq, kept);
      rows.giveUp(seq, failure);
    },
  };
}

function prepareInbox(database: DatabaseSync, rows: Rows) {
  const insert = database.prepare(
    `INSERT INTO message (direction, name, id, state, trace, recorded_at, changed_at, type, digest)
     VALUES (${inbound}, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const end = database.prepare(
    `UPDATE message SET state = ${done}, digest = ?, type = ?, trace = ?, changed_at = ?, code = NULL, reason = NULL, claimable_at = NULL,
     owner = NULL WHERE seq = ?`,
  );
  const identify = database.prepare('UPDATE message SET digest = ?, type = ?, trace = ? WHERE seq = ?');
  const makeDue = database.prepare(
    `UPDATE message SET state = ${stored}, changed_at = ?, due_at = ?, claimable_at = ?, owner = NULL WHERE seq = ?`,
  );
  const postpone = database.prepare('UPDATE message SET due_at = ?, claimable_at = iif(state = ?, ?, NULL), owner = NULL WHERE seq = ?');

  /** A message of which nothing is known but its id; answers its `seq`. */
  const add = (entry: string, id: string, trace: string, at: number, digest: string): number =>
    Number(insert.run(entry, id, waiting, trace, at, at, null, digest).lastInsertRowid);
  const keep = (seq: number, [digest, type, trace, meta, body]: KeptRow): void => {
    identify.run(digest, type, trace, seq);
    rows.putMessage(seq, [meta, body]);
  };
  return { insert, end, makeDue, postpone, add, keep };
}

function foundRow(row: KnownRow, rows: Rows): FoundRow {
  const { seq, state, attempts, digest, code, reason } = row;
  return { state, attempts, digest, code, reason, reply: state === done ? rows.reply(seq) : null };
}
