import { type InboxJob, type Leg, type Message, type ReceiveGuarantees, typeName } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { byOrderKey, WorkLoop } from '../work-loop.ts';
import { type Attempted, attempt, failed } from './attempt.ts';
import { type Identity, identify } from './identify.ts';
import { handOfJob, type InHand, repliesOf } from './in-hand.ts';
import type { Lane } from './lane.ts';
import { decide, untriedError } from './outcome/decide.ts';
import { Ledger } from './outcome/ledger.ts';
import type { InboundServices } from './services.ts';

/** How many messages of one order a process takes at a time: they count as handed out when it ends, though only one of them was tried. */
const runOf = 16;

export interface StoredLoopHooks {
  readonly lane: Lane;
  readonly guarantees: ReceiveGuarantees;
  /** True while nothing is begun: the process stops, or the entry is paused. */
  readonly resting: () => boolean;
  /** Resolves when this process may work on what is stored, or when `stop` aborts. */
  readonly ready: (stop: AbortSignal) => Promise<void>;
  /** Aborts when another process may work on this entry. */
  readonly taken: () => AbortSignal | undefined;
}

/** Works on the messages of one inbound entry that wait in the journal: stored, to be tried again, or replayed. They pass the lane like all others. */
export class StoredLoop {
  readonly #entry: CheckedInbound;
  readonly #services: InboundServices;
  readonly #hooks: StoredLoopHooks;
  readonly #ledger: Ledger;
  readonly #loop: WorkLoop<InboxJob>;

  constructor(entry: CheckedInbound, services: InboundServices, hooks: StoredLoopHooks) {
    this.#entry = entry;
    this.#services = services;
    this.#hooks = hooks;
    this.#ledger = new Ledger(entry, services);
    const { keeper } = services;
    const { name, order, concurrency: places } = entry;
    this.#loop = new WorkLoop({
      places,
      clock: services.clock,
      log: services.log.child({ entry: name }),
      claim: (free) => {
        const run = order === 'parallel' ? 1 : runOf;
        const limit = order === 'serial' ? runOf : free;
        return keeper.do(() => keeper.journal.inbox.claim({ entry: name, limit, run }));
      },
      together: (jobs) => byOrderKey(jobs, (job) => job.orderKey),
      work: (jobs) => this.#work(jobs),
      ready: hooks.ready,
    });
  }

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** One message after the other; when one of them stays in front, the rest is given back. */
  async #work(jobs: readonly InboxJob[]): Promise<boolean> {
    for (const [index, job] of jobs.entries()) {
      const mayGoOn = await this.#passLane(job);
      if (mayGoOn) continue;
      for (const behind of jobs.slice(index + 1)) await this.#ledger.release(handOfJob(behind));
      return true;
    }
    // What waited behind the last one is in front now.
    return jobs[0]?.orderKey !== undefined;
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
      : await attempt(this.#entry, this.#services, hand, identity, () => [this.#hooks.taken()]);
    if (!attempted.ok && this.#services.abort.aborted) return this.#giveBack(hand);
    const decision = decide(hand, this.#withReply(attempted, hand, identity), this.#entry, undefined);
    const recorded = await this.#ledger.settle(hand, identity, decision);
    if (recorded.outcome === 'known') this.#ledger.news.note(hand, identity, 'duplicate', 'message was ended by somebody else meanwhile');
    return recorded.outcome !== 'not-yours' && (decision.do === 'finish' || (decision.do === 'park' && this.#entry.parked === 'releases'));
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
