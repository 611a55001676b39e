import { type InboxJob, type Leg, type Message, type ReceiveGuarantees, typeName } from '@waybill/contract';
import { repliesOf } from '@waybill/contract/host';
import type { CheckedInbound } from '@waybill/manifest';
import { WorkLoop } from '../work-loop.ts';
import { type Attempted, attempt, failed } from './attempt.ts';
import { identify } from './identify.ts';
import type { Identity } from './identity.ts';
import { handOfJob, type InHand } from './in-hand.ts';
import type { Lane } from './lane.ts';
import type { EntryTurn } from './listening/entry-state.ts';
import { decide, untriedError } from './outcome/decide.ts';
import { Ledger } from './outcome/ledger.ts';
import type { InboundServices } from './services.ts';

export interface StoredLoopHooks {
  readonly lane: Lane;
  readonly guarantees: ReceiveGuarantees;
  /** True while nothing is begun: the process stops, or the entry is paused. */
  readonly resting: () => boolean;
  /** Resolves when this process may work on what is stored, or when `stop` aborts. */
  readonly ready: (stop: AbortSignal) => Promise<void>;
  readonly turn: EntryTurn;
}

/** Works on the messages of one inbound entry that wait in the journal: stored, to be tried again, or replayed. They pass the lane like all others. */
export class StoredLoop {
  readonly #entry: CheckedInbound;
  readonly #services: InboundServices;
  readonly #hooks: StoredLoopHooks;
  readonly #ledger: Ledger;
  readonly loop: WorkLoop<InboxJob>;

  constructor(entry: CheckedInbound, services: InboundServices, hooks: StoredLoopHooks) {
    this.#entry = entry;
    this.#services = services;
    this.#hooks = hooks;
    this.#ledger = new Ledger(entry, services);
    const { keeper, clock, log } = services;
    const { name, order, concurrency: places } = entry;
    this.loop = new WorkLoop({
      places,
      order,
      clock,
      log: log.child({ entry: name }),
      claim: (request) => keeper.do(() => keeper.journal.inbox.claim({ entry: name, ...request })),
      orderKeyOf: (job) => job.orderKey,
      messageOf: ({ message }) => message,
      work: (job) => this.#passLane(job),
      release: (job) => this.#ledger.release(handOfJob(job)),
      ready: hooks.ready,
    });
  }

  /** Answers whether what stands behind this message may go on. */
  async #passLane(job: InboxJob): Promise<boolean> {
    const { lane, resting } = this.#hooks;
    const wait = lane.enter(job.orderKey);
    if (wait) await wait;
    try {
      const hand = handOfJob(job);
      return resting() ? await this.#giveBack(hand) : await this.#attempt(hand);
    } finally {
      lane.leave(job.orderKey);
    }
  }

  /** The process stops, or the entry is paused. */
  async #giveBack(hand: InHand): Promise<boolean> {
    await this.#ledger.release(hand);
    return false;
  }

  async #attempt(hand: InHand): Promise<boolean> {
    const identity = await identify(this.#entry, this.#services, hand);
    const untried = untriedError(hand, this.#entry);
    const attempted = untried
      ? failed(untried, this.#services, hand, identity)
      : await attempt(this.#entry, this.#services, { hand, identity, turn: this.#hooks.turn });
    if (!attempted.ok && this.#services.abort.aborted) return this.#giveBack(hand);
    const decision = decide(hand, this.#withReply(attempted, hand, identity), this.#entry, undefined, this.#services.clock);
    return this.#ledger.settle({ hand, identity, decision }, ({ outcome }) => {
      if (outcome === 'known') this.#ledger.news.note(hand, identity, 'duplicate', 'message was ended by somebody else meanwhile');
      // Whoever ended it, or has it, may have what was claimed with it, too.
      return outcome === 'recorded' && (decision.do === 'finish' || (decision.do === 'park' && this.#entry.parked === 'releases'));
    });
  }

  /** The reply to a message that is no longer in its transport's hands is one more message to send, recorded together with the outcome. */
  #withReply(attempted: Attempted, hand: InHand, identity: Identity): Attempted {
    return { ...attempted, legs: [...attempted.legs, ...this.#replyLegs(attempted.reply, hand, identity)] };
  }

  #replyLegs(reply: Message | undefined, { message, trace }: InHand, { known, store }: Identity): readonly Leg[] {
    if (!reply || message.replyTo === undefined || this.#hooks.guarantees.replies !== 'addressed') return [];
    const type = known?.type.reply ? typeName(known.type.reply) : (reply.type ?? '');
    const leg = { entry: repliesOf(this.#entry.name), event: '', type, store, cause: message.id, trace };
    return [{ ...leg, message: { ...reply, replyTo: message.replyTo } }];
  }
}
