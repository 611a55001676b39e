import type { Claimed, Log } from '@waybill/contract';
import { backoff, reopenPolicy } from './backoff.ts';
import type { Clock } from './clock.ts';
import { errorFields } from './log.ts';

/** How long a loop rests when the journal names nothing that will be due: other processes may put work there, in milliseconds. */
const rest = 2_000;

export interface WorkLoopOptions<Job> {
  readonly concurrency: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Takes up to `limit` jobs from the journal. */
  claim(limit: number): Promise<Claimed<Job>>;
  /**
   * Does one job and records its outcome. Resolves with true when the job comes again later. A rejection means that the
   * outcome could not be recorded: the claim runs out, and the job comes again then.
   */
  work(job: Job): Promise<boolean>;
  /** When nothing may be claimed: resolves as soon as something may be again. */
  ready?(stop: AbortSignal): Promise<void>;
}

/** Claims jobs from the journal and works on them, as many at a time as allowed, until it is stopped. */
export class WorkLoop<Job> {
  readonly #options: WorkLoopOptions<Job>;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #wakened = false;
  #nap: AbortController | undefined;
  #ended: Promise<void> | undefined;

  constructor(options: WorkLoopOptions<Job>) {
    this.#options = options;
  }

  start(): void {
    this.#ended ??= this.#run();
  }

  /** Work may be there: look now instead of at the end of the rest. */
  wake(): void {
    this.#wakened = true;
    this.#nap?.abort();
  }

  /** Claims nothing more; resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#nap?.abort();
    await this.#ended;
    await Promise.allSettled(this.#running);
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#options.ready?.(this.#stop.signal);
        if (this.#stop.signal.aborted) return;
        await this.#round();
        failures = 0;
      } catch (error) {
        failures++;
        this.#options.log.error(errorFields(error), 'the journal gives no work, asking again');
        await this.#options.clock.sleep(backoff(reopenPolicy, failures), this.#stop.signal);
      }
    }
  }

  async #round(): Promise<void> {
    const { concurrency } = this.#options;
    // Half the places are free before the journal is asked again: fewer questions, while the others keep working.
    if (this.#running.size > concurrency / 2) {
      await Promise.race(this.#running);
      return;
    }
    const room = concurrency - this.#running.size;
    this.#wakened = false;
    const { jobs, nextDue } = await this.#options.claim(room);
    for (const job of jobs) this.#begin(job);
    if (jobs.length < room) await this.#sleep(nextDue);
  }

  #begin(job: Job): void {
    const running = this.#options
      .work(job)
      .then((again) => {
        if (again) this.wake();
      })
      .catch((error: unknown) => this.#options.log.error(errorFields(error), 'an outcome could not be recorded, the work is done again'))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Until the next job is due, somebody wakes the loop, or the rest is over. */
  async #sleep(nextDue: number | undefined): Promise<void> {
    if (this.#wakened || this.#stop.signal.aborted) return;
    const { clock } = this.#options;
    const wait = nextDue === undefined ? rest : Math.min(Math.max(nextDue - clock.now(), 0), rest);
    this.#nap = new AbortController();
    await clock.sleep(wait, this.#nap.signal);
    this.#nap = undefined;
  }
}
