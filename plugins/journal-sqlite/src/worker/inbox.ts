import type { DatabaseSync } from 'node:sqlite';
import type { FoundRow, KeptRow, Operations } from '../operations.ts';
import { done, inbound, type KnownRow, parked, type Rows, stored, waiting } from './rows.ts';

/** The steps of inbound messages. */
export function inboxOperations(database: DatabaseSync, rows: Rows): Pick<Operations, 'find' | 'finish' | 'store' | 'failed' | 'park'> {
  const add = database.prepare(
    `INSERT INTO message (direction, name, id, state, trace, recorded_at, changed_at, type, digest)
     VALUES (${inbound}, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const end = database.prepare(
    `UPDATE message SET state = ${done}, digest = ?, type = ?, trace = ?, changed_at = ?, code = NULL, reason = NULL, claimable_at = NULL,
     owner = NULL WHERE seq = ?`,
  );
  const keep = database.prepare('UPDATE message SET digest = ?, type = ?, trace = ? WHERE seq = ?');
  const makeDue = database.prepare(
    `UPDATE message SET state = ${stored}, changed_at = ?, due_at = ?, claimable_at = ?, owner = NULL WHERE seq = ?`,
  );
  const postpone = database.prepare('UPDATE message SET due_at = ?, claimable_at = iif(state = ?, ?, NULL), owner = NULL WHERE seq = ?');

  const keepMessage = (seq: number, [digest, type, trace, meta, body]: KeptRow): void => {
    keep.run(digest, type, trace, seq);
    rows.putMessage(seq, [meta, body]);
  };
  const added = (entry: string, id: string, trace: string, at: number, digest: string): number =>
    Number(add.run(entry, id, waiting, trace, at, at, null, digest).lastInsertRowid);
  const found = (row: KnownRow): FoundRow => ({
    state: row.state,
    attempts: row.attempts,
    digest: row.digest,
    code: row.code,
    reason: row.reason,
    reply: row.state === done ? rows.reply(row.seq) : null,
  });

  return {
    find(entry, id) {
      const row = rows.known(inbound, entry, id);
      return row ? found(row) : null;
    },

    finish([entry, id, digest, type, trace, at], reply, archive, legs) {
      // Most messages are new here: the insert alone tells.
      const inserted = add.run(entry, id, done, trace, at, at, type, digest);
      let seq = Number(inserted.lastInsertRowid);
      if (inserted.changes !== 1) {
        const row = rows.known(inbound, entry, id);
        if (row === undefined || row.state === done) return false;
        ({ seq } = row);
        end.run(digest, type, trace, at, seq);
        if (archive === null) rows.removeMessage(seq);
      }
      if (reply !== null) rows.putReply(seq, reply);
      if (archive !== null) rows.putMessage(seq, archive);
      rows.addLegs(legs, at, null);
      return true;
    },

    store(entry, id, kept, at) {
      const row = rows.known(inbound, entry, id);
      if (row !== undefined && row.state !== waiting) return found(row);
      const seq = row?.seq ?? added(entry, id, kept[2], at, kept[0]);
      keepMessage(seq, kept);
      makeDue.run(at, at, at, seq);
      return row ? found(row) : null;
    },

    failed(entry, id, failure, due, digest, trace) {
      if (rows.known(inbound, entry, id) === undefined) added(entry, id, trace, failure[0], digest);
      const row = rows.known(inbound, entry, id);
      if (row === undefined || row.state === done || row.state === parked) return;
      rows.countFailure(row, failure, due);
      if (!rows.isOthers(row)) postpone.run(due, stored, due, row.seq);
    },

    park(entry, id, kept, failure) {
      const row = rows.known(inbound, entry, id);
      if (row !== undefined && (row.state === done || row.state === parked)) return;
      const seq = row?.seq ?? added(entry, id, kept[2], failure[0], kept[0]);
      keepMessage(seq, kept);
      rows.giveUp(seq, failure);
    },
  };
}
