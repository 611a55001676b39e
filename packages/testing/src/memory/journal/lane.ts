import type { ClaimRequest, JournalDirection, JournalState } from '@waybill/contract';
import { DueHeap } from '../lists/due-heap.ts';
import { Ring } from '../lists/ring.ts';
import { Sequence } from '../lists/sequence.ts';
import type { Owner } from './owners.ts';
import type { Place, Row } from './row.ts';

/** What one claim has taken so far. */
interface Portion {
  readonly owner: Owner;
  readonly rows: Row[];
  /** For how many bytes of bodies there is room. */
  room: number;
  /** A row was left for want of room. */
  isFull: boolean;
}

/** The rows of one entry in one direction. */
export class Lane implements Place {
  readonly direction: JournalDirection;
  readonly entry: string;
  /** What the journal hands out: stored messages, or legs that wait. */
  readonly #claimable: JournalState;
  readonly rows = new Map<string, Row>();
  /** What is unfinished under each order key. */
  readonly lines = new Map<string, Sequence<Row>>();
  readonly #waiting = new Sequence<Row>((row) => row.state === this.#claimable && !row.gone);
  readonly #ready = new Ring<Row>();
  readonly #later = new DueHeap<Row>();
  waiting = 0;
  parked = 0;
  inHand = 0;

  constructor(direction: JournalDirection, entry: string) {
    this.direction = direction;
    this.entry = entry;
    this.#claimable = direction === 'in' ? 'stored' : 'waiting';
  }

  /** The oldest of those that wait. */
  oldest(): Row | undefined {
    return this.#waiting.first();
  }

  setState(row: Row, state: JournalState): void {
    if (row.state === state) return;
    this.#count(row.state, -1);
    if (state === this.#claimable) this.#waiting.add(row);
    row.state = state;
    this.#count(state, 1);
  }

  /** Takes in a row that was made with its state. */
  add(row: Row): void {
    this.rows.set(row.id, row);
    this.#count(row.state, 1);
    if (row.state === this.#claimable) this.#waiting.add(row);
  }

  remove(row: Row): void {
    this.rows.delete(row.id);
    this.#count(row.state, -1);
    row.gone = true;
  }

  enter(row: Row, now: number): void {
    this.#lineUp(row);
    this.offer(row, now);
  }

  offer(row: Row, now: number): void {
    const work = row.work;
    if (work === undefined || !this.#isFree(row)) return;
    if (work.due <= now) this.#ready.push(row);
    else this.#later.push(row, work.due);
  }

  leave(row: Row, now: number): void {
    const { work, orderKey } = row;
    if (!work?.inLine || orderKey === undefined) return;
    work.inLine = false;
    const next = this.lines.get(orderKey)?.first();
    if (next === undefined) this.lines.delete(orderKey);
    else if (next.work) {
      next.work.due = Math.max(next.work.due, now);
      this.offer(next, now);
    }
  }

  /** Hands out rows that are due, as many as the request allows. */
  claim(owner: Owner, { limit, run = 1, bytes = Number.POSITIVE_INFINITY }: ClaimRequest, now: number): Row[] {
    this.#wakeDue(now);
    const portion: Portion = { owner, rows: [], room: bytes, isFull: false };
    const { rows } = portion;
    while (rows.length < limit && !portion.isFull) {
      const row = this.#ready.shift();
      if (row === undefined) break;
      if (!this.#isFree(row) || !isDue(row, now)) continue;
      if (isSuspect(row)) {
        // A message that may have ended a process is handed out alone: no other is to be counted for it.
        if (rows.length > 0) this.#ready.unshift(row);
        else this.#take(row, portion);
        break;
      }
      if (run > 1 && row.orderKey !== undefined) this.#claimRun(row, portion, Math.min(run, limit - rows.length), now);
      else this.#take(row, portion);
      if (row.work?.owner === undefined) this.#ready.unshift(row);
    }
    return rows.length > 1 && !isSorted(rows) ? rows.toSorted((one, other) => one.seq - other.seq) : rows;
  }

  /** After how many milliseconds there will be something to claim. */
  dueIn(now: number): number | undefined {
    for (let row = this.#ready.first(); row !== undefined; row = this.#ready.first()) {
      if (this.#isFree(row) && isDue(row, now)) return 0;
      this.#ready.shift();
    }
    for (let next = this.#later.first(); next !== undefined; next = this.#later.first()) {
      if (this.#isFree(next.row)) return Math.max(0, next.due - now);
      this.#later.shift();
    }
    return undefined;
  }

  #lineUp(row: Row): void {
    const { orderKey, work, state } = row;
    if (orderKey === undefined || work === undefined || work.inLine || work.atOnce) return;
    if (state === 'parked' && !work.blocks) return;
    let line = this.lines.get(orderKey);
    if (line === undefined) {
      line = new Sequence<Row>((one) => one.work?.inLine === true);
      this.lines.set(orderKey, line);
    }
    line.add(row);
    work.inLine = true;
  }

  #wakeDue(now: number): void {
    for (let next = this.#later.first(); next !== undefined && next.due <= now; next = this.#later.first()) {
      this.#later.shift();
      this.#ready.push(next.row);
    }
  }

  /** Whether nobody has the row and nothing stands before it. */
  #isFree(row: Row): boolean {
    if (row.state !== this.#claimable || row.gone || row.work?.owner !== undefined) return false;
    return row.orderKey === undefined || this.lines.get(row.orderKey)?.first() === row;
  }

  /** Leaves the row where there is no room for its body beside others. */
  #take(row: Row, portion: Portion): void {
    const { work, message } = row;
    if (work === undefined) return;
    portion.room -= message?.body.byteLength ?? 0;
    portion.isFull = portion.room < 0 && portion.rows.length > 0;
    if (portion.isFull) return;
    work.owner = portion.owner;
    work.version += 1;
    this.inHand += 1;
    portion.rows.push(row);
  }

  #claimRun(head: Row, portion: Portion, most: number, now: number): void {
    const end = portion.rows.length + most;
    for (const row of this.lines.get(head.orderKey ?? '')?.oldestFirst() ?? []) {
      if (portion.rows.length === end || row.state !== this.#claimable || row.work?.owner !== undefined || !isDue(row, now)) return;
      if (isSuspect(row)) return;
      this.#take(row, portion);
      if (portion.isFull) return;
    }
  }

  #count(state: JournalState, by: number): void {
    if (state === this.#claimable) this.waiting += by;
    else if (state === 'parked') this.parked += by;
  }
}

/** Whether a process ended while it worked on it. */
function isSuspect({ work }: Row): boolean {
  return work !== undefined && work.unresolved > 0;
}

function isDue(row: Row, now: number): boolean {
  return row.work !== undefined && row.work.due <= now;
}

function isSorted(rows: readonly Row[]): boolean {
  return rows.every((row, index) => index === 0 || (rows[index - 1]?.seq ?? 0) < row.seq);
}
