import type { Journal, Log } from '@waybill/contract';
import { type Clock } from '@waybill/plugin-host';
import { errorFields } from '@waybill/plugin-host/kernel';

/** How long to rest when nothing is left to forget, and between two portions, in milliseconds. */
const rest = 10_000;
const pause = 50;

export interface ForgettingOptions {
  readonly journal: Journal;
  /** How long what is done stays, in milliseconds. */
  readonly keep: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Has the journal forget what was done long ago, in small portions, from the first second of the process on. */
export class Forgetting {
  readonly #options: ForgettingOptions;
  readonly #stop = new AbortController();
  #ended: Promise<void> | undefined;

  constructor(options: ForgettingOptions) {
    this.#options = options;
  }

  start(): void {
    this.#ended ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const more = await this.#portion();
      await this.#options.clock.sleep(more ? pause : rest, signal);
    }
  }

  async #portion(): Promise<boolean> {
    const { journal, keep, log } = this.#options;
    try {
      const { rows, more } = await journal.desk.forget(keep);
      if (rows > 0) log.debug({ rows }, 'the journal forgot what was done long ago');
      return more;
    } catch (error) {
      log.warn(errorFields(error), 'the journal could not forget; it is asked again');
      return false;
    }
  }
}
