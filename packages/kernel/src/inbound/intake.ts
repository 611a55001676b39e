import type { Delivery, EntryLease, ReceiveGuarantees, Settlement } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { errors } from '../errors.ts';
import { attempt } from './attempt.ts';
import { Careful } from './careful.ts';
import { untriedError } from './decide.ts';
import { type Identity, identify } from './identify.ts';
import { handOf, type InHand, isFresh } from './in-hand.ts';
import { InProgress } from './in-progress.ts';
import { isOther } from './known.ts';
import type { Lane } from './lane.ts';
import type { InboundServices } from './services.ts';
import { released, Settling } from './settling.ts';

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
  readonly #settling: Settling;
  readonly #careful: Careful;
  readonly #inProgress = new InProgress();
  /** The last message that was identified: places in the lane are given in the order of arrival. */
  #last: Promise<Identity> | undefined;

  constructor(entry: CheckedInbound, guarantees: ReceiveGuarantees, services: InboundServices, hooks: IntakeHooks) {
    this.#entry = entry;
    this.#guarantees = guarantees;
    this.#services = services;
    this.#hooks = hooks;
    this.#settling = new Settling(entry, guarantees, services, hooks.stored);
    const { countsAttempts } = guarantees;
    this.#careful = new Careful(services.keeper.journal, { places: entry.concurrency, countsAttempts });
  }

  get inHand(): number {
    return this.#inProgress.size;
  }

  /** The `deliver` that the transport calls: always resolves. */
  readonly deliver = (delivery: Delivery): Promise<Settlement> => {
    if (this.#hooks.stop.aborted) return Promise.resolve(released);
    const { name } = this.#entry;
    const hand = handOf(name, delivery, {
      guarantees: this.#guarantees,
      now: this.#services.clock.now(),
      lease: this.#hooks.lease()?.token,
    });
    return this.#inProgress.join(hand, () => this.#take(hand));
  };

  async #take(hand: InHand): Promise<Settlement> {
    try {
      const recovered = this.#services.keeper.recovered();
      if (recovered && this.#guarantees.waits) throw errors.WB_JOURNAL_UNAVAILABLE('The journal cannot record anything at the moment.');
      if (recovered) await recovered;
      const found = this.#identified(hand);
      const identity = found instanceof Promise ? await found : found;
      if (this.#entry.accept === 'stored' && !identity.fault) return await this.#settling.store(hand, identity);
      return await this.#passLane(hand, identity);
    } catch (error) {
      return this.#settling.unsettled(hand, error);
    } finally {
      this.#inProgress.ended(hand);
    }
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
    if (isOther(known, hand)) return this.#settling.refuse(hand, identity);
    const answer = this.#settling.answer(known, hand, identity);
    if (answer) return answer;
    const tried =
      known.state === 'waiting' ? { ...hand, failures: known.attempts, unresolved: known.unresolved, trace: known.trace } : hand;
    return blocked ? this.#settling.queue(tried, identity) : this.#attempt(tried, identity);
  }

  async #attempt(hand: InHand, identity: Identity): Promise<Settlement> {
    const untried = untriedError(hand, this.#entry);
    if (untried) return this.#settling.fail(hand, identity, untried);
    const recording = this.#careful.before(hand, identity);
    if (recording) await recording;
    const attempted = await attempt(this.#entry, this.#services, hand, identity, () => this.#taken(hand));
    this.#careful.ended();
    if (hand.delivery?.lost?.aborted || this.#hooks.lease()?.lost.aborted)
      return this.#settling.release(hand, identity, 'message was taken away while it was worked on, what was done is not recorded');
    if (!attempted.ok && this.#services.abort.aborted)
      return this.#settling.release(hand, identity, 'message was given back, the kernel stopped while it was worked on');
    return this.#settling.settle(hand, identity, attempted);
  }

  /** Abort when nobody waits any more, or when the message belongs to somebody else from then on. */
  #taken({ delivery }: InHand): readonly (AbortSignal | undefined)[] {
    return [delivery?.abandoned, delivery?.lost, this.#hooks.lease()?.lost];
  }
}
