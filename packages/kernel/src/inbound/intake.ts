import {
  type Delivery,
  type EntryLease,
  type InboxState,
  isWaybillError,
  type ReceiveGuarantees,
  type Settlement,
  type WaybillError,
} from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { backoff } from '../backoff.ts';
import { asCommandError } from '../call-plugin.ts';
import { errors, messageErrors } from '../errors.ts';
import { errorFields } from '../log.ts';
import { failureOf } from '../reason.ts';
import { type Attempted, attempt, failed } from './attempt.ts';
import { Careful } from './careful.ts';
import { decide, settlementOf, untriedError } from './decide.ts';
import { type Identity, identify } from './identify.ts';
import { handOf, type InHand, isFresh } from './in-hand.ts';
import { acceptedAsStored, answerFromJournal, isOther, reusedId, withOwnId } from './known.ts';
import type { Lane } from './lane.ts';
import { Ledger } from './ledger.ts';
import type { InboundServices } from './services.ts';

const released: Settlement = { outcome: 'released' };

export interface IntakeHooks {
  readonly lane: Lane;
  /** Called when a message waits in the journal. */
  readonly stored: () => void;
  /** Aborts when nothing new is taken. */
  readonly stop: AbortSignal;
  /** The right to receive this entry alone, where the journal gives it. */
  readonly lease: () => EntryLease | undefined;
}

/** Takes the deliveries of one inbound entry and decides their settlement. */
export class Intake {
  readonly #entry: CheckedInbound;
  readonly #guarantees: ReceiveGuarantees;
  readonly #services: InboundServices;
  readonly #hooks: IntakeHooks;
  readonly #ledger: Ledger;
  readonly #careful: Careful;
  /** By key: what is being worked on. A second delivery of the same message gets the same settlement. */
  readonly #inProgress = new Map<string, { readonly digest: string; readonly settlement: Promise<Settlement> }>();
  /** The last message that was identified: places in the lane are given in the order of arrival. */
  #last: Promise<Identity> | undefined;

  constructor(entry: CheckedInbound, guarantees: ReceiveGuarantees, services: InboundServices, hooks: IntakeHooks) {
    this.#entry = entry;
    this.#guarantees = guarantees;
    this.#services = services;
    this.#hooks = hooks;
    this.#ledger = new Ledger(entry, services);
    const { countsAttempts } = guarantees;
    this.#careful = new Careful(services.keeper.journal, { places: entry.concurrency, countsAttempts });
  }

  get inHand(): number {
    return this.#inProgress.size;
  }

  /** The `deliver` that the transport calls: always resolves. */
  readonly deliver = async (delivery: Delivery): Promise<Settlement> => {
    if (this.#hooks.stop.aborted) return released;
    const hand = { ...handOf(this.#entry.name, delivery, this.#services.clock.now()), lease: this.#hooks.lease()?.token };
    const { id } = hand.key;
    for (let same = this.#inProgress.get(id); same; same = this.#inProgress.get(id)) {
      const settlement = await same.settlement;
      if (same.digest === hand.digest) return settlement;
    }
    const settlement = this.#take(hand).catch((error: unknown) => this.#unsettled(hand, error));
    this.#inProgress.set(id, { digest: hand.digest, settlement });
    try {
      return await settlement;
    } finally {
      this.#inProgress.delete(id);
    }
  };

  async #take(hand: InHand): Promise<Settlement> {
    const recovered = this.#services.keeper.recovered();
    if (recovered && this.#guarantees.waits) throw errors.WB_JOURNAL_UNAVAILABLE('The journal cannot record anything at the moment.');
    if (recovered) await recovered;
    const identity = await this.#identified(hand);
    if (this.#entry.accept === 'stored' && !identity.fault) return this.#store(hand, identity);
    return this.#passLane(hand, identity);
  }

  #identified(hand: InHand): Promise<Identity> | Identity {
    const identity = identify(this.#entry, this.#services, hand);
    if (this.#entry.order !== 'key') return identity;
    // Whoever came first gets its place first, however long the application takes to tell its key.
    const last = Promise.all([identity, this.#last]).then(([own]) => own);
    this.#last = last;
    return last;
  }

  async #passLane(hand: InHand, identity: Identity): Promise<Settlement> {
    const { lane, stop } = this.#hooks;
    const wait = lane.enter(identity.orderKey);
    if (wait) await wait;
    try {
      return stop.aborted ? released : await this.#work(hand, identity);
    } finally {
      lane.leave(identity.orderKey);
    }
  }

  async #work(hand: InHand, identity: Identity): Promise<Settlement> {
    const { orderKey } = identity;
    if (isFresh(hand) && orderKey === undefined) return this.#attempt(hand, identity);
    const { keeper } = this.#services;
    const { known, blocked } = await keeper.do(() => keeper.journal.inbox.find(hand.key, orderKey));
    if (isOther(known, hand)) return this.#refuseReusedId(hand, identity);
    const answer = this.#answer(known, hand, identity);
    if (answer) return answer;
    const tried =
      known.state === 'waiting' ? { ...hand, failures: known.attempts, unresolved: known.unresolved, trace: known.trace } : hand;
    if (!blocked) return this.#attempt(tried, identity);
    if (!this.#guarantees.waits) return this.#store(tried, identity);
    return this.#fail(tried, identity, messageErrors.WB_MESSAGE_WAITS('An earlier message of the same order is not finished.'));
  }

  /** Kept behind what waits for its turn, or because the entry works on everything from the journal. */
  async #store(hand: InHand, identity: Identity): Promise<Settlement> {
    const known = await this.#ledger.store(hand, identity);
    if (!known) return released;
    if (isOther(known, hand)) return this.#refuseReusedId(hand, identity);
    const answer = this.#answer(known, hand, identity);
    if (answer) return answer;
    this.#hooks.stored();
    return acceptedAsStored;
  }

  async #attempt(hand: InHand, identity: Identity): Promise<Settlement> {
    const untried = untriedError(hand, this.#entry);
    if (untried) return this.#fail(hand, identity, untried);
    const recording = this.#careful.before(hand, identity);
    if (recording) await recording;
    const attempted = await attempt(this.#entry, this.#services, hand, identity, () => [hand.delivery?.abandoned, ...this.#taken(hand)]);
    this.#careful.ended();
    if (this.#taken(hand).some((signal) => signal?.aborted)) {
      this.#ledger.note(hand, identity, 'released', 'message was taken away while it was worked on, what was done is not recorded');
      return released;
    }
    return this.#settle(hand, identity, attempted);
  }

  #fail(hand: InHand, identity: Identity, error: WaybillError): Promise<Settlement> {
    return this.#settle(hand, identity, failed(error, this.#services, hand, identity));
  }

  async #settle(hand: InHand, identity: Identity, attempted: Attempted): Promise<Settlement> {
    const decision = decide(hand, attempted, this.#entry, this.#guarantees);
    const recorded = await this.#ledger.settle(hand, identity, decision);
    if (recorded.outcome === 'not-yours') return released;
    if (recorded.outcome === 'known') {
      if (isOther(recorded.state, hand)) return this.#refuseReusedId(hand, identity);
      const answer = this.#answer(recorded.state, hand, identity);
      if (answer) return answer;
    }
    if (decision.do === 'again' && decision.by === 'journal') this.#hooks.stored();
    return settlementOf(decision, this.#services.mask);
  }

  #answer(known: InboxState, hand: InHand, identity: Identity): Settlement | undefined {
    return answerFromJournal(known, hand, identity, { ledger: this.#ledger, services: this.#services });
  }

  /** Another message under an id that is taken. Whoever waits is told; else it is kept under an id of its own. */
  #refuseReusedId(hand: InHand, identity: Identity): Promise<Settlement> {
    return this.#fail(withOwnId(hand), { ...identity, orderKey: undefined }, reusedId(hand));
  }

  /** Abort when the message belongs to somebody else from then on. */
  #taken({ delivery }: InHand): readonly (AbortSignal | undefined)[] {
    return [delivery?.lost, this.#hooks.lease()?.lost];
  }

  #unsettled({ key }: InHand, cause: unknown): Settlement {
    const error = isWaybillError(cause) ? cause : asCommandError(cause);
    if (error.code === errors.WB_KERNEL_STOPPING.code) return released;
    this.#services.log.error(
      { entry: key.entry, messageId: key.id, ...errorFields(error) },
      'message could not be settled, it comes again',
    );
    return { outcome: 'retry', after: backoff(this.#entry.retry, 1), fault: failureOf(error, this.#services.mask) };
  }
}
