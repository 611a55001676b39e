import type { Deliver, Delivery, Fault, FaultKind, ListenerState, Message, Report, Settlement } from '@waybill/contract';
import { eventually, settled } from '../tools/eventually.ts';
import { suiteErrors } from './errors.ts';

/** A delivery that the suite holds in its hands. */
export class Held {
  readonly delivery: Delivery;
  /** When it was handed out, in milliseconds of `performance.now()`. */
  readonly at = performance.now();
  readonly settlement: Promise<Settlement>;
  settledAt: number | undefined;
  readonly #resolve: (settlement: Settlement) => void;

  constructor(delivery: Delivery) {
    this.delivery = delivery;
    const { promise, resolve } = Promise.withResolvers<Settlement>();
    this.settlement = promise;
    this.#resolve = resolve;
  }

  /** Undefined where the wire has none. */
  get id(): string | undefined {
    return this.delivery.message.id;
  }

  get text(): string {
    return Buffer.from(this.delivery.message.body).toString('utf8');
  }

  accept(reply?: Message): void {
    this.settle({ outcome: 'accepted', reply });
  }

  retry(after: number, reply?: Message): void {
    this.settle({ outcome: 'retry', after, fault: faultOf('unavailable'), reply });
  }

  reject(kind: FaultKind = 'invalid', reply?: Message): void {
    this.settle({ outcome: 'rejected', fault: faultOf(kind), reply });
  }

  release(): void {
    this.settle({ outcome: 'released' });
  }

  settle(settlement: Settlement): void {
    this.settledAt ??= performance.now();
    this.#resolve(settlement);
  }
}

function faultOf(kind: FaultKind): Fault {
  const isRetry = kind === 'unavailable';
  const { code } = isRetry ? suiteErrors.WB_SUITE_RETRY : suiteErrors.WB_SUITE_REJECTED;
  return { kind, code, reason: isRetry ? 'The suite asks for another try.' : 'The suite refuses this message.' };
}

/** A reply that its listener could not deliver. */
export interface Undelivered {
  readonly reply: Message;
  readonly to: string;
}

/** Where a listener hands its deliveries over. They stay in hand until the question settles them. */
export class Desk {
  /** Every delivery so far. */
  readonly all: Held[] = [];
  /** What the listener has said about itself. */
  readonly told: ListenerState[] = [];
  /** What the listener has reported, in its order. */
  readonly reports: Report[] = [];
  /** What it has reported while `recordsReports` was false. */
  readonly refusedReports: Report[] = [];
  readonly undelivered: Undelivered[] = [];
  /** What it has handed back while `keepsReplies` was false. */
  readonly refusedReplies: Undelivered[] = [];
  /** Whether reports can be recorded at the moment. */
  recordsReports = true;
  /** Whether replies that could not be delivered can be kept at the moment. */
  keepsReplies = true;
  /** The most that were in hand at the same time. */
  most = 0;
  ended = false;
  readonly #patience: number;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #next = 0;
  #automatic: ((held: Held) => void) | undefined;

  constructor(patience: number) {
    this.#patience = patience;
  }

  readonly deliver: Deliver = (delivery) => {
    const held = new Held(delivery);
    this.all.push(held);
    this.most = Math.max(this.most, this.inHand.length);
    this.#automatic?.(held);
    return held.settlement;
  };

  get inHand(): readonly Held[] {
    return this.all.filter((held) => held.settledAt === undefined);
  }

  start(run: (deliver: Deliver, stop: AbortSignal) => Promise<void>): this {
    this.#running = run(this.deliver, this.#stop.signal).finally(() => {
      this.ended = true;
    });
    // A question that expects the rejection looks at `ending()`; for the others it must not crash the process.
    this.#running.catch(() => undefined);
    return this;
  }

  /** The next delivery that this method has not answered with yet. */
  async next(): Promise<Held> {
    const index = this.#next++;
    return eventually(() => this.all[index], { what: `delivery ${index + 1}`, within: this.#patience });
  }

  /** The next `count` deliveries. */
  async nextFew(count: number): Promise<readonly Held[]> {
    const few: Held[] = [];
    while (few.length < count) few.push(await this.next());
    return few;
  }

  /** From now on, and for what is in hand, `decide` settles. */
  automatically(decide: (held: Held) => void): void {
    this.#automatic = decide;
    for (const held of this.inHand) decide(held);
  }

  /** Asks the listener to stop, without waiting. */
  askToStop(): void {
    this.#stop.abort();
  }

  /** Settles as `run()` does. */
  ending(): Promise<void> {
    return settled(this.#running, { what: 'run() to end', within: this.#patience });
  }

  async stop(): Promise<void> {
    this.askToStop();
    await this.ending();
  }
}
