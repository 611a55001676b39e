import type { Journal, Log, Message, OutboxJob, OutboxKey, Receipt } from '@waybill/contract';
import type { CheckedOutbound } from '@waybill/manifest';
import { backoff } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { asPluginError, type Connection } from '../connection.ts';
import { errorFields } from '../log.ts';
import type { Observers, Outcome } from '../observe.ts';
import { reasonOf } from '../reason.ts';
import { WorkLoop } from '../work-loop.ts';
import { SendingSide } from './sending-side.ts';

/** How much longer than one attempt a claim lasts, in milliseconds: room for opening the sender and for pauses of the process. */
const leaseMargin = 60_000;

export interface OutboundServices {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly observers: Observers;
  readonly log: Log;
  readonly folder: string;
}

/** One outbound entry: sends what the journal has for it, each message with its own attempts and state. */
export class Destination {
  readonly #config: CheckedOutbound;
  readonly #services: OutboundServices;
  readonly #side: SendingSide;
  readonly #loop: WorkLoop<OutboxJob>;
  readonly #log: Log;

  constructor(config: CheckedOutbound, connection: Connection, services: OutboundServices) {
    this.#config = config;
    this.#services = services;
    this.#log = services.log.child({ outbound: config.name });
    this.#side = new SendingSide(config, connection, services);
    this.#loop = new WorkLoop({
      concurrency: config.concurrency,
      clock: services.clock,
      log: this.#log,
      claim: (limit) => {
        const now = services.clock.now();
        return services.journal.claimOutbox({ name: config.name, limit, now, leaseUntil: now + config.timeout + leaseMargin });
      },
      work: (job) => this.#send(job),
      ready: (stop) => this.#side.ready(stop),
    });
  }

  get name(): string {
    return this.#config.name;
  }

  get isDown(): boolean {
    return this.#side.isDown;
  }

  /** Opens the sender for the first time, then starts the loop whatever came of it. Rejects when the error is final: the manifest is wrong. */
  async start(stop: AbortSignal): Promise<void> {
    try {
      await this.#side.open(stop);
    } catch (cause) {
      const error = asPluginError(cause, `Opening outbound ${this.name}`);
      if (!error.retryable) throw error;
    }
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#side.close();
  }

  /** At once and past the journal: the caller sees the result. */
  sendNow(message: Message): Promise<Receipt> {
    return this.#side.send(message);
  }

  request(message: Message, timeout: number = this.#config.timeout): Promise<Message> {
    return this.#side.request(message, timeout);
  }

  async #send(job: OutboxJob): Promise<boolean> {
    const since = performance.now();
    const receipt = await this.#side
      .send(job.leg.message)
      .catch((cause: unknown) => ({ error: asPluginError(cause, `Sending to ${this.name}`) }));
    if ('error' in receipt) return this.#failed(job, receipt.error, since);
    const { detail } = receipt;
    await this.#services.journal.sent(keyOf(job), { at: this.#services.clock.now(), detail, archive: this.#config.archive });
    this.#observe(job, since, { outcome: 'sent', detail });
    return false;
  }

  async #failed(job: OutboxJob, error: ReturnType<typeof asPluginError>, since: number): Promise<boolean> {
    const { journal, clock } = this.#services;
    const at = clock.now();
    const told = { code: error.code, reason: reasonOf(error) };
    if (error.connectionLost) {
      await journal.postponed(keyOf(job), { due: Math.max(this.#side.downUntil, at) });
      this.#observe(job, since, { ...told, outcome: 'postponed' });
      return true;
    }
    const failures = job.attempts + 1;
    const { id } = job.leg.message;
    this.#log.warn(
      { messageId: id, messageType: job.leg.type, trace: job.leg.trace, attempt: failures, ...errorFields(error) },
      'message was not taken',
    );
    if (!error.retryable || failures >= this.#config.retry.attempts) {
      await journal.parkLeg(keyOf(job), { at, ...told });
      this.#observe(job, since, { ...told, outcome: 'parked' });
      return false;
    }
    await journal.postponed(keyOf(job), { due: at + backoff(this.#config.retry, failures), failure: { at, ...told } });
    this.#observe(job, since, { ...told, outcome: 'postponed' });
    return true;
  }

  #observe(
    { leg, attempts }: OutboxJob,
    since: number,
    seen: { readonly outcome: Outcome; readonly code?: string; readonly reason?: string; readonly detail?: string | undefined },
  ): void {
    if (!this.#services.observers.watched) return;
    const { name, connection } = this.#config;
    const { message, type, event, cause, trace, store } = leg;
    const where = { name, connection: connection.name, transport: connection.plugin.card.name };
    const at = this.#services.clock.now();
    this.#services.observers.tell({
      at,
      direction: 'out',
      ...where,
      type,
      subject: event,
      id: message.id,
      cause,
      trace,
      store,
      ...seen,
      attempt: attempts + 1,
      took: performance.now() - since,
    });
  }
}

function keyOf({ leg }: OutboxJob): OutboxKey {
  return { destination: leg.destination, id: leg.message.id };
}
