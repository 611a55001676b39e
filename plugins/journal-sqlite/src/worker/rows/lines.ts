import type { DatabaseSync } from 'node:sqlite';
import { kept, parked } from '../../wire/states.ts';
import { sumOfMove } from '../seals/sums.ts';
import type { Counts } from './counts.ts';

interface InLine {
  readonly seq: number;
  readonly state: number;
  readonly owner: number | null;
  readonly due_at: number;
  readonly ready_at: number | null;
  readonly blocking: number;
  readonly sum: number;
}

/**
 * The lines of the order keys. What is unfinished under one key of an entry stands in its line, in the order of its
 * recording; the first is the head, and only heads are ready. `refresh` makes that true again after a change.
 */
export class Lines {
  readonly #counts: Counts;
  readonly #firstTwo;
  readonly #set;

  constructor(database: DatabaseSync, counts: Counts) {
    this.#counts = counts;
    this.#firstTwo = database.prepare(
      `SELECT seq, state, owner, due_at, ready_at, blocking, sum FROM message INDEXED BY line
       WHERE direction = ? AND entry = ? AND order_key = ? AND in_line = 1 ORDER BY seq LIMIT 2`,
    );
    this.#set = database.prepare('UPDATE message SET due_at = ?, ready_at = ?, blocking = ?, sum = ? WHERE seq = ?');
  }

  /** The `seq` of the head of a key; undefined when nothing is unfinished under it. */
  head(direction: number, entry: string, orderKey: string): number | undefined {
    return this.#read(direction, entry, orderKey)[0]?.seq;
  }

  refresh(direction: number, entry: string, orderKey: string, now: number): void {
    const [head, next] = this.#read(direction, entry, orderKey);
    if (head === undefined) return;
    const isFree = head.state === kept && head.owner === null;
    // What becomes a head is due at once, or when its own time comes.
    const due = isFree && head.ready_at === null ? Math.max(head.due_at, now) : head.due_at;
    const ready = isFree ? (head.ready_at ?? due) : null;
    const isStuck = head.state === parked || (head.owner === null && due > now);
    const blocking = next !== undefined && isStuck ? 1 : 0;
    if (ready !== head.ready_at || blocking !== head.blocking) this.#write(head, { due_at: due, ready_at: ready, blocking });
    if (ready !== null && ready !== head.ready_at) this.#counts.ready(direction, entry);
    // This one was the head until an older one came back.
    if (next && (next.ready_at !== null || next.blocking === 1)) this.#write(next, { due_at: next.due_at, ready_at: null, blocking: 0 });
  }

  /** The rest of the row is not read here: what is wrong with its sum stays wrong. */
  #write(before: InLine, after: Pick<InLine, 'due_at' | 'ready_at' | 'blocking'>): void {
    this.#set.run(after.due_at, after.ready_at, after.blocking, before.sum + sumOfMove(before, after), before.seq);
  }

  #read(direction: number, entry: string, orderKey: string): readonly InLine[] {
    return this.#firstTwo.all(direction, entry, orderKey) as unknown as readonly InLine[];
  }
}
