import type { Deliver, Delivery, Listener, Settlement, UnitOfWork } from '@waybill/contract';
import type { MemoryConnection } from './memory-connection.ts';
import type { Entry, MemoryQueue } from './memory-queue.ts';

/** Hands out what is on a queue, as many at a time as the concurrency allows. */
export class MemoryListener implements Listener {
  readonly #connection: MemoryConnection;
  readonly #queue: MemoryQueue;
  readonly #concurrency: number;
  readonly #units: boolean;
  readonly #inHand = new Set<Entry>();
  readonly #end = Promise.withResolvers<void>();
  #ended = false;

  constructor(connection: MemoryConnection, queue: MemoryQueue, concurrency: number, units: boolean) {
    this.#connection = connection;
    this.#queue = queue;
    this.#concurrency = concurrency;
    this.#units = units;
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    const pump = (): void => this.#pump(deliver, stop);
    const unsubscribe = this.#queue.subscribe(pump);
    this.#connection.listeners.add(this);
    stop.addEventListener('abort', pump);
    pump();
    try {
      await this.#end.promise;
    } finally {
      stop.removeEventListener('abort', pump);
      this.#connection.listeners.delete(this);
      unsubscribe();
    }
  }

  /** Gives back what is in hand, as a crash would, and ends. Settlements that come later have no effect. */
  abandon(reason: Error): void {
    this.#ended = true;
    const entries = [...this.#inHand];
    this.#inHand.clear();
    this.#queue.putBack(entries);
    this.#end.reject(reason);
  }

  /** Hands out as much as may be in hand. Called whenever something has changed. */
  #pump(deliver: Deliver, stop: AbortSignal): void {
    while (!stop.aborted && !this.#ended && this.#inHand.size < this.#concurrency) {
      const entry = this.#queue.take();
      if (entry === undefined) break;
      this.#handOver(entry, deliver, stop);
    }
    if (stop.aborted && this.#inHand.size === 0) this.#end.resolve();
  }

  #handOver(entry: Entry, deliver: Deliver, stop: AbortSignal): void {
    this.#inHand.add(entry);
    const { message, attempts: attempt } = entry;
    const unit = this.#units ? this.#connection.newUnit() : undefined;
    const delivery: Delivery = unit ? { message, attempt, unit } : { message, attempt };
    void deliver(delivery).then((settlement) => {
      // An abandoned entry is somebody else's by now.
      if (this.#inHand.delete(entry)) this.#apply(entry, settlement, unit);
      return this.#pump(deliver, stop);
    });
  }

  #apply(entry: Entry, settlement: Settlement, unit: UnitOfWork | undefined): void {
    if (settlement.outcome === 'retry') {
      if (settlement.after > 0) entry.notBefore = performance.now() + settlement.after;
      this.#queue.putBack([entry]);
      return;
    }
    if (unit && settlement.outcome === 'accepted') this.#connection.commit(unit);
    const { reply } = settlement;
    const { id, replyTo } = entry.message;
    if (reply && replyTo !== undefined) {
      this.#connection.put(replyTo, reply.correlationId === undefined ? { ...reply, correlationId: id } : reply);
    }
  }
}
