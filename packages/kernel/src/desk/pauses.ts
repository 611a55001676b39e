import type { JournalDirection, PausedEntry } from '@waybill/contract';
import { Latch } from '@waybill/plugin-host/kernel';

/** Whether people have paused one entry. */
export class Pause {
  readonly #resumed = new Latch();
  #began = new AbortController();
  /** Who paused it and why, for people; undefined while it is not paused. */
  reason: string | undefined;
  /** For whoever only looks. */
  isOn = false;

  constructor() {
    this.#resumed.open();
  }

  /** Aborts when the entry is paused; a new one after each pause. */
  get began(): AbortSignal {
    return this.#began.signal;
  }

  /** Resolves when the entry is not paused, or when `stop` aborts. */
  over(stop: AbortSignal): Promise<void> {
    return this.#resumed.passed(stop);
  }

  begin({ by: { who, why } }: PausedEntry): void {
    this.reason = `paused by ${who}${why === undefined ? '' : `: ${why}`}`;
    this.isOn = true;
    this.#resumed.close();
    this.#began.abort();
  }

  end(): void {
    this.reason = undefined;
    this.isOn = false;
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
  readonly #all: { readonly direction: JournalDirection; readonly entry: string; readonly pause: Pause }[] = [];

  /** Asked by each entry, once. */
  of(direction: JournalDirection, entry: string): Pause {
    const pause = new Pause();
    this.#all.push({ direction, entry, pause });
    return pause;
  }

  /** Takes over what the journal says is paused; answers what has changed. */
  update(paused: readonly PausedEntry[]): readonly PauseChange[] {
    return this.#all.flatMap(({ direction, entry, pause }) => {
      const now = paused.find((one) => one.direction === direction && one.entry === entry);
      if (pause.isOn === (now !== undefined)) return [];
      if (now) pause.begin(now);
      else pause.end();
      return [{ direction, entry, paused: now }];
    });
  }
}
