import type { Log } from '@waybill/contract';
import { errorFields } from '@waybill/plugin-host/kernel';

/**
 * What happened to a message at one step of its way.
 *
 * - in: `done` handled; `stored` accepted, to be worked on; `duplicate` answered from the journal; `retry` failed, comes
 *   again; `parked` given up and kept; `rejected` refused towards a sender who waits, not kept; `released` given back untried.
 * - out: `sent` taken by the far side; `postponed` not taken, tried again; `parked` given up and kept; `answered` sent,
 *   and its reply read; `rejected` not sent, and its caller was told; `reported` the far side sent news about it.
 */
export type Outcome =
  | 'done'
  | 'stored'
  | 'duplicate'
  | 'retry'
  | 'rejected'
  | 'released'
  | 'parked'
  | 'sent'
  | 'postponed'
  | 'answered'
  | 'reported';

export interface Observation {
  readonly at: number;
  readonly direction: 'in' | 'out';
  /** The inbound or outbound entry. */
  readonly name: string;
  readonly connection: string;
  readonly transport: string;
  /** `Update_WCS_OrderStatus@3.0`; undefined where it was not recognised. */
  readonly type?: string | undefined;
  /** The command or the event. */
  readonly subject?: string | undefined;
  readonly id: string;
  /** The type of the reply that went back. */
  readonly reply?: string | undefined;
  readonly cause?: string | undefined;
  readonly trace: string;
  readonly store?: string | undefined;
  readonly outcome: Outcome;
  readonly attempt: number;
  /** Milliseconds from the hand-out to the settlement, or from the claim to the receipt. */
  readonly took: number;
  readonly code?: string | undefined;
  readonly reason?: string | undefined;
  /** Where a sent message went, as the receipt said. */
  readonly detail?: string | undefined;
}

export type Observer = (observation: Observation) => void;

/** Tells observers; costs next to nothing while there are none. */
export class Observers {
  readonly #observers = new Set<Observer>();
  /** False while nobody listens. */
  isWatched = false;

  /** Returns a function that ends the observation. */
  add(observer: Observer): () => void {
    this.#observers.add(observer);
    this.isWatched = true;
    return () => {
      this.#observers.delete(observer);
      this.isWatched = this.#observers.size > 0;
    };
  }

  /** What an observer throws is logged and harms nobody. */
  tell(observation: Observation, log: Log): void {
    for (const observer of this.#observers) {
      try {
        observer(observation);
      } catch (error) {
        log.error({ ...errorFields(error), messageId: observation.id }, 'an observer threw an error, which has no effect on the message');
      }
    }
  }
}
