import type { MqHandle } from '../handle/handle.ts';

/** A handle that somebody uses at the moment. */
export interface Lent {
  readonly handle: MqHandle;
  /** Gives it back for others, or ends it where it is of no use any more. */
  release(isLost: boolean): void;
}

/** Handles for puts: opened when all others are in use, up to a number, and used by one at a time. */
export class HandlePool {
  readonly #open: (signal: AbortSignal) => Promise<MqHandle>;
  readonly #most: number;
  readonly #idle: MqHandle[] = [];
  readonly #waiting: (() => void)[] = [];
  #count = 0;

  constructor(open: (signal: AbortSignal) => Promise<MqHandle>, most: number) {
    this.#open = open;
    this.#most = most;
  }

  /** Waits until one is free or can be opened. Throws what opening throws; undefined when `signal` aborts first. */
  async take(signal: AbortSignal): Promise<Lent | undefined> {
    while (!signal.aborted) {
      const idle = this.#idle.pop();
      if (idle) return this.#lend(idle);
      if (this.#count < this.#most) return this.#lend(await this.#opened(signal));
      await this.#turn(signal);
    }
    return undefined;
  }

  /** Ends those that nobody uses. Call it when nobody uses any. */
  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((handle) => handle.close()));
  }

  async #opened(signal: AbortSignal): Promise<MqHandle> {
    this.#count++;
    try {
      const handle = await this.#open(signal);
      // One that ends while nobody uses it is not given to the next one.
      void handle.gone.then(() => this.#forget(handle));
      return handle;
    } catch (error) {
      this.#count--;
      this.#waiting.shift()?.();
      throw error;
    }
  }

  #forget(handle: MqHandle): void {
    const at = this.#idle.indexOf(handle);
    if (at < 0) return;
    this.#idle.splice(at, 1);
    this.#count--;
  }

  #lend(handle: MqHandle): Lent {
    return {
      handle,
      release: (isLost) => {
        if (isLost) {
          this.#count--;
          handle.kill();
        } else this.#idle.push(handle);
        this.#waiting.shift()?.();
      },
    };
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        const at = this.#waiting.indexOf(wake);
        if (at >= 0) this.#waiting.splice(at, 1);
        resolve();
      };
      this.#waiting.push(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
