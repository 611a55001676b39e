import type { Batch } from './protocol.ts';

/** What is in the hands of the thread at most, so that a flood neither fills the memory twice nor lets the first wait for the last. */
const mostCalls = 1024;
const mostBytes = 8 * 1024 * 1024;

interface Gathered {
  readonly name: string;
  readonly args: readonly unknown[];
  /** Bytes of the bodies in it. */
  readonly size: number;
}

/** What went over together. */
interface Sent {
  readonly calls: number;
  readonly size: number;
}

/**
 * Which calls go over to the thread together, and when. One batch may be at work and one wait for it: the thread takes all
 * that has come during a commit into the next one, so that a third would only cost another message.
 */
export class Flow {
  #gathered: Gathered[] = [];
  #cancelled: number[] = [];
  /** In the order in which they went over, which is that of the answers. */
  #sent: Sent[] = [];
  #callsSent = 0;
  #bytesSent = 0;
  /** The number of the first gathered call. */
  #first = 1;

  /** Answers the number of the call. */
  add(name: string, args: readonly unknown[], size: number): number {
    return this.#first + this.#gathered.push({ name, args, size }) - 1;
  }

  cancel(number: number): void {
    this.#cancelled.push(number);
  }

  get isEmpty(): boolean {
    return this.#gathered.length === 0 && this.#cancelled.length === 0;
  }

  get isFull(): boolean {
    return this.#sent.length > 1 || this.#callsSent >= mostCalls || this.#bytesSent >= mostBytes;
  }

  /** True when the thread has answered every batch. */
  get isAtRest(): boolean {
    return this.isEmpty && this.#sent.length === 0;
  }

  /** The next batch, which counts as sent from now on. */
  take(): Batch {
    let count = 0;
    let size = 0;
    for (const call of this.#gathered) {
      if (count === mostCalls || (count > 0 && size + call.size > mostBytes)) break;
      size += call.size;
      count += 1;
    }
    const calls = this.#gathered.splice(0, count);
    const first = this.#first;
    this.#first += count;
    this.#count({ calls: count, size }, 1);
    this.#sent.push({ calls: count, size });
    // Those of calls that have not been sent yet wait for them.
    const cancelled = this.#cancelled.filter((number) => number < this.#first);
    this.#cancelled = this.#cancelled.filter((number) => number >= this.#first);
    return { first, calls: calls.map(({ name, args }) => [name, args] as const), cancelled };
  }

  /** The thread is done with its first batches. */
  done(batches: number): void {
    for (const sent of this.#sent.splice(0, batches)) this.#count(sent, -1);
  }

  /** The last batch could not be sent. */
  takeBack(): void {
    const sent = this.#sent.pop();
    if (sent) this.#count(sent, -1);
  }

  /** The thread has ended with what it had in its hands; answers the number of the first call that it never got. */
  lose(): number {
    this.done(this.#sent.length);
    this.#cancelled = this.#cancelled.filter((number) => number >= this.#first);
    return this.#first;
  }

  /** Forgets what was never sent. */
  drop(): void {
    this.#first += this.#gathered.length;
    this.#gathered = [];
    this.#cancelled = [];
  }

  #count({ calls, size }: Sent, sign: 1 | -1): void {
    this.#callsSent += sign * calls;
    this.#bytesSent += sign * size;
  }
}
