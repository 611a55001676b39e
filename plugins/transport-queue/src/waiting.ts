import type { TakeOrder } from './protocol.ts';

export interface Waiter {
  readonly number: number;
  readonly order: TakeOrder;
}

/** Takes that have found nothing yet, in the order in which they came. */
export class Waiting {
  readonly #waiters = new Map<number, Waiter>();

  get isEmpty(): boolean {
    return this.#waiters.size === 0;
  }

  add(waiter: Waiter): void {
    this.#waiters.set(waiter.number, waiter);
  }

  /** False when nobody of that number waits any more. */
  remove(number: number): boolean {
    return this.#waiters.delete(number);
  }

  /** Sends everybody away and tells their numbers. */
  clear(): readonly number[] {
    const numbers = [...this.#waiters.keys()];
    this.#waiters.clear();
    return numbers;
  }

  /**
   * Those for whom `serve` returns true, asked in turn. Of the waiters of a queue that take any message, the first one
   * that goes away empty-handed speaks for the rest.
   */
  serve(serve: (waiter: Waiter) => boolean): readonly Waiter[] {
    const dry = new Set<string>();
    const served: Waiter[] = [];
    for (const waiter of this.#waiters.values()) {
      const { queue, correlationId, inOrder } = waiter.order;
      const takesAny = correlationId === undefined;
      if (takesAny && dry.has(queue)) continue;
      if (serve(waiter)) served.push(waiter);
      else if (takesAny && !inOrder) dry.add(queue);
    }
    return served;
  }

  /** Whether `test` holds for any waiter. */
  some(test: (waiter: Waiter) => boolean): boolean {
    let found = false;
    this.serve((waiter) => {
      found ||= test(waiter);
      return false;
    });
    return found;
  }
}
