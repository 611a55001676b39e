/** How soon a locked file is tried again at first, and how late at most, in milliseconds. */
const soonest = 1;
const latest = 25;

/** What one turn does to the file. */
export interface Turn {
  /** For how long it waits for another process that is writing, in milliseconds. */
  readonly patience: number;
  /** Answers whether it is done. False when the file is locked, so that nothing was done; `isLast`: it is not asked again, and answers true. */
  readonly attempt: (isLast: boolean) => boolean;
}

/**
 * Whatever is done to a file, one thing after the other. A turn that finds the file locked keeps its place, and tries again
 * after short and growing pauses until its patience is over. Those behind it wait, and the thread is free for other files
 * meanwhile. An error that a turn throws ends them all.
 */
export class Turns {
  readonly #failed: (error: unknown) => void;
  #turns: Turn[] = [];
  #timer: NodeJS.Timeout | undefined;
  #pause = soonest;
  /** When the patience of the first one is over. */
  #until: number | undefined;

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Whether the file is locked, so that somebody has to wait. */
  get isHeldUp(): boolean {
    return this.#timer !== undefined;
  }

  take(turn: Turn): void {
    this.#turns.push(turn);
    if (this.#turns.length === 1) this.#go();
  }

  /** Forgets who waits. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#turns = [];
  }

  #go(): void {
    this.#timer = undefined;
    try {
      for (let turn = this.#turns[0]; turn; turn = this.#turns[0]) {
        const now = performance.now();
        this.#until ??= now + turn.patience;
        if (!turn.attempt(now >= this.#until)) return this.#waitForLock();
        this.#until = undefined;
        this.#pause = soonest;
        this.#turns.shift();
      }
    } catch (error) {
      this.close();
      this.#failed(error);
    }
  }

  #waitForLock(): void {
    this.#timer = setTimeout(() => this.#go(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, latest);
  }
}
