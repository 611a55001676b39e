import type { JournalDirection, PausedEntry } from '@waybill/contract';
import { Latch } from './inbound/latch.ts';

/** Whether people have paused one entry. */
export class Pause {
  readonly #resumed = new Latch();
  #began = new AbortController();
  #current: PausedEntry | undefined;

  constructor() {
    this.#resumed.open();
  }

  get isOn(): boolean {
    return this.#current !== undefined;
  }

  /** Who paused it and why, for people; undefined while it is not paused. */
  get reason(): string | undefined {
    if (!this.#current) return undefined;
    const { who, why } = this.#current.by;
    return `paused by ${who}${why === undefined ? '' : `: ${why}`}`;
  }

  /** Aborts when the entry is paused; a new one after each pause. */
  get began(): AbortSignal {
    return this.#began.signal;
  }

  /** Resolves when the entry is not paused, or when `stop` aborts. */
  over(stop: AbortSignal): Promise<void> {
    return this.#resumed.passed(stop);
  }

  begin(paused: PausedEntry): void {
    this.#current = paused;
    this.#resumed.close();
    this.#began.abort();
  }

  end(): void {
    this.#current = undefined;
    this.#began = new AbortController();
    this.#resumed.open();
  }
}

export interface PauseChange {
  readonly direction: JournalDirection;
  readonly entry: string;
  /** Missing: the entry was resumed. */
  readonly paused: PausedEntry | undefined;
}

/** What people have paused, of the entries of this kernel. */
export class Pauses {
  readonly #all = new Map<string, Pause>();

  /** Asked by each entry, once. */
  of(direction: JournalDirection, entry: string): Pause {
    const pause = new Pause();
    this.#all.set(`${direction} ${entry}`, pause);
    return pause;
  }

  /** Takes over what the journal says is paused; answers what has changed. */
  update(paused: readonly PausedEntry[]): readonly PauseChange[] {
    const wanted = new Map(paused.map((one) => [`${one.direction} ${one.entry}`, one]));
    const changes: PauseChange[] = [];
    for (const [key, pause] of this.#all) {
      const now = wanted.get(key);
      if (pause.isOn === (now !== undefined)) continue;
      if (now) pause.begin(now);
      else pause.end();
      const [direction = '', ...entry] = key.split(' ');
      changes.push({ direction: direction as JournalDirection, entry: entry.join(' '), paused: now });
    }
    return changes;
  }
}
