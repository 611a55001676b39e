import { type Journal, type Log, presentLimit } from '@waybill/contract';
import { type Clock } from '@waybill/plugin-host';
import { errorFields, type Tallies } from '@waybill/plugin-host/kernel';
import type { PauseChange, Pauses } from './pauses.ts';
import type { KernelStatus } from './status.ts';

/** How often is looked what people ask for, in milliseconds; sooner when the journal wakes this process. */
const lookEvery = 1_000;

/** How often the status is written at most, and at least, in milliseconds: it counts for three minutes. */
const presentEvery = { atMost: 2_000, atLeast: 60_000 };

/** How often the numbers of minutes are written. */
const countEvery = 10_000;

export interface ControlTickOptions {
  readonly journal: Journal;
  readonly pauses: Pauses;
  readonly tallies: Tallies;
  /** The name of the manifest. */
  readonly manifest: string;
  readonly status: () => KernelStatus;
  readonly clock: Clock;
  readonly log: Log;
}

/** Obeys what people have written into the journal, and writes there how this process is and what it has done. Writes nothing while nothing changes, but for its status once a minute. */
export class ControlTick {
  readonly #options: ControlTickOptions;
  readonly #stop = new AbortController();
  #presented = '';
  #presentedAt = Number.NEGATIVE_INFINITY;
  #countedAt: number;
  readonly #failing = new Set<string>();
  #ended: Promise<void> | undefined;

  constructor(options: ControlTickOptions) {
    this.#options = options;
    this.#countedAt = options.clock.now();
  }

  start(): void {
    this.#ended ??= this.#run();
  }

  /** Writes the numbers that are left. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    await this.#try('writing the numbers of minutes', () => this.#count());
  }

  /** Obeys what is written now. Rejects when the journal cannot be read. */
  async look(): Promise<void> {
    const { journal, pauses } = this.#options;
    for (const change of pauses.update(await journal.control.paused())) this.#tell(change);
  }

  /** The journal has news: what was paused or resumed elsewhere may be among them. */
  wake(): void {
    void this.#try('looking what is paused', () => this.look());
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      await this.#options.clock.sleep(lookEvery, signal);
      if (signal.aborted) return;
      await this.#try('looking what is paused', () => this.look());
      await this.present();
      if (this.#options.clock.now() - this.#countedAt >= countEvery) await this.#try('writing the numbers of minutes', () => this.#count());
    }
  }

  /** Writes the status where it is new, or was written long ago. */
  present(): Promise<void> {
    return this.#try('writing the status', async () => {
      const { journal, clock } = this.#options;
      const status = this.#fitting();
      if (clock.now() - this.#presentedAt < presentEvery[status === this.#presented ? 'atLeast' : 'atMost']) return;
      await journal.control.present(JSON.parse(status));
      this.#presented = status;
      this.#presentedAt = clock.now();
    });
  }

  /** The status as JSON, without its lists where they are longer than the journal takes. */
  #fitting(): string {
    const status = { manifest: this.#options.manifest, ...this.#options.status() };
    const whole = JSON.stringify(status);
    if (Buffer.byteLength(whole) <= presentLimit) return whole;
    const lists = { connections: undefined, inbound: undefined, outbound: undefined, stranded: undefined };
    return JSON.stringify({ ...status, ...lists, shortened: true });
  }

  async #count(): Promise<void> {
    const { journal, tallies, clock } = this.#options;
    this.#countedAt = clock.now();
    const taken = tallies.take();
    if (taken.length === 0) return;
    await journal.control.count(taken).catch((error: unknown) => {
      tallies.giveBack(taken);
      throw error;
    });
  }

  #tell({ direction, entry, paused }: PauseChange): void {
    const { log } = this.#options;
    if (!paused) return log.info({ direction, entry }, 'entry resumed');
    const { who, why } = paused.by;
    log.info({ direction, entry, who, why }, `entry paused, nothing is ${direction === 'in' ? 'received' : 'sent'} until it is resumed`);
  }

  /** What fails is tried again with the next look; the log says so once for each step. */
  async #try(what: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
      this.#failing.delete(what);
    } catch (error) {
      const isNews = !this.#failing.has(what) && !this.#stop.signal.aborted;
      if (isNews) this.#options.log.warn(errorFields(error), `${what} failed; it is tried again`);
      this.#failing.add(what);
    }
  }
}
