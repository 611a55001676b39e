import type { Message, Report, Settlement } from '@waybill/contract';
import type { Clock } from '../../tools/clock.ts';
import { Ring } from '../lists/ring.ts';

/** A message on a queue, with what the queue knows about it. */
export interface Entry {
  readonly message: Message;
  /** Grows with every message of the queue: the order in which they were put. */
  readonly number: number;
  attempts: number;
  /** Not handed out before, in milliseconds of the queue's clock. 0: at once. */
  notBefore: number;
  /** It is news about a message that was sent earlier, and no message itself. */
  readonly report: Report | undefined;
  /** Whoever waits for the settlement. */
  readonly told: ((settlement: Settlement) => void) | undefined;
}

/** A first-in-first-out queue. A message that has to wait at its head holds up what comes after it: order survives a retry. */
export class MemoryQueue {
  readonly #entries = new Ring<Entry>();
  readonly #waiting = new Set<() => void>();
  #numbers = 0;
  #waking = false;
  /** Ends the wait for the message at the head. */
  #nap = new AbortController();
  /** Who holds the queue alone. */
  #holder: unknown;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#entries.size;
  }

  put(message: Message, { report, told }: Partial<Pick<Entry, 'report' | 'told'>> = {}): void {
    this.#entries.push({ message, number: this.#numbers++, attempts: 0, notBefore: 0, report, told });
    this.#wake();
  }

  /** The next message that may be handed out now. */
  take(): Entry | undefined {
    const first = this.#entries.first();
    if (first === undefined || (first.notBefore !== 0 && !this.#isDue(first))) return undefined;
    this.#entries.shift();
    first.attempts++;
    return first;
  }

  /** Puts an entry back that is not handed out for the next `ms` milliseconds. */
  putBackFor(ms: number, entry: Entry): void {
    entry.notBefore = this.#clock.now() + ms;
    this.putBack([entry]);
  }

  /** Puts entries back to where they were, before everything that was put later. */
  putBack(entries: readonly Entry[]): void {
    const later: Entry[] = [];
    const all = entries.toSorted((one, other) => other.number - one.number);
    for (const entry of all) {
      for (let head = this.#entries.first(); head && head.number < entry.number; head = this.#entries.first()) {
        later.push(head);
        this.#entries.shift();
      }
      this.#entries.unshift(entry);
      while (later.length > 0) this.#entries.unshift(later.pop() as Entry);
    }
    this.#wake();
  }

  /** Calls `wake`, soon and not at once, whenever there may be something to take. */
  subscribe(wake: () => void): () => void {
    this.#waiting.add(wake);
    this.#wake();
    return () => {
      this.#waiting.delete(wake);
      if (this.#waiting.size === 0) this.#nap.abort();
    };
  }

  isFreeFor(holder: unknown): boolean {
    return this.#holder === undefined || this.#holder === holder;
  }

  /** Whether `holder` has the queue alone from now on, or had it already. */
  hold(holder: unknown): boolean {
    this.#holder ??= holder;
    return this.#holder === holder;
  }

  release(holder: unknown): void {
    if (this.#holder !== holder) return;
    this.#holder = undefined;
    this.#wake();
  }

  #isDue(entry: Entry): boolean {
    const wait = entry.notBefore - this.#clock.now();
    if (wait <= 0) return true;
    if (this.#waiting.size > 0) void this.#wakeIn(Math.ceil(wait));
    return false;
  }

  async #wakeIn(ms: number): Promise<void> {
    this.#nap.abort();
    this.#nap = new AbortController();
    const { signal } = this.#nap;
    await this.#clock.sleep(ms, signal);
    if (!signal.aborted) this.#wake();
  }

  /** One turn for however many messages are put at once: this is what makes a message cheap. */
  #wake(): void {
    if (this.#waking || this.#waiting.size === 0) return;
    this.#waking = true;
    queueMicrotask(() => {
      this.#waking = false;
      for (const wake of this.#waiting) wake();
    });
  }
}
