import type { DatabaseSync } from 'node:sqlite';
import { FileFault, type Owners } from '@waybill/sqlite/thread';
import type { WireMessage } from '../../wire/message.ts';
import type { ClaimArgs, ClaimedRows, InboxJobRow, LegRow, Operations, OutboxJobRow, TokenRow } from '../../wire/operations.ts';
import { inbound, kept, outbound } from '../../wire/states.ts';
import { bodyMissing, rowDamaged } from '../rows/damage.ts';
import type { MessageRow } from '../rows/message-row.ts';
import type { Messages } from '../rows/messages.ts';

/** What one claim has taken so far. */
interface Portion {
  readonly seqs: number[];
  readonly limit: number;
  /** For how many bytes of bodies there is room. */
  room: number;
}

/** A row as an index led to it, with the bytes of its body. */
type DueRow = Readonly<Record<string, unknown>>;

type ToJob<Job> = (row: MessageRow, message: WireMessage, token: TokenRow) => Job;

/** Handing out what is due: heads of order keys and rows without one, by the time since which they are due. */
export class Handout {
  readonly #messages: Messages;
  readonly #owners: Owners;
  readonly #due;
  readonly #behind;
  readonly #next;

  constructor(database: DatabaseSync, messages: Messages, owners: Owners) {
    this.#messages = messages;
    this.#owners = owners;
    const where = 'FROM message INDEXED BY ready WHERE direction = ? AND entry = ?';
    // SQLite knows the length of a body without reading it.
    const bytes = '(SELECT length(body) FROM body WHERE place = message.seq * 2) AS bytes';
    this.#due = database.prepare(`SELECT seq, order_key, unresolved, ${bytes} ${where} AND ready_at <= ? ORDER BY ready_at, seq LIMIT ?`);
    this.#next = database.prepare(`SELECT ready_at ${where} AND ready_at IS NOT NULL ORDER BY ready_at LIMIT 1`);
    this.#behind = database.prepare(
      `SELECT seq, state, owner, due_at, unresolved, ${bytes} FROM message INDEXED BY line
       WHERE direction = ? AND entry = ? AND order_key = ? AND in_line = 1 AND seq > ? ORDER BY seq LIMIT ?`,
    );
  }

  claim<Job>(direction: number, [entry, limit, run, bytes]: ClaimArgs, toJob: ToJob<Job>): ClaimedRows<Job> {
    const now = this.#messages.clock.now();
    const portion: Portion = { seqs: [], limit, room: bytes };
    const { seqs } = portion;
    for (const head of limit > 0 ? this.#due.all(direction, entry, now, limit) : []) {
      // A message that may have ended a process is handed out alone: no other is to be counted for it.
      const isSuspect = Number(head['unresolved']) > 0;
      if ((isSuspect && seqs.length > 0) || !take(head, portion) || isSuspect) break;
      const most = Math.min(run - 1, limit - seqs.length);
      const orderKey = head['order_key'];
      if (most <= 0 || typeof orderKey !== 'string') continue;
      const followers = this.#followers(direction, entry, orderKey, Number(head['seq']), most, now);
      if (!followers.every((row) => take(row, portion))) break;
    }
    const rows = seqs.toSorted((a, b) => a - b).flatMap((seq) => this.#handOut(seq, direction, entry, toJob, now) ?? []);
    const next = this.#next.get(direction, entry)?.['ready_at'];
    return { rows, dueIn: typeof next === 'number' ? Math.max(0, next - now) : null };
  }

  /** What stands behind a head, up to the first one that cannot be handed out now. */
  #followers(direction: number, entry: string, orderKey: string, head: number, most: number, now: number): readonly DueRow[] {
    const rows = this.#behind.all(direction, entry, orderKey, head, most);
    const end = rows.findIndex(
      (row) => row['state'] !== kept || row['owner'] !== null || Number(row['due_at']) > now || Number(row['unresolved']) > 0,
    );
    return end < 0 ? rows : rows.slice(0, end);
  }

  #handOut<Job>(seq: number, direction: number, entry: string, toJob: ToJob<Job>, now: number): Job | undefined {
    const row = this.#messages.bySeq(seq);
    // A row that is whole and not to be handed out was found by an index that is not.
    const isDue = row?.direction === direction && row.entry === entry && row.state === kept && row.owner === null;
    if (row === undefined || (row.damagedState === undefined && !isDue))
      throw new FileFault('damaged', `An index of the entry ${entry} leads to row ${seq}, which is not due there.`);
    const message = this.#messages.bodies.message(seq);
    // A message without a body is not an empty message, and what is not what was written is nobody's: a person has to look at it.
    if (row.damagedState !== undefined || !message?.isWhole) {
      this.#messages.park(row, message === null ? bodyMissing : rowDamaged, now);
      return undefined;
    }
    const owner = this.#owners.me();
    const version = this.#messages.claim(row, owner);
    return toJob(row, message.wire, [owner, version]);
  }
}

export function claimOperations(handout: Handout): Pick<Operations, 'claimInbox' | 'claimOutbox'> {
  return {
    claimInbox: (...request) => handout.claim<InboxJobRow>(inbound, request, inboxJob),
    claimOutbox: (...request) => handout.claim<OutboxJobRow>(outbound, request, outboxJob),
  };
}

/** False when there is no place for a row, or no room for its body beside those of others. */
function take({ seq, bytes }: DueRow, portion: Portion): boolean {
  const { seqs, limit } = portion;
  portion.room -= Number(bytes);
  if (seqs.length === limit || (seqs.length > 0 && portion.room < 0)) return false;
  seqs.push(Number(seq));
  return true;
}

function inboxJob(row: MessageRow, message: WireMessage, token: TokenRow): InboxJobRow {
  const { id, digest, trace, type, store, order_key, keys, attempts, unresolved } = row;
  return { id, facts: [digest, trace, type, store, order_key, keys], token, attempts, unresolved, message };
}

function outboxJob(row: MessageRow, [meta, body]: WireMessage, token: TokenRow): OutboxJobRow {
  const { entry, id, event, type, store, cause, trace, order_key, keys, uncomposed, attempts, unresolved, recorded_at, recipients } = row;
  const leg: LegRow = [entry, id, event ?? '', type ?? '', store, cause, trace, order_key, keys, uncomposed, meta, body];
  return { leg, token, attempts, unresolved, publishedAt: recorded_at, recipients };
}
