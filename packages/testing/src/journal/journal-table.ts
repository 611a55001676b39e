import type { Claim, Claimed, FailedAttempt, JournalDirection, JournalState, Message } from '@waybill/contract';
import type { MemoryRow } from './journal-rows.ts';

type NewRow = Pick<MemoryRow, 'direction' | 'name' | 'id' | 'trace' | 'state' | 'event' | 'store' | 'cause' | 'publication'> & {
  readonly at: number;
  readonly digest?: string;
};

const noFailures: readonly FailedAttempt[] = [];

type JobOf<Job> = (row: MemoryRow, message: Message) => Job;

/** The rows of one entry or destination: all by their id, and those that can be claimed in the order of their recording. */
interface Lane {
  readonly rows: Map<string, MemoryRow>;
  claimable: Map<number, MemoryRow>;
}

/** All rows of the journal. */
export class RowTable {
  readonly #lanes = { in: new Map<string, Lane>(), out: new Map<string, Lane>() };
  #lastSeq = 0;

  get(direction: JournalDirection, name: string, id: string): MemoryRow | undefined {
    return this.#lanes[direction].get(name)?.rows.get(id);
  }

  add({ direction, name, id, state, trace, at, digest = '', event, store, cause, publication }: NewRow): MemoryRow {
    this.#lastSeq += 1;
    const added: MemoryRow = {
      seq: this.#lastSeq,
      direction,
      name,
      id,
      state,
      trace,
      event,
      store,
      cause,
      publication,
      recordedAt: at,
      changedAt: at,
      digest,
      type: undefined,
      principal: undefined,
      message: undefined,
      reply: undefined,
      detail: undefined,
      attempts: 0,
      failures: noFailures,
      due: at,
      leaseUntil: undefined,
    };
    const lane = this.#laneOf(direction, name);
    lane.rows.set(id, added);
    if (isClaimable(added)) lane.claimable.set(added.seq, added);
    return added;
  }

  /** Gives the row another state. Ends its claim. */
  move(row: MemoryRow, state: JournalState): void {
    const lane = this.#laneOf(row.direction, row.name);
    lane.claimable.delete(row.seq);
    row.state = state;
    row.leaseUntil = undefined;
    if (!isClaimable(row)) return;
    lane.claimable.set(row.seq, row);
    if (row.seq < this.#lastSeq) lane.claimable = new Map([...lane.claimable].toSorted(([a], [b]) => a - b));
  }

  remove(row: MemoryRow): void {
    const lane = this.#laneOf(row.direction, row.name);
    lane.rows.delete(row.id);
    lane.claimable.delete(row.seq);
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
    const lane: Lane = { rows: new Map(), claimable: new Map() };
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
