import type { Claimed, Log } from '@waybill/contract';
import { backoff, reopenPolicy } from './backoff.ts';
import type { Clock } from './clock.ts';
import { errorFields } from './log.ts';

/** How long a loop rests when nothing is due, in milliseconds: the journal wakes it sooner when somebody puts work there. */
const rest = 2_000;

export interface WorkLoopOptions<Job> {
  /** How many are worked on at the same time. */
  readonly places: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Takes jobs from the journal for up to `places` free places. */
  claim(places: number): Promise<Claimed<Job>>;
  /** What has to be done one after the other is one piece of work: by default each job is. */
  together?(jobs: readonly Job[]): readonly (readonly Job[])[];
  /** Does one piece of work and records its outcome. Resolves with true when there may be more to do: some of it comes again, or what waited behind it came to the front. */
  work(jobs: readonly Job[]): Promise<boolean>;
  /** Resolves as soon as something may be claimed, or when `stop` aborts. */
  ready?(stop: AbortSignal): Promise<void>;
}

/** Claims jobs from the journal and works on them, as many at a time as allowed, until it is stopped. */
export class WorkLoop<Job> {
  readonly #options: WorkLoopOptions<Job>;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
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
        if (this.#stop.signal.aborted) return;
        failures++;
        this.#options.log.error(errorFields(error), 'the journal gives no work, asking again');
        await this.#options.clock.sleep(backoff(reopenPolicy, failures), this.#stop.signal);
      }
    }
  }

  async #round(): Promise<void> {
    const free = this.#options.places - this.#running.size;
    if (free <= 0) {
      await Promise.race(this.#running);
      return;
    }
    this.#isWoken = false;
    const { jobs, dueIn } = await this.#options.claim(free);
    for (const piece of this.#options.together?.(jobs) ?? jobs.map((job) => [job])) this.#begin(piece);
    if (dueIn !== 0 || jobs.length === 0) await this.#sleep(dueIn);
  }

  #begin(piece: readonly Job[]): void {
    const running = this.#options
      .work(piece)
      .then((isMore) => {
        if (isMore) this.wake();
      })
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) this.#options.log.error(errorFields(error), 'an outcome could not be recorded');
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Until the next job is due, somebody wakes the loop, or the rest is over. */
  async #sleep(dueIn: number | undefined): Promise<void> {
    if (this.#isWoken || this.#stop.signal.aborted) return;
    this.#nap = new AbortController();
    await this.#options.clock.sleep(Math.min(dueIn ?? rest, rest), this.#nap.signal);
    this.#nap = undefined;
  }
}

/** Jobs with the same order key together, in their order; those without a key alone. */
export function byOrderKey<Job>(jobs: readonly Job[], keyOf: (job: Job) => string | undefined): readonly (readonly Job[])[] {
  const pieces: Job[][] = [];
  const byKey = new Map<string, Job[]>();
  for (const job of jobs) {
    const key = keyOf(job);
    const piece = key === undefined ? undefined : byKey.get(key);
    if (piece) {
      piece.push(job);
      continue;
    }
    const fresh = [job];
    pieces.push(fresh);
    if (key !== undefined) byKey.set(key, fresh);
  }
  return pieces;
}
