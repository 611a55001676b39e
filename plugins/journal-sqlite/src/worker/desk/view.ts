import type { DatabaseSync } from 'node:sqlite';
import type { BlockedRow, CountRow, QueryRow, ReplayedRow, ShownRow } from '../../wire/desk.ts';
import type { FailureRow, WireMessage } from '../../wire/message.ts';
import type { Operations } from '../../wire/operations.ts';
import type { JournalClock } from '../clock.ts';
import { Bodies, type StoredBody } from '../rows/bodies.ts';
import { asDamaged, parkedAs, readRow } from '../rows/damage.ts';
import { whole } from '../seals/sealed-tables.ts';
import { Listing, listed } from './listing.ts';

type ViewOperations = Pick<Operations, 'list' | 'show' | 'counts' | 'blocked'>;

/** What people ask to see. Nothing here writes, and nothing walks over everything. */
export function viewOperations(database: DatabaseSync, clock: JournalClock): ViewOperations {
  const listing = new Listing(database);
  return {
    list: (query: QueryRow) => listing.list(query),
    show: showing(database),
    counts: counting(database),
    blocked: blocking(database, clock),
  };
}

/** All that is known of one row. */
export function showing(database: DatabaseSync): ViewOperations['show'] {
  const bodies = new Bodies(database);
  const find = database.prepare('SELECT * FROM message WHERE direction = ? AND entry = ? AND id = ?');
  const failures = database.prepare('SELECT * FROM failure WHERE seq = ? ORDER BY number');
  const replayed = database.prepare('SELECT * FROM replayed WHERE seq = ?');
  const reports = database.prepare('SELECT * FROM report WHERE seq = ? ORDER BY at, id');
  return (direction, entry, id): ShownRow | null => {
    const found = readRow(find, direction, entry, id);
    if (found === undefined) return null;
    const { seq } = found;
    const [message, original, reply] = [bodies.message(seq), bodies.original(seq), bodies.reply(seq)];
    const isDamaged = [message, original, reply].some((body) => body?.isWhole === false);
    const row = isDamaged && found.damagedState === undefined ? asDamaged(found) : found;
    const { keys, detail, recipients, uncomposed } = row.damagedState === undefined ? row : parkedAs(row);
    return {
      row: listed(row),
      keys,
      failures: whole('failure', failures.all(seq)).map(
        (one) => [one['code'], one['fault'], one['reason'], one['at']] as unknown as readonly [...FailureRow, number],
      ),
      // What is not what was written is nothing that anybody could rely on.
      message: wireOf(message),
      original: wireOf(original)?.[1] ?? null,
      isUncomposed: uncomposed !== null,
      replayed: (whole('replayed', replayed.all(seq))[0] as unknown as ReplayedRow | undefined) ?? null,
      reply: wireOf(reply),
      detail,
      recipients,
      reports: whole('report', reports.all(seq)).map((one) => [String(one['report']), Number(one['at'])] as const),
    };
  };
}

function wireOf(body: StoredBody | null): WireMessage | null {
  return body?.isWhole ? body.wire : null;
}

function counting(database: DatabaseSync): ViewOperations['counts'] {
  const entries = database.prepare(
    'SELECT direction, entry, waiting, parked FROM entry WHERE waiting > 0 OR parked > 0 ORDER BY direction, entry',
  );
  const oldest = database.prepare(
    'SELECT recorded_at FROM message INDEXED BY waiting WHERE direction = ? AND entry = ? AND state = 1 ORDER BY seq LIMIT 1',
  );
  return () =>
    entries.all().map(({ direction = 0, entry = '', waiting, parked }) => {
      const first = oldest.get(direction, entry)?.['recorded_at'];
      return [
        Number(direction),
        String(entry),
        Number(waiting),
        Number(parked),
        first === undefined ? null : Number(first),
      ] satisfies CountRow;
    });
}

/** How many rows behind a head are counted at most. */
const mostBehind = 10_000;

function blocking(database: DatabaseSync, clock: JournalClock): ViewOperations['blocked'] {
  const heads = database.prepare(
    `SELECT seq, direction, entry, order_key, id, state, changed_at FROM message INDEXED BY blocking
     WHERE blocking = 1 AND owner IS NULL AND (state = 3 OR due_at > ?) ORDER BY changed_at LIMIT ?`,
  );
  const behind = database.prepare(
    `SELECT count(*) AS n FROM (SELECT 1 FROM message INDEXED BY line
       WHERE direction = ? AND entry = ? AND order_key = ? AND in_line = 1 AND seq > ? LIMIT ${mostBehind})`,
  );
  return (limit) =>
    heads.all(clock.now(), limit).flatMap((row) => {
      const { seq = 0, direction = 0, entry = '', order_key = '', id, state, changed_at } = row;
      const waiting = Number(behind.get(direction, entry, order_key, seq)?.['n']);
      return waiting === 0 ? [] : [{ direction, entry, order_key, id, state, changed_at, waiting } as unknown as BlockedRow];
    });
}
