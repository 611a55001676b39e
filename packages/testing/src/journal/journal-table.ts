import type { Claim, Claimed, JournalDirection, Message } from '@waybill/contract';
import type { Lane, MemoryRow } from './journal-rows.ts';

/** What is known of a row when it is recorded. */
type NewRow = Pick<MemoryRow, 'id' | 'state' | 'trace' | 'recordedAt' | 'digest'>;

type JobOf<Job> = (row: MemoryRow, message: Message) => Job;

/** All rows of the journal. */
export class RowTable {
  readonly #lanes = { in: new Map<string, Lane>(), out: new Map<string, Lane>() };
  #lastSeq = 0;

  get(direction: JournalDirection, name: string, id: string): MemoryRow | undefined {
    return this.#lanes[direction].get(name)?.rows.get(id);
  }

  /** Records a row that cannot be claimed yet, see `offer`. */
  add(direction: JournalDirection, name: string, { id, state, trace, recordedAt, digest }: NewRow): MemoryRow {
    this.#lastSeq += 1;
    const seq = this.#lastSeq;
    const lane = this.#laneOf(direction, name);
    const row = { seq, lane, id, recordedAt, state, changedAt: recordedAt, trace, digest, type: undefined, reply: undefined };
    lane.rows.set(id, row);
    return row;
  }

  /** Gives the row a state in which it can be claimed, from `due` on. Ends its claim. */
  offer(row: MemoryRow, state: 'waiting' | 'stored', due: number): void {
    const { lane, seq } = row;
    row.state = state;
    row.due = due;
    row.leaseUntil = undefined;
    lane.claimable.set(seq, row);
    if (seq < this.#lastSeq) lane.claimable = new Map([...lane.claimable].toSorted(([a], [b]) => a - b));
  }

  /** Gives the row a state in which it cannot be claimed. Ends its claim. */
  end(row: MemoryRow, state: 'done' | 'parked'): void {
    row.lane.claimable.delete(row.seq);
    row.state = state;
    row.leaseUntil = undefined;
  }

  remove({ lane, id, seq }: MemoryRow): void {
    lane.rows.delete(id);
    lane.claimable.delete(seq);
  }

  newestFirst(): readonly MemoryRow[] {
    const lanes = [...this.#lanes.in.values(), ...this.#lanes.out.values()];
    return lanes.flatMap(({ rows }) => [...rows.values()]).toSorted((a, b) => b.seq - a.seq);
  }

  claim<Job>(direction: JournalDirection, claim: Claim, jobOf: JobOf<Job>): Claimed<Job> {
    const { claimable } = this.#laneOf(direction, claim.name);
    return claim.inOrder ? claimOldest(claimable, claim, jobOf) : claimDue(claimable.values(), claim, jobOf);
  }

  #laneOf(direction: JournalDirection, name: string): Lane {
    const known = this.#lanes[direction].get(name);
    if (known) return known;
    const lane: Lane = { direction, name, rows: new Map(), claimable: new Map() };
    this.#lanes[direction].set(name, lane);
    return lane;
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
  if (row.message === undefined) throw new TypeError(`There is nothing to hand out of ${row.lane.name}/${row.id}.`);
  row.leaseUntil = claim.leaseUntil;
  return jobOf(row, row.message);
}

function claimableAt(row: MemoryRow): number {
  return Math.max(row.due ?? 0, row.leaseUntil ?? 0);
}
