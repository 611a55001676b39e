import type { ThreadLink } from '@waybill/sqlite';
import type { FileSettings, QueueOperations } from './thread/protocol.ts';

/** Something that is in the hands of this process under the number of an owner. */
interface Losable {
  readonly owner: number;
  lose(): void;
}

/**
 * Tells the open units of a connection when they are lost: others took this process for dead and gave its messages back.
 * One call waits in the thread for each owner, however many units it has.
 */
export class LostUnits {
  readonly #link: ThreadLink<QueueOperations, FileSettings>;
  readonly #open = new Map<number, Set<Losable>>();

  constructor(link: ThreadLink<QueueOperations, FileSettings>) {
    this.#link = link;
  }

  add(unit: Losable): void {
    const known = this.#open.get(unit.owner);
    if (known) known.add(unit);
    else this.#watch(unit);
  }

  remove(unit: Losable): void {
    this.#open.get(unit.owner)?.delete(unit);
  }

  #watch(unit: Losable): void {
    const { owner } = unit;
    const units = new Set([unit]);
    this.#open.set(owner, units);
    const lose = (): void => {
      this.#open.delete(owner);
      for (const lost of units) lost.lose();
    };
    // A thread that ended unexpectedly has lost what it had, too.
    this.#link.wait('awaitLoss', [owner], { isIdle: true }).answer.then(lose, lose);
  }
}
