import {
  type InboxState,
  isWaybillError,
  MessageError,
  type ReceiveGuarantees,
  type Recorded,
  type Settlement,
  type WaybillError,
} from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { asCommandError, backoff, errorFields, failureOf } from '@waybill/plugin-host/kernel';
import { errors, messageErrors } from '../../errors.ts';
import { type Attempted, errorReplyTo, failed } from '../attempt.ts';
import type { Identity } from '../identity.ts';
import type { InHand } from '../in-hand.ts';
import type { InboundServices } from '../services.ts';
import { accepted, acceptedAsStored, decide, settlementOf } from './decide.ts';
import { type Decided, Ledger } from './ledger.ts';

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
    const answer = await this.answer(known, hand, identity);
    if (answer) return answer;
    this.#stored();
    return acceptedAsStored(hand);
  }

  fail(hand: InHand, identity: Identity, error: WaybillError): Promise<Settlement> {
    return this.settle(hand, identity, failed(error, this.#services, hand, identity));
  }

  settle(hand: InHand, identity: Identity, attempted: Attempted): Promise<Settlement> {
    const decision = decide(hand, attempted, this.#entry, this.#guarantees, this.#services.clock);
    return this.#ledger.settle({ hand, identity, decision }, this.#settled);
  }

  readonly #settled = (recorded: Recorded<InboxState>, { hand, identity, decision }: Decided): Promise<Settlement> | Settlement => {
    if (recorded.outcome === 'not-yours') return released;
    const answer = recorded.outcome === 'known' ? this.answer(recorded.state, hand, identity) : undefined;
    if (answer) return answer;
    if (decision.do === 'again' && decision.by === 'journal') this.#stored();
    return settlementOf(hand, decision, this.#services.mask);
  };

  release(hand: InHand, identity: Identity, text: string): Settlement {
    this.#ledger.news.note(hand, identity, 'released', text);
    return released;
  }

  /** What the journal knows of this message, or of another one that has its id. Undefined where it has not ended: it is to be worked on. */
  answer(known: InboxState, hand: InHand, identity: Identity): Promise<Settlement> | Settlement | undefined {
    const isOther = known.state !== 'unknown' && known.digest !== hand.digest;
    return isOther ? this.#refuse(hand, identity) : this.#answerAgain(known, hand, identity);
  }

  /** Another message under an id that is taken. Whoever waits is told; else it is kept under an id of its own, so that neither is lost. */
  #refuse(hand: InHand, identity: Identity): Promise<Settlement> {
    const { id } = hand.key;
    const own = { ...hand, key: { ...hand.key, id: `${id}#${hand.digest}` }, failures: 0, unresolved: 0 };
    const error = messageErrors.WB_MESSAGE_ID_REUSED(`The id ${id} belongs to an earlier message with another body.`);
    return this.fail(own, { ...identity, orderKey: undefined }, error);
  }

  #answerAgain(known: InboxState, hand: InHand, identity: Identity): Settlement | undefined {
    const { news } = this.#ledger;
    switch (known.state) {
      case 'unknown':
      case 'waiting':
        return undefined;
      case 'done':
        news.note(hand, identity, 'duplicate', 'message was handled before, its sender gets the recorded answer');
        // A sender who was told that it is stored, and how to ask for its state, is told the same again.
        if (this.#entry.accept === 'stored') return acceptedAsStored(hand);
        return known.reply ? { outcome: 'accepted', reply: known.reply } : accepted;
      case 'stored':
        news.note(hand, identity, 'duplicate', 'message was stored before');
        return acceptedAsStored(hand);
      case 'parked': {
        const { code, kind, reason } = known;
        // The process may have ended between parking the message and telling its transport; the sender may still lack its error reply.
        const error = new MessageError(code as `WB_${string}`, reason, { kind });
        news.note(hand, identity, 'duplicate', 'message was parked before', error);
        return { outcome: 'rejected', fault: { code, kind, reason }, reply: errorReplyTo(identity, error, hand, this.#services) };
      }
    }
  }

  unsettled({ key }: InHand, cause: unknown): Settlement {
    const error = isWaybillError(cause) ? cause : asCommandError(cause);
    const { log, mask } = this.#services;
    if (error.code === errors.WB_KERNEL_STOPPING.code) return released;
    log.error({ entry: key.entry, messageId: key.id, ...errorFields(error) }, 'message could not be settled, it comes again');
    return { outcome: 'retry', after: backoff(this.#entry.retry, 1), fault: failureOf(error, mask) };
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
