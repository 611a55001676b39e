import type { Journal, Log } from '@waybill/contract';
import { type Clock, errorFields } from '@waybill/plugin-host';

/** How long to rest when nothing is left to forget, and between two portions, in milliseconds. */
const rest = 10_000;
const pause = 50;

/** Has the journal forget what was done long ago, in small portions, from the first second of the process on. */
export class Forgetting {
  readonly #journal: Journal;
  readonly #keep: number;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stop = new AbortController();
  #ended: Promise<void> | undefined;

  constructor(journal: Journal, { keep, clock, log }: { readonly keep: number; readonly clock: Clock; readonly log: Log }) {
    this.#journal = journal;
    this.#keep = keep;
    this.#clock = clock;
    this.#log = log;
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
      await this.#clock.sleep(more ? pause : rest, signal);
    }
  }

  async #portion(): Promise<boolean> {
    try {
      const { rows, more } = await this.#journal.desk.forget(this.#keep);
      if (rows > 0) this.#log.debug({ rows }, 'the journal forgot what was done long ago');
      return more;
    } catch (error) {
      this.#log.warn(errorFields(error), 'the journal could not forget; it is asked again');
      return false;
    }
  }
}
