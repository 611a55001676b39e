import type { DatabaseSync } from 'node:sqlite';
import type { FailureRow } from '../../wire/message.ts';
import type { LegRow } from '../../wire/operations.ts';
import { kept, outbound, parked } from '../../wire/states.ts';
import type { Messages, NewRow } from '../rows/messages.ts';

/** Recording legs, and what they were published with. */
export class Legs {
  readonly #messages: Messages;
  readonly #remember;
  readonly #count;

  constructor(database: DatabaseSync, messages: Messages) {
    this.#messages = messages;
    this.#remember = database.prepare('INSERT INTO publication (id, at, legs) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
    this.#count = database.prepare('UPDATE publication SET legs = ? WHERE id = ?');
  }

  /** False when the id is remembered, or, without an id, when nothing is new. */
  publish(legs: readonly LegRow[], id: string | null): boolean {
    const now = this.#messages.clock.now();
    if (id === null) return this.add(legs, now, null) > 0;
    if (this.#remember.run(id, now, 0).changes !== 1) return false;
    const added = this.add(legs, now, id);
    if (added > 0) this.#count.run(added, id);
    return true;
  }

  /** Records the legs whose entry does not know their id yet; answers how many. */
  add(legs: readonly LegRow[], now: number, publication: string | null): number {
    let added = 0;
    for (const leg of legs) if (this.#add(leg, now, publication) !== undefined) added += 1;
    return added;
  }

  /** Records a leg that its caller sends; answers its `seq`, or undefined when the id is known. */
  addAtOnce(leg: LegRow, now: number): number | undefined {
    const seq = this.#messages.add({ ...newRow(leg), at_once: 1 }, now);
    if (seq !== undefined) this.#messages.bodies.putMessage(seq, [leg[10], leg[11]]);
    return seq;
  }

  #add(leg: LegRow, now: number, publication: string | null): number | undefined {
    const row = newRow(leg);
    const { uncomposed = null } = row;
    const failure = uncomposed === null ? undefined : (JSON.parse(uncomposed) as Uncomposed);
    const parking = failure && { state: parked, blocks: failure.blocks === true ? 1 : 0 };
    const seq = this.#messages.add({ ...row, ...parking, publication }, now);
    if (seq === undefined) return undefined;
    this.#messages.bodies.putMessage(seq, [leg[10], leg[11]]);
    if (failure) this.#note(seq, [failure.code, failure.kind, failure.reason], now);
    return seq;
  }

  #note(seq: number, failure: FailureRow, now: number): void {
    const row = this.#messages.bySeq(seq);
    if (row) this.#messages.change(row, this.#messages.fail(row, failure, now), now);
  }
}

interface Uncomposed {
  readonly code: string;
  readonly kind: string;
  readonly reason: string;
  readonly blocks?: boolean;
}

function newRow([entry, id, event, type, store, cause, trace, order_key, keys, uncomposed]: LegRow): NewRow {
  return { direction: outbound, entry, id, state: kept, trace, digest: '', type, store, order_key, keys, event, cause, uncomposed };
}
