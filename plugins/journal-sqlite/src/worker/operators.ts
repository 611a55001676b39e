import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CountRow, FailureRow, ListedRow, Operations, QueryRow } from '../operations.ts';
import { done, inbound, parked, type Rows, stored, waiting } from './rows.ts';

const columns =
  'seq, direction, name, id, state, type, event, store, cause, trace, attempts, recorded_at, changed_at, code, reason, detail';

/** What people ask to see. */
export function viewOperations(database: DatabaseSync, rows: Rows): Pick<Operations, 'list' | 'show' | 'count'> {
  const listings = new Map<string, StatementSync>();
  const one = database.prepare(`SELECT ${columns} FROM message WHERE direction = ? AND name = ? AND id = ?`);
  const failures = database.prepare('SELECT at, code, reason FROM failure WHERE seq = ? ORDER BY number');
  // Once through the table in its order: four times as fast as through the index of the names.
  const count = database.prepare(
    'SELECT direction, name, state, count(*) AS rows FROM message NOT INDEXED GROUP BY direction, name, state ORDER BY direction, name, state',
  );

  return {
    list(query) {
      const { sql, values } = listing(query);
      const statement = listings.get(sql) ?? database.prepare(sql);
      listings.set(sql, statement);
      return statement.all(...values) as unknown as readonly ListedRow[];
    },

    show(direction, name, id) {
      const row = one.get(direction, name, id) as ListedRow | undefined;
      if (row === undefined) return null;
      const tries = failures.all(row.seq).map(({ at, code, reason }) => [at, code, reason] as unknown as FailureRow);
      return { row, failures: tries, message: rows.message(row.seq), reply: rows.reply(row.seq) };
    },

    count: () => count.all().map(({ direction, name, state, rows }) => [direction, name, state, rows] as unknown as CountRow),
  };
}

function listing({ direction, state, name, type, cause, before, limit }: QueryRow): { sql: string; values: (number | string)[] } {
  const values: (number | string)[] = [];
  // The state stands in the text, so that the index of parked rows can be used.
  const conditions = state === null ? [] : [`state = ${state}`];
  const where = (condition: string, value: number | string | null): void => {
    if (value === null) return;
    conditions.push(condition);
    values.push(value);
  };
  // The plus keeps SQLite from sorting all that an index finds: walking back from the newest row meets the page sooner.
  where('+direction = ?', direction);
  where('+name = ?', name);
  where('type = ?', type);
  where('cause = ?', cause);
  where('seq < ?', before);
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return { sql: `SELECT ${columns} FROM message ${filter} ORDER BY seq DESC LIMIT ?`, values: [...values, limit] };
}

/** What people do to parked messages. */
export function repairOperations(database: DatabaseSync, rows: Rows): Pick<Operations, 'replay' | 'drop'> {
  const revive = database.prepare(
    'UPDATE message SET state = ?, attempts = 0, changed_at = ?, due_at = ?, claimable_at = ?, owner = NULL WHERE seq = ?',
  );
  const replaceBody = database.prepare('UPDATE body SET body = ? WHERE place = ?');
  const remove = removal(database, rows);

  return {
    replay(direction, name, id, at, body) {
      const row = rows.known(direction, name, id);
      if (row?.state !== parked) return false;
      if (body !== null) replaceBody.run(body, row.seq * 2);
      revive.run(direction === inbound ? stored : waiting, at, at, at, row.seq);
      return true;
    },

    drop(direction, name, id) {
      const row = rows.known(direction, name, id);
      if (row?.state !== parked) return false;
      remove(row.seq);
      return true;
    },
  };
}

/** Forgetting in portions, so that the messages of the day never wait long for it. */
export function forgetOperations(database: DatabaseSync, rows: Rows): Pick<Operations, 'forgetRows' | 'forgetPublications'> {
  const portion = 1000;
  const look = database.prepare(`SELECT seq, state, recorded_at, changed_at FROM message WHERE seq > ? ORDER BY seq LIMIT ${portion}`);
  const removePublications = database.prepare(
    `DELETE FROM publication WHERE id IN (SELECT id FROM publication WHERE at < ?
     AND NOT EXISTS (SELECT 1 FROM message WHERE message.publication = publication.id) LIMIT ${portion})`,
  );
  const remove = removal(database, rows);

  return {
    forgetRows(at, after) {
      const found = look.all(after) as unknown as readonly Pick<ListedRow, 'seq' | 'state' | 'recorded_at' | 'changed_at'>[];
      const old = found.filter((row) => row.state === done && row.changed_at < at);
      for (const { seq } of old) remove(seq);
      // Rows stand in the order of their recording: behind a portion of young ones there is nothing old.
      const isEnd = found.length < portion || found.every((row) => row.recorded_at >= at);
      return { rows: old.length, next: isEnd ? null : (found.at(-1)?.seq ?? null) };
    },

    forgetPublications: (at) => Number(removePublications.run(at).changes) === portion,
  };
}

function removal(database: DatabaseSync, rows: Rows): (seq: number) => void {
  const removeRow = database.prepare('DELETE FROM message WHERE seq = ?');
  const removeFailures = database.prepare('DELETE FROM failure WHERE seq = ?');
  return (seq) => {
    rows.removeMessage(seq);
    rows.removeReply(seq);
    removeFailures.run(seq);
    removeRow.run(seq);
  };
}
