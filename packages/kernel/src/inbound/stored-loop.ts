import type { InboxKey, StoredJob, WaybillError } from '@waybill/contract';
import type { CheckedInbound } from '@waybill/manifest';
import { backoff } from '../backoff.ts';
import { errorFields } from '../log.ts';
import type { Outcome } from '../observe.ts';
import { reasonOf } from '../reason.ts';
import { WorkLoop } from '../work-loop.ts';
import { type AttemptResult, attempt } from './attempt.ts';
import type { InboundServices } from './services.ts';

/** How much longer than the handler may take a claim lasts, in milliseconds: room for the journal and for pauses of the process. */
const leaseMargin = 30_000;

/** Works on the messages of one inbound entry that wait in the journal: accepted as stored, or replayed. */
export class StoredLoop {
  readonly #entry: CheckedInbound;
  readonly #services: InboundServices;
  readonly #loop: WorkLoop<StoredJob>;

  constructor(entry: CheckedInbound, services: InboundServices) {
    this.#entry = entry;
    this.#services = services;
    const serial = entry.order === 'serial';
    this.#loop = new WorkLoop({
      concurrency: serial ? 1 : entry.concurrency,
      clock: services.clock,
      log: services.log.child({ entry: entry.name }),
      claim: (limit) => {
        const now = services.clock.now();
        return services.journal.claimStored({
          name: entry.name,
          limit,
          now,
          leaseUntil: now + entry.timeout + leaseMargin,
          inOrder: serial,
        });
      },
      work: (job) => this.#work(job),
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

  async #work(job: StoredJob): Promise<boolean> {
    const since = performance.now();
    const { message, principal, trace, attempts } = job;
    const result = await attempt(this.#entry, this.#services, { message, principal, trace, attempt: attempts + 1 });
    const outcome = result.error ? await this.#fail(job, result.error) : await this.#finish(job, result);
    this.#observe(job, result, outcome, since);
    return outcome === 'retry';
  }

  async #finish(job: StoredJob, result: AttemptResult): Promise<Outcome> {
    const { journal, clock, wake } = this.#services;
    const { message, digest, principal, trace } = job;
    const type = result.known?.name ?? '';
    const archive = this.#entry.archive ? { message, digest, principal, trace, type } : undefined;
    const recorded = await journal.finish({
      ...keyOf(job),
      digest,
      type,
      trace,
      at: clock.now(),
      reply: result.reply,
      legs: result.legs,
      archive,
    });
    if (recorded && result.legs.length > 0) wake(result.legs);
    return recorded ? 'done' : 'duplicate';
  }

  async #fail(job: StoredJob, error: WaybillError): Promise<Outcome> {
    const { journal, clock, log } = this.#services;
    const { message, digest, principal, trace, type, attempts } = job;
    const at = clock.now();
    const failure = { at, code: error.code, reason: reasonOf(error) };
    log.warn({ ...keyOf(job), messageType: type, trace, attempt: attempts + 1, ...errorFields(error) }, 'stored message failed');
    if (error.retryable && attempts + 1 < this.#entry.retry.attempts) {
      await journal.failed(keyOf(job), { ...failure, digest, trace, due: at + backoff(this.#entry.retry, attempts + 1) });
      return 'retry';
    }
    await journal.park(keyOf(job), { message, digest, principal, trace, type }, failure);
    return 'parked';
  }

  #observe(job: StoredJob, result: AttemptResult, outcome: Outcome, since: number): void {
    if (!this.#services.observers.watched) return;
    const { name, connection } = this.#entry;
    const { known, read, store, error } = result;
    this.#services.observers.tell({
      at: this.#services.clock.now(),
      direction: 'in',
      name,
      connection: connection.name,
      transport: connection.plugin.card.name,
      type: known?.name ?? job.type,
      subject: read?.command,
      id: job.message.id,
      trace: job.trace,
      store,
      outcome,
      attempt: job.attempts + 1,
      took: performance.now() - since,
      code: error?.code,
      reason: error && reasonOf(error),
    });
  }
}

function keyOf({ entry, id }: StoredJob): InboxKey {
  return { entry, id };
}
