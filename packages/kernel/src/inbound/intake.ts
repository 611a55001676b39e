import type { Delivery, ReceiveGuarantees, Settlement } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { errors } from '../errors.ts';
import { type Attempted, attempt } from './attempt.ts';
import { Careful } from './careful.ts';
import { identify } from './identify.ts';
import type { Identity } from './identity.ts';
import { handOf, type InHand, isFresh, type Source } from './in-hand.ts';
import { InProgress, mustWait, type Running, settlementOfSame } from './in-progress.ts';
import { Lane } from './lane.ts';
import type { EntryTurn } from './listening/entry-state.ts';
import { isSuspect, untriedError } from './outcome/decide.ts';
import { released, Settling } from './outcome/settling.ts';
import type { InboundServices } from './services.ts';

export interface IntakeHooks {
  readonly lane: Lane;
  /** Called when a message waits in the journal. */
  readonly stored: () => void;
  /** Aborts when nothing new is taken. */
  readonly stop: AbortSignal;
  readonly turn: EntryTurn;
  /** Set where what the entry feeds is away: resolves when it may go on, or when `stop` aborts. */
  readonly slowed: (stop: AbortSignal) => Promise<void> | undefined;
}

/** Takes the deliveries of one inbound entry and decides their settlement. */
export class Intake {
  readonly #entry: CheckedInbound;
  readonly #guarantees: ReceiveGuarantees;
  readonly #services: InboundServices;
  readonly #hooks: IntakeHooks;
  readonly #settling: Settling;
  readonly #careful: Careful;
  readonly #suspects = new Lane(1);
  /** What is only stored waits for nobody who works, but for what came before it under its key. */
  readonly #storing = new Lane(Number.POSITIVE_INFINITY);
  readonly #inProgress = new InProgress();
  readonly #source: Source;
  /** The last message that was identified: places in the lane are given in the order of arrival. */
  #last: Promise<Identity> | undefined;

  constructor(entry: CheckedInbound, guarantees: ReceiveGuarantees, services: InboundServices, hooks: IntakeHooks) {
    this.#entry = entry;
    this.#guarantees = guarantees;
    this.#services = services;
    this.#hooks = hooks;
    this.#source = { entry: entry.name, guarantees, clock: services.clock, turn: hooks.turn };
    this.#settling = new Settling(entry, guarantees, services, hooks.stored);
    const { countsAttempts } = guarantees;
    this.#careful = new Careful(services.keeper, { places: entry.concurrency, countsAttempts });
  }

  get inHand(): number {
    return this.#inProgress.size;
  }

  /** The `deliver` that the transport calls: always resolves. */
  readonly deliver = (delivery: Delivery): Promise<Settlement> => {
    if (this.#hooks.stop.aborted) return Promise.resolve(released);
    const running = this.#inProgress.begin(handOf(delivery, this.#source));
    return (running.over = this.#take(running));
  };

  // What comes back at once is not waited for, here and below: each promise costs as much as a step of the kernel.
  async #take(running: Running): Promise<Settlement> {
    const { hand } = running;
    try {
      const { recovery } = this.#services.keeper;
      if (recovery && this.#guarantees.waits) throw errors.WB_JOURNAL_UNAVAILABLE('The journal cannot record anything at the moment.');
      if (recovery) await recovery;
      const slowed = this.#guarantees.waits ? undefined : this.#hooks.slowed(this.#hooks.stop);
      if (slowed) await slowed;
      const found = this.#identified(hand);
      const identity = found instanceof Promise ? await found : found;
      const { orderKey, fault } = identity;
      running.orderKey = orderKey;
      if (running.before && mustWait(running)) await running.before.over;
      const isStored = this.#entry.accept === 'stored' && !fault;
      const lane = isStored ? this.#storing : this.#hooks.lane;
      const wait = lane.enter(orderKey);
      if (wait) await wait;
      try {
        const same = running.before && settlementOfSame(running);
        if (same) return (running.settlement = same);
        if (this.#hooks.stop.aborted || this.#isLost(hand)) return released;
        return (running.settlement = await (isStored ? this.#settling.store(hand, identity) : this.#insideLane(hand, identity)));
      } finally {
        lane.leave(orderKey);
      }
    } catch (error) {
      return this.#settling.unsettled(hand, error);
    } finally {
      this.#inProgress.ended(running);
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

  #insideLane(hand: InHand, identity: Identity): Promise<Settlement> | Settlement {
    if (isFresh(hand) && identity.orderKey === undefined) return this.#attempt(hand, identity);
    const { keeper } = this.#services;
    const find = () => keeper.journal.inbox.find(hand.key, identity.orderKey);
    return keeper.do(find, ({ known, blocked }) => {
      const answer = this.#settling.answer(known, hand, identity);
      if (answer) return answer;
      const tried =
        known.state === 'waiting' ? { ...hand, failures: known.attempts, unresolved: known.unresolved, trace: known.trace } : hand;
      return blocked ? this.#settling.queue(tried, identity) : this.#attempt(tried, identity);
    });
  }

  #attempt(hand: InHand, identity: Identity): Promise<Settlement> | Settlement {
    const untried = untriedError(hand, this.#entry);
    if (untried) return this.#settling.fail(hand, identity, untried);
    if (isSuspect(hand)) return this.#alone(hand, identity);
    if (this.#careful.isNeeded) return this.#careful.before(hand, identity).then(() => this.#run(hand, identity));
    return this.#run(hand, identity);
  }

  /** One after the other, and recorded before it is tried: only the one that ends the process is counted for it. */
  async #alone(hand: InHand, identity: Identity): Promise<Settlement> {
    await this.#suspects.enter(undefined);
    try {
      await this.#careful.before(hand, identity);
      return await this.#run(hand, identity);
    } finally {
      this.#suspects.leave(undefined);
    }
  }

  #run(hand: InHand, identity: Identity): Promise<Settlement> | Settlement {
    if (this.#hooks.stop.aborted || this.#isLost(hand)) return released;
    const attempted = attempt(this.#entry, this.#services, { hand, identity, turn: this.#hooks.turn });
    return attempted instanceof Promise
      ? attempted.then((ended) => this.#settle(hand, identity, ended))
      : this.#settle(hand, identity, attempted);
  }

  /** The message is somebody else's by now. */
  #isLost({ delivery }: InHand): boolean {
    return delivery?.lost?.aborted === true || this.#hooks.turn.lease?.lost.aborted === true;
  }

  #settle(hand: InHand, identity: Identity, attempted: Attempted): Promise<Settlement> | Settlement {
    if (this.#careful.isNeeded) this.#careful.ended();
    if (this.#isLost(hand))
      return this.#settling.release(hand, identity, 'message was taken away while it was worked on, what was done is not recorded');
    if (!attempted.ok && this.#services.abort.aborted)
      return this.#settling.release(hand, identity, 'message was given back, the kernel stopped while it was worked on');
    return this.#settling.settle(hand, identity, attempted);
  }
}
