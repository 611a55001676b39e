import type { Claimed, ClaimRequest, Log, Message } from '@waybill/contract';
import { type Clock } from '@waybill/plugin-host';
import { backoff, errorFields, reopenPolicy } from '@waybill/plugin-host/kernel';

/** How long a loop rests when nothing is due, in milliseconds: the journal wakes it sooner when somebody puts work there. */
const rest = 2_000;

/** How many jobs of one order a process takes at a time: they count as handed out when it ends, though only one of them was tried. */
const runOf = 16;

/** How many bytes of bodies a loop has in hand before it claims no more: the last claim may go beyond it by one body. */
const mostBytes = 32 * 1024 ** 2;

export interface WorkLoopOptions<Job> {
  /** How many are worked on at the same time. Has no meaning where the order is serial. */
  readonly places: number;
  readonly order: 'parallel' | 'serial' | 'key';
  readonly clock: Clock;
  readonly log: Log;
  /** Takes up to `limit` jobs from the journal, up to `run` of each order key, and of bodies up to `bytes`. */
  readonly claim: (request: Required<Omit<ClaimRequest, 'entry'>>) => Promise<Claimed<Job>>;
  readonly messageOf: (job: Job) => Message;
  readonly orderKeyOf: (job: Job) => string | undefined;
  /** Does one job and records its outcome. Answers whether what stands behind it may go on. */
  readonly work: (job: Job) => Promise<boolean>;
  /** Gives a job back that was not tried. */
  readonly release: (job: Job) => Promise<void>;
  /** Resolves as soon as something may be claimed, or when `stop` aborts. */
  readonly ready: (stop: AbortSignal) => Promise<void>;
}

/** Claims jobs from the journal and works on them, as many at a time as allowed, until it is stopped. */
export class WorkLoop<Job extends { readonly unresolved: number }> {
  readonly #options: WorkLoopOptions<Job>;
  readonly #stop = new AbortController();
  /** What is worked on, with how many bytes the bodies in it have. */
  readonly #running = new Map<Promise<void>, number>();
  #isWoken = false;
  #nap: AbortController | undefined;
  #ended: Promise<void> | undefined;

  constructor(options: WorkLoopOptions<Job>) {
    this.#options = options;
  }

  start(): void {
    this.#ended ??= this.#run();
  }

  /** Work may be there: looks now instead of at the end of the rest. */
  wake(): void {
    this.#isWoken = true;
    this.#nap?.abort();
  }

  /** Claims nothing more; resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#nap?.abort();
    await this.#ended;
    await Promise.allSettled(this.#running.keys());
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#options.ready(this.#stop.signal);
        if (this.#stop.signal.aborted) return;
        await this.#round();
        failures = 0;
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        failures++;
        this.#options.log.error(errorFields(error), 'the journal gives no work, asking again');
        await this.#options.clock.sleep(backoff(reopenPolicy, failures), this.#stop.signal);
      }
    }
  }

  async #round(): Promise<void> {
    const { places, order, claim, orderKeyOf } = this.#options;
    const free = places - this.#running.size;
    const bytes = [...this.#running.values()].reduce((room, taken) => room - taken, mostBytes);
    if (free <= 0 || bytes <= 0) return Promise.race(this.#running.keys());
    this.#isWoken = false;
    const { jobs, dueIn } = await claim({ limit: order === 'serial' ? runOf : free, run: order === 'parallel' ? 1 : runOf, bytes });
    // Jobs of one order key together, in their order; those without a key alone.
    const pieces = Map.groupBy<unknown, Job>(jobs, (job) => (order === 'parallel' ? undefined : orderKeyOf(job)) ?? job);
    const begun = [...pieces.values()].map((piece) => this.#begin(piece));
    // Nothing is begun beside a message that may have ended a process: it would be counted with it.
    if (jobs.some(({ unresolved }) => unresolved > 0)) await Promise.all(begun);
    if (dueIn !== 0 || jobs.length === 0) await this.#sleep(dueIn);
  }

  #begin(piece: readonly Job[]): Promise<void> {
    const running = this.#workOn(piece)
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) this.#options.log.error(errorFields(error), 'an outcome could not be recorded');
      })
      .finally(() => this.#running.delete(running));
    const bytes = piece.reduce((sum, job) => sum + this.#options.messageOf(job).body.byteLength, 0);
    this.#running.set(running, bytes);
    return running;
  }

  /** One job after the other; when one of them stays in front, those behind it are given back. */
  async #workOn(piece: readonly Job[]): Promise<void> {
    const { work, release, orderKeyOf } = this.#options;
    for (const [index, job] of piece.entries()) {
      if (await work(job)) {
        // What waited behind it is in front now.
        if (index === piece.length - 1 && orderKeyOf(job) !== undefined) this.wake();
        continue;
      }
      for (const behind of piece.slice(index + 1)) await release(behind).catch(() => undefined);
      return this.wake();
    }
  }

  /** Until the next job is due, somebody wakes the loop, or the rest is over. */
  async #sleep(dueIn: number | undefined): Promise<void> {
    if (this.#isWoken || this.#stop.signal.aborted) return;
    this.#nap = new AbortController();
    await this.#options.clock.sleep(Math.min(dueIn ?? rest, rest), this.#nap.signal);
    this.#nap = undefined;
  }
}
