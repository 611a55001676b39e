import {
  type Deliver,
  isWaybillError,
  type Listener,
  type Message,
  type Receipt,
  type ReceiveContext,
  type ReceiveGuarantees,
  type Report,
  type Settlement,
  type TransportError,
} from '@waybill/contract';
import type { MemoryConnection } from './connection.ts';
import { transportErrors } from './errors.ts';
import type { Entry, MemoryQueue } from './queue.ts';

/** How a listener treats its queue. */
export interface Treatment {
  readonly guarantees: ReceiveGuarantees;
  readonly giveUpAfter: number | undefined;
}

/** Hands out what is on a queue, as many at a time as the concurrency allows. */
export class MemoryListener implements Listener {
  readonly queue: MemoryQueue;
  readonly #connection: MemoryConnection;
  readonly #name: string;
  readonly #context: ReceiveContext;
  readonly #treatment: Treatment;
  readonly #inHand = new Set<Entry>();
  /** Aborts when what is in hand is taken back. All of it is, so that one signal serves all deliveries until then. */
  #taken = new AbortController();
  readonly #end = Promise.withResolvers<void>();
  /** It receives in order: nothing that stands behind what another listener has in hand. */
  readonly #isOrdered: boolean;
  #isStandingBy = false;
  #ended = false;

  constructor(connection: MemoryConnection, name: string, context: ReceiveContext, treatment: Treatment) {
    this.#connection = connection;
    this.#name = name;
    this.queue = connection.queues.of(name);
    this.#context = context;
    this.#treatment = treatment;
    this.#isOrdered = context.order !== 'parallel';
  }

  async run(deliver: Deliver, stop: AbortSignal): Promise<void> {
    if (this.#connection.lost) throw this.#connection.lost;
    const pump = (): void => this.#pump(deliver, stop, pump);
    const unsubscribe = this.queue.subscribe(pump);
    this.#connection.listeners.add(this);
    stop.addEventListener('abort', pump);
    pump();
    try {
      await this.#end.promise;
    } finally {
      stop.removeEventListener('abort', pump);
      this.#connection.listeners.delete(this);
      unsubscribe();
      this.queue.release(this);
    }
  }

  async reply(reply: Message, to: string, { signal }: { readonly signal: AbortSignal }): Promise<Receipt> {
    if (this.#connection.lost) throw this.#connection.lost;
    if (signal.aborted) throw transportErrors.WB_MEMORY_TIMEOUT(`The time for a reply to ${to} was over before it began.`);
    this.#connection.put(to, reply);
    return { detail: to };
  }

  giveBack(): void {
    const entries = [...this.#inHand];
    this.#inHand.clear();
    this.#taken.abort();
    this.#taken = new AbortController();
    this.#putBack(entries);
  }

  /** Gives back what is in hand, as a crash would, and ends. Settlements that come later have no effect. */
  abandon(reason: Error): void {
    this.#ended = true;
    this.giveBack();
    this.#end.reject(reason);
  }

  /** Hands out as much as may be in hand. Called whenever something has changed. */
  #pump(deliver: Deliver, stop: AbortSignal, again: () => void): void {
    while (!stop.aborted && !this.#ended && this.#inHand.size < this.#context.concurrency && this.#mayReceive()) {
      const entry = this.queue.take();
      if (entry === undefined) break;
      if (this.#isOrdered) this.queue.hold(this);
      if (entry.report) void this.#report(entry, entry.report).then(again);
      else this.#handOver(entry, deliver, again);
    }
    if (this.#inHand.size > 0) return;
    // Without exclusiveness the queue is held only while something is in hand.
    if (!this.#treatment.guarantees.exclusive) this.queue.release(this);
    if (stop.aborted) this.#end.resolve();
  }

  #mayReceive(): boolean {
    if (!this.#isOrdered) return true;
    if (!this.#treatment.guarantees.exclusive) return this.queue.isFreeFor(this);
    const holds = this.queue.hold(this);
    if (holds === this.#isStandingBy) {
      this.#isStandingBy = !holds;
      if (holds) this.#context.tell('receiving');
      else this.#context.tell('standing-by', `Another listener holds the queue ${this.#name}.`);
    }
    return holds;
  }

  #handOver(entry: Entry, deliver: Deliver, again: () => void): void {
    const { guarantees, giveUpAfter } = this.#treatment;
    const attempt = guarantees.countsAttempts ? entry.attempts : undefined;
    const delivery = { message: entry.message, attempt, giveUpAfter, lost: this.#taken.signal };
    this.#inHand.add(entry);
    void deliver(delivery).then((settlement) => this.#settle(entry, settlement, again));
  }

  #settle(entry: Entry, settlement: Settlement, again: () => void): void {
    // What was taken back is somebody else's by now.
    if (!this.#inHand.has(entry)) return again();
    if (this.#connection.queues.unsettled.has(this.#name)) return this.abandon(unsettled(this.#name));
    const reply = settlement.outcome === 'released' ? undefined : settlement.reply;
    if (!reply) return this.#finish(entry, settlement, again);
    // A reply that nobody keeps would be lost with its message settled.
    const end = (): void => this.#finish(entry, settlement, again);
    void this.#sendReply(entry.message, reply).then(end, () => this.abandon(unsettled(this.#name)));
  }

  #finish(entry: Entry, settlement: Settlement, again: () => void): void {
    if (this.#inHand.delete(entry)) this.#apply(entry, settlement);
    again();
  }

  async #report(entry: Entry, report: Report): Promise<void> {
    this.#inHand.add(entry);
    const isRecorded = await this.#context.report(report).then(
      () => true,
      () => false,
    );
    if (!this.#inHand.delete(entry) || isRecorded) return;
    this.queue.putBackFor(20, entry);
  }

  #apply(entry: Entry, settlement: Settlement): void {
    entry.told?.(settlement);
    if (settlement.outcome === 'retry') this.#retry(entry, settlement.after);
    if (settlement.outcome !== 'released') return;
    entry.attempts -= 1;
    if (this.#treatment.guarantees.transacted) this.#putBack([entry]);
  }

  #retry(entry: Entry, after: number): void {
    const { redelivers } = this.#treatment.guarantees;
    if (redelivers === 'no') return;
    if (redelivers === 'at-once' || after <= 0) return this.#putBack([entry]);
    if (!this.#givesUp(entry)) this.queue.putBackFor(after, entry);
    else this.#putBack([entry]);
  }

  #putBack(entries: readonly Entry[]): void {
    if (this.#treatment.giveUpAfter === undefined) return this.queue.putBack(entries);
    this.queue.putBack(entries.filter((entry) => !this.#givesUp(entry)));
    for (const entry of entries) if (this.#givesUp(entry)) this.#connection.queues.put(`${this.#name}.given-up`, entry.message);
  }

  #givesUp({ attempts }: Entry): boolean {
    return attempts >= (this.#treatment.giveUpAfter ?? Number.POSITIVE_INFINITY);
  }

  /** Sends a reply, or hands it back where its queue does not take it. Until that is done its message is in hand. */
  async #sendReply({ id, replyTo }: Message, reply: Message): Promise<void> {
    if (replyTo === undefined || this.#treatment.guarantees.waits) return;
    const complete = reply.correlationId === undefined ? { ...reply, correlationId: id } : reply;
    try {
      this.#connection.put(replyTo, complete);
    } catch (error) {
      if (!isWaybillError(error)) throw error;
      await this.#context.undeliverable(complete, replyTo, error as TransportError);
    }
  }
}

function unsettled(queue: string): TransportError {
  return transportErrors.WB_MEMORY_FAILED(`A message of the queue ${queue} could not be settled.`, { retryable: true });
}
