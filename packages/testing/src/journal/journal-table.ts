import type { Claim, Claimed, JournalDirection, JournalState, Message } from '@waybill/contract';
import type { MemoryRow } from './journal-rows.ts';

type NewRow = Pick<MemoryRow, 'direction' | 'name' | 'id' | 'trace' | 'state' | 'event' | 'store' | 'cause' | 'publication'> & {
  readonly at: number;
  readonly digest?: string;
};

type JobOf<Job> = (row: MemoryRow, message: Message) => Job;

/** All rows by their key, and those that can be claimed in the order of their recording. */
export class RowTable {
  readonly #rows = new Map<string, MemoryRow>();
  readonly #claimable = new Map<string, Map<number, MemoryRow>>();
  #lastSeq = 0;

  get(direction: JournalDirection, name: string, id: string): MemoryRow | undefined {
    return this.#rows.get(keyOf(direction, name, id));
  }

  add({ at, digest = '', ...row }: NewRow): MemoryRow {
    this.#lastSeq += 1;
    const added: MemoryRow = {
      ...row,
      seq: this.#lastSeq,
      recordedAt: at,
      changedAt: at,
      digest,
      type: undefined,
      principal: undefined,
      message: undefined,
      reply: undefined,
      detail: undefined,
      attempts: 0,
      failures: [],
      due: at,
      leaseUntil: undefined,
    };
    this.#rows.set(keyOf(row.direction, row.name, row.id), added);
    if (isClaimable(added)) this.#queueOf(added).set(added.seq, added);
    return added;
  }

  /** Gives the row another state. Ends its claim. */
  move(row: MemoryRow, state: JournalState): void {
    const queue = this.#queueOf(row);
    queue.delete(row.seq);
    row.state = state;
    row.leaseUntil = undefined;
    if (!isClaimable(row)) return;
    queue.set(row.seq, row);
    if (row.seq < this.#lastSeq) this.#claimable.set(queueKey(row.direction, row.name), new Map([...queue].toSorted(([a], [b]) => a - b)));
  }

  remove(row: MemoryRow): void {
    this.#rows.delete(keyOf(row.direction, row.name, row.id));
    this.#queueOf(row).delete(row.seq);
  }

  newestFirst(): readonly MemoryRow[] {
    return [...this.#rows.values()].toReversed();
  }

  claim<Job>(direction: JournalDirection, claim: Claim, jobOf: JobOf<Job>): Claimed<Job> {
    const queue = this.#claimable.get(queueKey(direction, claim.name)) ?? new Map<number, MemoryRow>();
    return claim.inOrder ? claimOldest(queue, claim, jobOf) : claimDue(queue.values(), claim, jobOf);
  }

  #queueOf(row: MemoryRow): Map<number, MemoryRow> {
    const key = queueKey(row.direction, row.name);
    const queue = this.#claimable.get(key) ?? new Map<number, MemoryRow>();
    this.#claimable.set(key, queue);
    return queue;
  }
}

function claimDue<Job>(queue: Iterable<MemoryRow>, claim: Claim, jobOf: JobOf<Job>): Claimed<Job> {
  const jobs: Job[] = [];
  let nextDue: number | undefined;
  for (const row of queue) {
    const from = claimableAt(row);
    if (from <= claim.now && jobs.length < claim.limit) jobs.push(handOut(row, claim, jobOf));
    else nextDue = Math.min(nextDue ?? from, from);
    // One that is due already is as early as it gets: a long queue is not walked to its end at every claim.
    if (nextDue !== undefined && nextDue <= claim.now) break;
  }
  return { jobs, nextDue };
}

/** Nothing passes the oldest one; while it is out, the others wait for its lease at most. */
function claimOldest<Job>(queue: Map<number, MemoryRow>, claim: Claim, jobOf: JobOf<Job>): Claimed<Job> {
  const [oldest] = queue.values();
  if (oldest === undefined) return { jobs: [], nextDue: undefined };
  const from = claimableAt(oldest);
  if (from > claim.now || claim.limit < 1) return { jobs: [], nextDue: from };
  return { jobs: [handOut(oldest, claim, jobOf)], nextDue: queue.size > 1 ? claim.leaseUntil : undefined };
}

function handOut<Job>(row: MemoryRow, claim: Claim, jobOf: JobOf<Job>): Job {
  if (row.message === undefined) throw new TypeError(`There is nothing to hand out of ${row.name}/${row.id}.`);
  row.leaseUntil = claim.leaseUntil;
  return jobOf(row, row.message);
}

function claimableAt(row: MemoryRow): number {
  return Math.max(row.due, row.leaseUntil ?? row.due);
}

function isClaimable(row: MemoryRow): boolean {
  return row.direction === 'in' ? row.state === 'stored' : row.state === 'waiting';
}

function queueKey(direction: JournalDirection, name: string): string {
  return `${direction}\n${name}`;
}

function keyOf(direction: JournalDirection, name: string, id: string): string {
  return `${direction}\n${name}\n${id}`;
}
