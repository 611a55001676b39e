import type { Settlement } from '@waybill/contract';
import type { InHand } from './in-hand.ts';

/** A delivery that is being worked on. */
export interface Running {
  readonly hand: InHand;
  /** The delivery of the same id that is still being worked on. */
  readonly before: Running | undefined;
  /** Under which it has its place in the lane; set as soon as it is known. */
  orderKey: string | undefined;
  /** Set before it leaves the lane. */
  settlement: Settlement | undefined;
  over: Promise<Settlement> | undefined;
}

/** What is being worked on, by id. */
export class InProgress {
  readonly #running = new Map<string, Running>();

  get size(): number {
    return this.#running.size;
  }

  /** Follow it by `ended`. */
  begin(hand: InHand): Running {
    const { id } = hand.key;
    const running: Running = { hand, before: this.#running.get(id), orderKey: undefined, settlement: undefined, over: undefined };
    this.#running.set(id, running);
    return running;
  }

  ended(running: Running): void {
    const { id } = running.hand.key;
    if (this.#running.get(id) === running) this.#running.delete(id);
  }
}

/**
 * Whether the one before has to be over before this one enters the lane. Not where the lane lets it in behind the one before: its
 * place is taken at once, so that a message that is taken away while it is worked on, and comes again, is not overtaken.
 * Another message with the same id always waits, so that the journal can tell them apart.
 */
export function mustWait({ hand, before, orderKey }: Running): boolean {
  return orderKey === undefined || before?.orderKey !== orderKey || before.hand.digest !== hand.digest;
}

/** A message that came again while it was worked on is not worked on twice. What was taken away meanwhile settles nothing for it. */
export function settlementOfSame({ hand, before }: Running): Settlement | undefined {
  if (!before?.settlement || before.settlement.outcome === 'released' || before.hand.digest !== hand.digest) return undefined;
  return before.settlement;
}
