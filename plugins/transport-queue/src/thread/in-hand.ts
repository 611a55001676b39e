import type { DatabaseSync } from 'node:sqlite';
import type { Held, Taken, TakeOrder } from './protocol.ts';

/**
 * How many bytes the bodies have that this opening has in hand. To add them up in the file, with sixty of them, would cost a message a third
 * of its time, so the sums are remembered, and made anew for another owner and when a transaction was undone.
 */
export class InHand {
  readonly #ofOwner;
  /** Whose bodies are remembered; undefined: nobody's. */
  #owner: number | undefined;
  /** Of each body, by the number of its message. */
  readonly #bodies = new Map<number, number>();
  /** Of all bodies of a queue. */
  readonly #sums = new Map<string, number>();

  constructor(database: DatabaseSync) {
    this.#ofOwner = database.prepare(
      `SELECT m.number, q.name AS queue, length(b.bytes) AS bytes FROM message m JOIN queue q ON q.id = m.queue JOIN body b ON b.number = m.number
       WHERE m.owner = ?`,
    );
  }

  /** How large the next body may be, in bytes. `owner`: the number of this opening, where it has one. */
  roomFor({ queue, inHandBytes }: TakeOrder, owner: number | undefined): number {
    if (inHandBytes === undefined || owner === undefined) return Number.POSITIVE_INFINITY;
    if (owner !== this.#owner) this.#read(owner);
    const taken = this.#sums.get(queue) ?? 0;
    return taken === 0 ? Number.POSITIVE_INFINITY : inHandBytes - taken;
  }

  add({ queue, number, owner, body }: Taken): void {
    if (owner === this.#owner) this.#add(queue, number, body.byteLength);
  }

  remove({ queue, number, owner }: Held): void {
    const bytes = owner === this.#owner ? this.#bodies.get(number) : undefined;
    if (bytes === undefined) return;
    this.#bodies.delete(number);
    this.#sums.set(queue, (this.#sums.get(queue) ?? 0) - bytes);
  }

  /** A transaction was undone, and with it what was taken and given back in it. */
  forget(): void {
    this.#owner = undefined;
  }

  #add(queue: string, number: number, bytes: number): void {
    this.#bodies.set(number, bytes);
    this.#sums.set(queue, (this.#sums.get(queue) ?? 0) + bytes);
  }

  #read(owner: number): void {
    this.#bodies.clear();
    this.#sums.clear();
    for (const { number, queue, bytes } of this.#ofOwner.all(owner)) this.#add(String(queue), Number(number), Number(bytes));
    this.#owner = owner;
  }
}
