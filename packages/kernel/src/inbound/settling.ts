import { type InboxState, isWaybillError, type ReceiveGuarantees, type Settlement, type WaybillError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { backoff } from '../backoff.ts';
import { asCommandError } from '../call-plugin.ts';
import { errors, messageErrors } from '../errors.ts';
import { errorFields } from '../log.ts';
import { failureOf } from '../reason.ts';
import { type Attempted, failed } from './attempt.ts';
import { decide, settlementOf } from './decide.ts';
import type { Identity } from './identify.ts';
import type { InHand } from './in-hand.ts';
import { acceptedAsStored, answerFromJournal, isOther, reusedId, withOwnId } from './known.ts';
import { Ledger } from './ledger.ts';
import type { InboundServices } from './services.ts';

export const released: Settlement = { outcome: 'released' };

/** Brings what became of a delivery into the journal, and what the transport is to do with it back. */
export class Settling {
  readonly #entry: CheckedInbound;
  readonly #guarantees: ReceiveGuarantees;
  readonly #services: InboundServices;
  readonly #ledger: Ledger;
  readonly #stored: () => void;

  /** `stored` is called when a message waits in the journal. */
  constructor(entry: CheckedInbound, guarantees: ReceiveGuarantees, services: InboundServices, stored: () => void) {
    this.#entry = entry;
    this.#guarantees = guarantees;
    this.#services = services;
    this.#ledger = new Ledger(entry, services);
    this.#stored = stored;
  }

  /** Kept behind what waits for its turn, or because the entry works on everything from the journal. */
  async store(hand: InHand, identity: Identity): Promise<Settlement> {
    const known = await this.#ledger.store(hand, identity);
    if (!known) return released;
    if (isOther(known, hand)) return this.refuse(hand, identity);
    const answer = this.answer(known, hand, identity);
    if (answer) return answer;
    this.#stored();
    return acceptedAsStored(hand);
  }

  fail(hand: InHand, identity: Identity, error: WaybillError): Promise<Settlement> {
    return this.settle(hand, identity, failed(error, this.#services, hand, identity));
  }

  async settle(hand: InHand, identity: Identity, attempted: Attempted): Promise<Settlement> {
    const decision = decide(hand, attempted, this.#entry, this.#guarantees);
    const recorded = await this.#ledger.settle(hand, identity, decision);
    if (recorded.outcome === 'not-yours') return released;
    if (recorded.outcome === 'known') {
      if (isOther(recorded.state, hand)) return this.refuse(hand, identity);
      const answer = this.answer(recorded.state, hand, identity);
      if (answer) return answer;
    }
    if (decision.do === 'again' && decision.by === 'journal') this.#stored();
    return settlementOf(hand, decision, this.#services.mask);
  }

  release(hand: InHand, identity: Identity, text: string): Settlement {
    this.#ledger.news.note(hand, identity, 'released', text);
    return released;
  }

  answer(known: InboxState, hand: InHand, identity: Identity): Settlement | undefined {
    const answer = answerFromJournal(known, hand, identity, { ledger: this.#ledger, services: this.#services });
    // Its sender was told that it is stored, and how to ask for its state. It is told the same again.
    return known.state === 'done' && this.#entry.accept === 'stored' ? acceptedAsStored(hand) : answer;
  }

  /** Another message under an id that is taken. Whoever waits is told; else it is kept under an id of its own. */
  refuse(hand: InHand, identity: Identity): Promise<Settlement> {
    return this.fail(withOwnId(hand), { ...identity, orderKey: undefined }, reusedId(hand));
  }

  unsettled({ key }: InHand, cause: unknown): Settlement {
    const error = isWaybillError(cause) ? cause : asCommandError(cause);
    if (error.code === errors.WB_KERNEL_STOPPING.code) return released;
    this.#services.log.error(
      { entry: key.entry, messageId: key.id, ...errorFields(error) },
      'message could not be settled, it comes again',
    );
    return { outcome: 'retry', after: backoff(this.#entry.retry, 1), fault: failureOf(error, this.#services.mask) };
  }

  /** An earlier message of its order is not finished: this one is kept behind it, or its sender, who waits, is told to come again. */
  async queue(hand: InHand, identity: Identity): Promise<Settlement> {
    if (!this.#guarantees.waits) return this.store(hand, identity);
    const error = messageErrors.WB_MESSAGE_WAITS('An earlier message of the same order is not finished.');
    const decision = { do: 'tell', after: backoff(this.#entry.retry, 1), error, reply: undefined, legs: [] } as const;
    this.#ledger.news.tell(hand, identity, decision);
    return settlementOf(hand, decision, this.#services.mask);
  }
}
