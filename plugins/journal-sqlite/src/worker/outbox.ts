import type { DatabaseSync } from 'node:sqlite';
import type { Operations } from '../operations.ts';
import { done, outbound, type Rows, waiting } from './rows.ts';

/** The steps of outbound messages. */
export function outboxOperations(database: DatabaseSync, rows: Rows): Pick<Operations, 'publish' | 'sent' | 'postponed' | 'parkLeg'> {
  const remember = database.prepare('INSERT INTO publication (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const end = database.prepare(
    `UPDATE message SET state = ${done}, changed_at = ?, detail = ?, code = NULL, reason = NULL, claimable_at = NULL, owner = NULL
     WHERE direction = ${outbound} AND name = ? AND id = ? AND state <> ${done} RETURNING seq`,
  );
  const postpone = database.prepare('UPDATE message SET due_at = ?, claimable_at = ?, owner = NULL WHERE seq = ?');

  return {
    publish(legs, at, id) {
      if (id !== null && remember.run(id, at).changes !== 1) return false;
      const recorded = rows.addLegs(legs, at, id);
      return id !== null || recorded > 0;
    },

    sent(destination, id, at, detail, archive) {
      const ended = end.get(at, detail, destination, id);
      if (ended !== undefined && !archive) rows.removeMessage(Number(ended['seq']));
    },

    postponed(destination, id, due, failure) {
      const row = rows.known(outbound, destination, id);
      if (row?.state !== waiting) return;
      if (failure !== null) rows.countFailure(row, failure, due);
      if (!rows.isOthers(row)) postpone.run(due, due, row.seq);
    },

    parkLeg(destination, id, failure) {
      const row = rows.known(outbound, destination, id);
      if (row?.state === waiting) rows.giveUp(row.seq, failure);
    },
  };
}
