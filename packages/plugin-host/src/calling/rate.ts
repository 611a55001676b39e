import type { RateLimit } from '@waybill/manifest';
import type { Clock } from './clock.ts';

/**
 * How much may be sent to a destination at the moment, in this process. What was not used is saved up to the number of one `per`, so
 * that a destination which was at rest may get them at once. What is sent beside it (requests) is taken off all the same.
 */
export class Rate {
  readonly #limit: RateLimit;
  readonly #clock: Clock;
  /** What has to be earned back: `per` for each one that was sent, `messages` are earned each millisecond. Whole numbers, so that nothing is lost by rounding. */
  #owed = 0;
  #at: number;

  constructor(limit: RateLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
    this.#at = clock.now();
  }

  /** So many may be sent now; less than 1 means none. */
  get free(): number {
    const { messages, per } = this.#limit;
    const now = this.#clock.now();
    // A clock that was put back earns nothing, and takes nothing away.
    this.#owed = Math.max(0, this.#owed - Math.max(0, now - this.#at) * messages);
    this.#at = now;
    return (messages * per - this.#owed) / per;
  }

  /** In how many milliseconds the next one may be sent. */
  get freeIn(): number {
    if (this.free >= 1) return 0;
    const { messages, per } = this.#limit;
    return Math.ceil((this.#owed - (messages - 1) * per) / messages);
  }

  /** One was sent. */
  took(): void {
    this.#owed += this.#limit.per;
  }
}
