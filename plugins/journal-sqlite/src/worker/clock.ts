import type { DatabaseSync } from 'node:sqlite';
import { whole } from './seals/sealed-tables.ts';

/** What the clock of the journal is made from; given by tests. */
export interface Clocks {
  /** Milliseconds since 1970. */
  readonly wall: () => number;
  /** Milliseconds since some moment; never goes back. */
  readonly monotonic: () => number;
}

/** The clocks of the machine, or what stands instead of them: the wall clock and the monotonic one. */
export function clocksFrom(given: SharedArrayBuffer | undefined): Clocks {
  if (given === undefined) return { wall: () => Date.now(), monotonic: () => performance.now() };
  const clocks = new Float64Array(given);
  return { wall: () => clocks[0] ?? 0, monotonic: () => clocks[1] ?? 0 };
}

/** How often the time is written down, in milliseconds. */
const noteEvery = 1_000;

/** For how long what others have written down is not read again, in milliseconds: the steps of one batch ask together. */
const lookAgain = 1;

/**
 * The clock of the journal. Its instants never go back, neither when the clock of the machine is set nor between two runs:
 * what waits for its time waits no longer than it was told to. The machine's clock can only put it forward.
 */
export class JournalClock {
  readonly #clocks: Clocks;
  readonly #read;
  readonly #write;
  /** The journal's time at a moment of the monotonic clock. */
  #base: number;
  #baseAt: number;
  #noted: number;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(database: DatabaseSync, clocks: Clocks = clocksFrom(undefined)) {
    this.#clocks = clocks;
    this.#read = database.prepare('SELECT at, file, sum FROM clock');
    this.#write = database.prepare('UPDATE clock SET at = ?');
    this.#noted = this.#readNoted();
    const wall = clocks.wall();
    // Time went on for a while after it was written down.
    this.#base = wall >= this.#noted ? wall : this.#noted + noteEvery;
    this.#baseAt = clocks.monotonic();
  }

  /** Whole milliseconds. Other processes may be ahead of this one; what they have written down is taken over. */
  now(): number {
    const monotonic = this.#clocks.monotonic();
    if (monotonic - this.#lookedAt >= lookAgain) {
      this.#noted = this.#readNoted();
      this.#lookedAt = monotonic;
    }
    const now = Math.max(this.#base + (monotonic - this.#baseAt), this.#clocks.wall(), this.#noted);
    this.#base = now;
    this.#baseAt = monotonic;
    return Math.floor(now);
  }

  /** Writes the time down when that was long ago. Call it in a transaction that writes. */
  note(): void {
    const now = this.now();
    if (now - this.#noted < noteEvery) return;
    this.#write.run(now);
    this.#noted = now;
  }

  #readNoted(): number {
    return Number(whole('clock', this.#read.all())[0]?.['at']);
  }
}
