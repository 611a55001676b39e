import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Owners } from '@waybill/sqlite';
import type { ClaimedRows, ClaimRow, Operations, OutboxRow, StoredRow, WireMessage } from '../operations.ts';
import { inbound, outbound, type Rows } from './rows.ts';

interface JobRow {
  readonly seq: number;
  readonly id: string;
  readonly digest: string;
  readonly type: string | null;
  readonly trace: string;
  readonly attempts: number;
  readonly event: string;
  readonly store: string | null;
  readonly cause: string | null;
  readonly recorded_at: number;
}

interface Pending {
  readonly seq: number;
  readonly claimable_at: number;
}

type ToRow<Row> = (job: JobRow, message: WireMessage) => Row;

/** Handing out what is due. */
export function claimOperations(database: DatabaseSync, rows: Rows, owners: Owners): Pick<Operations, 'claimStored' | 'claimOutbox'> {
  const pending = preparePending(database);

  const handOut = <Row>(seq: number, leaseUntil: number, toRow: ToRow<Row>): Row => {
    const job = pending.take.get(leaseUntil, owners.me(), seq) as unknown as JobRow;
    return toRow(job, rows.message(seq) ?? ['[]', new Uint8Array(0)]);
  };

  const claimDue = <Row>(direction: number, [name, limit, now, leaseUntil]: ClaimRow, toRow: ToRow<Row>): ClaimedRows<Row> => {
    const due = pending.due.all(direction, name, now, limit + 1) as unknown as readonly Pending[];
    // One that is due already is as early as it gets; only without one the whole queue is looked through.
    const nextDue = due[limit]?.claimable_at ?? (pending.next.get(direction, name, now)?.['next'] as number | null);
    return { rows: due.slice(0, limit).map(({ seq }) => handOut(seq, leaseUntil, toRow)), nextDue };
  };

  /** Nothing passes the oldest one; while it is out, the others wait for its lease at most. */
  const claimOldest = <Row>(direction: number, [name, limit, now, leaseUntil]: ClaimRow, toRow: ToRow<Row>): ClaimedRows<Row> => {
    const [first, second] = pending.oldest.all(direction, name) as unknown as readonly Pending[];
    if (first === undefined || limit < 1 || first.claimable_at > now) return { rows: [], nextDue: first?.claimable_at ?? null };
    return { rows: [handOut(first.seq, leaseUntil, toRow)], nextDue: second ? leaseUntil : null };
  };

  const claim = <Row>(direction: number, request: ClaimRow, toRow: ToRow<Row>): ClaimedRows<Row> => {
    const attempt = (): ClaimedRows<Row> => (request[4] ? claimOldest : claimDue)(direction, request, toRow);
    const claimed = attempt();
    const mayBeHeldByTheDead = claimed.rows.length === 0 && claimed.nextDue !== null;
    return mayBeHeldByTheDead && owners.reap() > 0 ? attempt() : claimed;
  };

  return {
    claimStored: (request) => claim<StoredRow>(inbound, request, storedRow),
    claimOutbox: (request) => claim<OutboxRow>(outbound, request, outboxRow),
  };
}

/** The index `pending` alone answers all but the last, in the order of recording. */
function preparePending(database: DatabaseSync): Readonly<Record<'due' | 'oldest' | 'next' | 'take', StatementSync>> {
  const where = 'FROM message INDEXED BY pending WHERE direction = ? AND name = ?';
  return {
    due: database.prepare(`SELECT seq, claimable_at ${where} AND claimable_at <= ? ORDER BY seq LIMIT ?`),
    oldest: database.prepare(`SELECT seq, claimable_at ${where} AND claimable_at IS NOT NULL ORDER BY seq LIMIT 2`),
    next: database.prepare(`SELECT min(claimable_at) AS next ${where} AND claimable_at > ?`),
    take: database.prepare(
      `UPDATE message SET claimable_at = ?, owner = ? WHERE seq = ?
       RETURNING seq, id, digest, type, trace, attempts, event, store, cause, recorded_at`,
    ),
  };
}

function storedRow({ id, digest, type, trace, attempts }: JobRow, [meta, body]: WireMessage): StoredRow {
  return [id, digest, type, trace, attempts, meta, body];
}

function outboxRow({ event, type, store, cause, trace, attempts, recorded_at }: JobRow, [meta, body]: WireMessage): OutboxRow {
  return [event, type ?? '', store, cause, trace, attempts, recorded_at, meta, body];
}
