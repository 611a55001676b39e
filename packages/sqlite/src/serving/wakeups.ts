import { type FSWatcher, watch } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** How soon after a sign of activity the file is looked at, and how often when there was none, in milliseconds. */
const soonest = 1;
const latest = 100;
const latestUnwatched = 20;

/**
 * Notices that another process has changed the file. The operating system tells that the log of the database was written
 * to, which is a hint only: the write becomes visible a moment later, and some file systems tell nothing. So after a hint
 * the version of the data is asked for at short and growing intervals, and without a hint at long ones. Idle, that costs
 * ten questions of three microseconds a second.
 */
export class Wakeups {
  readonly #version: StatementSync;
  readonly #wake: () => void;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pause = soonest;
  #seen: unknown;

  /** `wake` is called, soon after `arm`, when there is something new. */
  constructor(db: DatabaseSync, path: string, wake: () => void) {
    this.#version = db.prepare('PRAGMA data_version');
    this.#wake = wake;
    this.#seen = this.#readVersion();
    this.#watch(`${path}-wal`);
  }

  /** Starts looking, until `rest`. */
  arm(): void {
    if (this.#timer === undefined) this.#schedule();
  }

  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  close(): void {
    this.rest();
    this.#watcher?.close();
  }

  #watch(log: string): void {
    try {
      this.#watcher = watch(log, () => this.#hint());
      this.#watcher.on('error', () => this.#unwatch());
    } catch {
      this.#watcher = undefined;
    }
  }

  #unwatch(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #hint(): void {
    if (this.#timer === undefined || this.#pause === soonest) return;
    this.#pause = soonest;
    this.rest();
    this.#schedule();
  }

  #schedule(): void {
    this.#timer = setTimeout(() => this.#look(), this.#pause);
  }

  #look(): void {
    this.#timer = undefined;
    const version = this.#readVersion();
    const changed = version !== this.#seen;
    this.#seen = version;
    this.#pause = changed ? soonest : Math.min(this.#pause * 2, this.#watcher ? latest : latestUnwatched);
    this.#schedule();
    if (changed) this.#wake();
  }

  /** What is wrong with a file that cannot be read is told by the transaction that this wakes. */
  #readVersion(): unknown {
    try {
      return this.#version.get()?.['data_version'];
    } catch {
      return undefined;
    }
  }
}
