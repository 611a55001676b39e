import type { Message } from '@waybill/contract';
import { Ring } from './ring.ts';

/** A message on a queue, with what the queue knows about it. */
export interface Entry {
  readonly message: Message;
  /** Grows with every message of the queue: the order in which they were put. */
  readonly number: number;
  attempts: number;
  /** Not handed out before, in milliseconds of `performance.now()`. 0: at once. */
  notBefore: number;
}

/** A first-in-first-out queue. A message that has to wait at its head holds up what comes after it: order survives a retry. */
export class MemoryQueue {
  readonly #entries = new Ring<Entry>();
  readonly #waiting = new Set<() => void>();
  #numbers = 0;
  #waking = false;
  #timer: NodeJS.Timeout | undefined;

  get size(): number {
    return this.#entries.size;
  }

  put(message: Message): void {
    this.#entries.push({ message, number: this.#numbers++, attempts: 0, notBefore: 0 });
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
      if (this.#waiting.size === 0) clearTimeout(this.#timer);
    };
  }

  #isDue(entry: Entry): boolean {
    const wait = entry.notBefore - performance.now();
    if (wait <= 0) return true;
    clearTimeout(this.#timer);
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#wake(), Math.ceil(wait));
    return false;
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
