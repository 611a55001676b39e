import type { OutboxJob, TransportError } from '@waybill/contract';
import type { RetryPolicy } from '@waybill/manifest';
import { asTransportError } from '../call-plugin.ts';
import type { Pause } from '../desk/pauses.ts';
import { messageErrors, transportErrors } from '../errors.ts';
import { isSpentUntried, verdictOn } from '../verdict.ts';
import { byOrderKey, WorkLoop } from '../work-loop.ts';
import { faultIn, merged, openOnes } from './recipients.ts';
import type { Router } from './routing.ts';
import type { Side } from './sending-side.ts';
import { type LedgerServices, type LegInHand, type Place, type SendDecision, SentLedger } from './sent-ledger.ts';

/** How many legs of one order a process takes at a time: they count as handed out when it ends, though only one of them was tried. */
const runOf = 16;

/**
 * - open: what is due is sent.
 * - degraded: the far side is away; what is due waits.
 * - paused: people have paused the entry; what is due waits.
 */
export type DestinationState = 'open' | 'degraded' | 'paused';

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
  readonly #router: Pick<Router, 'composeAgain'>;
  readonly #ledger: SentLedger;
  readonly #loop: WorkLoop<OutboxJob>;
  readonly #stop = new AbortController();

  constructor(settings: DestinationSettings, side: Side, router: Pick<Router, 'composeAgain'>, services: LedgerServices) {
    this.#settings = settings;
    this.#side = side;
    this.#router = router;
    this.#ledger = new SentLedger(settings, services);
    const { name, order, concurrency: places } = settings;
    const { keeper, clock } = services;
    this.#loop = new WorkLoop({
      places,
      clock,
      log: services.log.child({ outbound: name }),
      claim: (free) => {
        const room = side.isDown ? 1 : order === 'serial' ? runOf : free;
        return keeper.do(() =>
          keeper.journal.outbox.claim({ entry: name, limit: room, run: order === 'parallel' || side.isDown ? 1 : runOf }),
        );
      },
      together: (jobs) => byOrderKey(jobs, ({ leg }) => leg.orderKey),
      work: (jobs) => this.#work(jobs),
      ready: (stop) => this.#ready(stop),
    });
  }

  get name(): string {
    return this.#settings.name;
  }

  get state(): DestinationState {
    if (this.#settings.pause.isOn) return 'paused';
    return this.#side.isDown ? 'degraded' : 'open';
  }

  /** Why nothing is sent. */
  get reason(): string | undefined {
    return this.#settings.pause.reason;
  }

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop.stop();
    await this.#side.close();
  }

  /** Nothing is begun: the process stops, or the destination is paused. */
  get #isResting(): boolean {
    return this.#stop.signal.aborted || this.#settings.pause.isOn;
  }

  async #ready(stop: AbortSignal): Promise<void> {
    const { pause } = this.#settings;
    do {
      if (pause.isOn) await pause.over(stop);
      if (!this.#side.isReady) await this.#side.ready(AbortSignal.any([stop, pause.began]));
    } while (pause.isOn && !stop.aborted);
  }

  /** One leg after the other; when one of them stays in front, the rest is given back. */
  async #work(jobs: readonly OutboxJob[]): Promise<boolean> {
    for (const [index, job] of jobs.entries()) {
      const isResting = this.#isResting;
      if (!isResting && (await this.#send(job))) continue;
      const left = isResting ? jobs.slice(index) : jobs.slice(index + 1);
      for (const behind of left) await this.#ledger.release(behind).catch(() => undefined);
      return true;
    }
    // What waited behind the last one is in front now.
    return jobs[0]?.leg.orderKey !== undefined;
  }

  /** Answers whether what stands behind this leg may go on. */
  async #send(job: OutboxJob): Promise<boolean> {
    const hand = { leg: job.leg, token: job.token, attempts: job.attempts, since: performance.now() };
    const decision = await this.#attempt(hand, job);
    const recorded = await this.#ledger.settle(hand, decision);
    if (recorded.outcome === 'not-yours') return false;
    return decision.do === 'sent' || (decision.do === 'park' && this.#settings.parked === 'releases');
  }

  async #attempt(hand: LegInHand, { unresolved, recipients: before }: OutboxJob): Promise<SendDecision> {
    const { unknown, afterCrash, retry: policy, name } = this.#settings;
    try {
      if (unresolved > 0 && isSpentUntried({ failures: hand.attempts, unresolved, policy }))
        throw messageErrors.WB_ATTEMPTS_SPENT(`The message was handed out ${unresolved} times without any outcome.`);
      if (unresolved > 0 && afterCrash === 'park') throw mayHaveArrived();
      const message = hand.leg.uncomposed ? this.#router.composeAgain(hand.leg) : hand.leg.message;
      const receipt = await this.#side.send(message, before && openOnes(before, unknown));
      if (!before && !receipt.recipients) return { do: 'sent', receipt };
      const recipients = merged(before, receipt.recipients);
      const fault = faultIn(recipients);
      return fault ? this.#judge(hand, unresolved, fault) : { do: 'sent', receipt, recipients };
    } catch (cause) {
      const error = asTransportError(cause, `Sending to ${name}`);
      return { ...this.#judge(hand, unresolved, error), recipients: merged(before, error.recipients) };
    }
  }

  #judge({ attempts: failures }: LegInHand, unresolved: number, error: TransportError): SendDecision {
    const { unknown, retry: policy } = this.#settings;
    const away = error.connectionLost || (this.#side.isDown && error.outcome !== 'refused') ? this.#side.downFor : undefined;
    const verdict = verdictOn({ error, failures, unresolved, policy, waits: false, holds: 0, unknown, away });
    return { ...verdict, error, recipients: error.recipients };
  }
}

/** The process ended between handing the message to the sender and recording what became of it. */
function mayHaveArrived(): TransportError {
  return transportErrors.WB_SEND_TIMEOUT('The process ended while this message was being sent.', { outcome: 'unknown' });
}
