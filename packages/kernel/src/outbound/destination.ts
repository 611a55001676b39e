import type { OutboxJob, RecipientOutcome, TransportError } from '@waybill/contract';
import type { RetryPolicy } from '@waybill/manifest';
import { type Clock, pluginErrors } from '@waybill/plugin-host';
import { asTransportError, faultIn, merged, nextOnes, type Side } from '@waybill/plugin-host/kernel';
import type { Pause } from '../desk/pauses.ts';
import type { OutboundStatus } from '../desk/status.ts';
import { messageErrors } from '../errors.ts';
import { refuseExpired } from '../inbound/attempt.ts';
import { isSpentUntried, verdictOn } from '../verdict.ts';
import { WorkLoop } from '../work-loop.ts';
import type { Router } from './routing.ts';
import { type LegInHand, type Place, type SendDecision, type SendingServices, SentLedger } from './sent-ledger.ts';

/** What a destination needs to know of its entry. */
export interface DestinationSettings extends Place {
  readonly order: 'parallel' | 'serial' | 'key';
  /** What is done about a send whose outcome the far side did not tell. */
  readonly unknown: 'retry' | 'park';
  /** What is done about a send during which the process ended. */
  readonly afterCrash: 'retry' | 'park';
  readonly concurrency: number;
  readonly retry: RetryPolicy;
  /** Whether people have paused it. */
  readonly pause: Pause;
}

/** Sends what the journal has for one destination, each message with its own attempts and state. */
export class Destination {
  readonly #settings: DestinationSettings;
  readonly #side: Side;
  readonly #router: Pick<Router, 'composeAgain' | 'retryOf' | 'finishing'>;
  readonly #clock: Clock;
  readonly #ledger: SentLedger;
  readonly loop: WorkLoop<OutboxJob>;
  readonly #stop = new AbortController();

  constructor(
    settings: DestinationSettings,
    side: Side,
    router: Pick<Router, 'composeAgain' | 'retryOf' | 'finishing'>,
    services: SendingServices,
  ) {
    this.#settings = settings;
    this.#side = side;
    this.#router = router;
    this.#clock = services.clock;
    this.#ledger = new SentLedger(settings, services);
    const { name, order, concurrency: places } = settings;
    const { keeper, clock, log } = services;
    this.loop = new WorkLoop({
      places,
      order,
      clock,
      log: log.child({ outbound: name }),
      claim: (request) => {
        // While the far side is away, one message at a time finds out whether it is back.
        const wanted = side.isDown ? { limit: 1, run: 1 } : { ...request, limit: Math.min(request.limit, side.room) };
        return keeper.do(() => keeper.journal.outbox.claim({ entry: name, ...wanted }));
      },
      orderKeyOf: ({ leg }) => leg.orderKey,
      messageOf: ({ leg }) => leg.message,
      work: (job) => this.#send(job),
      release: (job) => this.#ledger.release(job),
      ready: (stop) => this.#ready(stop),
    });
  }

  get status(): OutboundStatus {
    const { name, pause } = this.#settings;
    const state = this.#side.isDown ? 'degraded' : 'open';
    return { name, state: pause.isOn ? 'paused' : state, reason: pause.reason };
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.loop.stop();
  }

  close(): Promise<void> {
    return this.#side.close();
  }

  async #ready(stop: AbortSignal): Promise<void> {
    const { pause } = this.#settings;
    do {
      if (pause.isOn) await pause.over(stop);
      if (!this.#side.isReady) await this.#side.ready(AbortSignal.any([stop, pause.began]));
    } while (pause.isOn && !stop.aborted);
  }

  /** Answers whether what stands behind this leg may go on. */
  async #send(job: OutboxJob): Promise<boolean> {
    if (this.#stop.signal.aborted || this.#settings.pause.isOn) {
      await this.#ledger.release(job);
      return false;
    }
    const hand = { leg: job.leg, token: job.token, attempts: job.attempts, since: performance.now() };
    const decision = await this.#attempt(hand, job);
    const recorded = await this.#ledger.settle(hand, decision);
    if (recorded.outcome !== 'recorded') return false;
    return decision.do === 'sent' || (decision.do === 'park' && this.#settings.parked === 'releases');
  }

  async #attempt(hand: LegInHand, { unresolved, recipients }: OutboxJob): Promise<SendDecision> {
    let before = recipients;
    const note = (news: readonly RecipientOutcome[]): Promise<boolean> => {
      before = merged(before, news);
      // Nothing can be recorded any more where the kernel stops; what was sent to would be sent to again.
      return this.#ledger.note(hand, news).catch(() => false);
    };
    const { unknown, afterCrash, retry, name } = this.#settings;
    const policy = this.#router.retryOf(hand.leg, retry);
    let references = hand.leg.uncomposed ? undefined : this.#side.references(hand.leg.message);
    try {
      if (unresolved > 0 && isSpentUntried({ failures: hand.attempts, unresolved, policy }))
        throw messageErrors.WB_ATTEMPTS_SPENT(`The message was handed out ${unresolved} times without any outcome.`);
      const message = hand.leg.uncomposed ? this.#router.composeAgain(hand.leg) : hand.leg.message;
      if (hand.leg.uncomposed) references = this.#side.references(message);
      if (unresolved > 0 && afterCrash === 'park') throw mayHaveArrived();
      refuseExpired(hand.leg.message, this.#clock);
      const to = nextOnes(before, unknown, unresolved > 0);
      const receipt = to?.length === 0 ? {} : await this.#side.send(message, { to, note, finishing: this.#router.finishing(hand.leg) });
      if (!before && !receipt.recipients) return { do: 'sent', receipt, references };
      const known = merged(before, receipt.recipients);
      const fault = faultIn(known);
      return fault
        ? { ...this.#judge(hand, unresolved, policy, fault), references }
        : { do: 'sent', receipt, recipients: known, references };
    } catch (cause) {
      const error = asTransportError(cause, `Sending to ${name}`);
      return { ...this.#judge(hand, unresolved, policy, error), recipients: merged(before, error.recipients), references };
    }
  }

  #judge({ attempts: failures, leg }: LegInHand, unresolved: number, policy: RetryPolicy, error: TransportError): SendDecision {
    const { unknown } = this.#settings;
    const age = this.#clock.now() - leg.message.createdAt;
    const away = error.connectionLost || (this.#side.isDown && error.outcome !== 'refused') ? this.#side.downFor : undefined;
    const verdict = verdictOn({ error, failures, unresolved, policy, age, waits: false, holds: 0, unknown, away });
    return { ...verdict, error, recipients: error.recipients };
  }
}

/** The process ended between handing the message to the sender and recording what became of it. */
function mayHaveArrived(): TransportError {
  return pluginErrors.WB_SEND_TIMEOUT('The process ended while this message was being sent.', { outcome: 'unknown' });
}
