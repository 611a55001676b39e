import type { TransportError } from '@waybill/contract';
import { backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { Latch } from './latch.ts';

/** So many different messages in a row that the far side could not take mean that it is away. */
const inARow = 3;

/** How often the far side is tried while it is away: at once, then at most 4.8 s apart (a fifth of chance included), so that a message is through within five. */
const probing = { first: 100, most: 4_000 };

/**
 * Whether the far side of a destination is there.
 *
 * - closed: messages are sent.
 * - open: the connection is lost, or three different messages in a row failed because the far side was unavailable, reset or did
 *   not answer. Nothing is sent until the wait is over, and nothing is counted.
 * - probing: the wait is over, and one message is under way. When it succeeds the circuit closes, else it opens for longer.
 */
export class Circuit {
  readonly #clock: Clock;
  /** False: the circuit is closed. */
  isOpen = false;
  /** True while it is closed and no failure is remembered: then it need not be told of successes. */
  isCalm = true;
  #failures = 0;
  #openUntil = 0;
  /** Closed while a message is under way that finds out. */
  readonly #mayProbe = new Latch();
  /** The messages that failed last, none of which succeeded meanwhile. */
  readonly #failedInARow = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#mayProbe.open();
  }

  /** In how many milliseconds the far side is tried again. */
  get openFor(): number {
    return Math.max(0, this.#openUntil - this.#clock.now());
  }

  /** Resolves when a message may be sent, or when `stop` aborts. While the far side is away, one at a time. */
  async mayTry(stop: AbortSignal): Promise<void> {
    while (this.isOpen && !stop.aborted) {
      if (!this.#mayProbe.isOpen) await this.#mayProbe.passed(stop);
      else if (this.openFor > 0) await this.#clock.sleep(this.openFor, stop);
      else return;
    }
  }

  /** True when nothing is to be sent at the moment. */
  get refuses(): boolean {
    return this.isOpen && (!this.#mayProbe.isOpen || this.openFor > 0);
  }

  /** Called when an attempt begins while the circuit is open. */
  probes(): void {
    this.#mayProbe.close();
  }

  /** The far side has answered. Answers whether it was away before. */
  succeeded(): boolean {
    const wasOpen = this.isOpen;
    this.isOpen = false;
    this.isCalm = true;
    this.#failures = 0;
    this.#openUntil = 0;
    this.#failedInARow.clear();
    this.#mayProbe.open();
    return wasOpen;
  }

  /** Answers for how many milliseconds nothing is sent; undefined when this failure does not mean that the far side is away. */
  failed(messageId: string, error: TransportError): number | undefined {
    const wasOpen = this.isOpen;
    this.#mayProbe.open();
    if (error.connectionLost || (wasOpen && isAway(error))) return this.#open();
    if (!isAway(error)) {
      // The far side has looked at the message: it is there.
      this.succeeded();
      return undefined;
    }
    this.#failedInARow.add(messageId);
    this.isCalm = false;
    return this.#failedInARow.size >= inARow ? this.#open() : undefined;
  }

  #open(): number {
    this.isOpen = true;
    this.isCalm = false;
    this.#failures++;
    const wait = backoff(probing, this.#failures);
    this.#openUntil = this.#clock.now() + wait;
    return wait;
  }
}

/** The far side did not come to look at the message. */
function isAway({ kind, outcome, recipients }: TransportError): boolean {
  return recipients === undefined && outcome !== 'refused' && (kind === 'unavailable' || outcome === 'unknown');
}
