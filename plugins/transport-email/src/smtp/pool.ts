import type { Dialogue } from './dialogue.ts';
import { Ended } from './ended.ts';
import type { Transacted } from './fate.ts';

export interface PoolOptions {
  /** How many connections there are at the same time at most. */
  readonly most: number;
  /** How long one that nobody needs is kept, in milliseconds. */
  readonly idleTimeout: number;
  /** How many mails one sends, before a new one is made. */
  readonly mailsEach: number;
}

interface Idle {
  readonly dialogue: Dialogue;
  readonly timer: NodeJS.Timeout;
}

/** Connections to one server that are used again. Whoever finds none free waits, first come, first served. */
export class Pool {
  readonly #dial: (signal: AbortSignal) => Promise<Dialogue>;
  readonly #options: PoolOptions;
  /** The one that was used last comes first: the others get old and are closed. */
  readonly #idle: Idle[] = [];
  readonly #waiting: Array<() => void> = [];
  readonly #ending = new Set<Promise<void>>();
  #places: number;

  constructor(dial: (signal: AbortSignal) => Promise<Dialogue>, options: PoolOptions) {
    this.#dial = dial;
    this.#options = options;
    this.#places = options.most;
  }

  /** Opens a connection, for whoever comes first. Throws what `dial` throws. */
  async warm(signal: AbortSignal): Promise<void> {
    this.#places--;
    try {
      this.#keep(await this.#dial(signal));
    } finally {
      this.#free();
    }
  }

  /**
   * Makes a transaction over a connection of its own. One that was used before may have ended without anybody having noticed: where it turns out
   * so before anything was decided, a fresh one does it, once. Throws what `dial` throws; `Ended` when `signal` aborts before there is a connection.
   */
  async run(transact: (dialogue: Dialogue) => Promise<Transacted>, signal: AbortSignal): Promise<Transacted> {
    await this.#place(signal);
    try {
      const used = this.#usedOne();
      const first = await this.#over(used ?? (await this.#dial(signal)), transact);
      const mayTry = first.again === 'once' || (first.again === 'if-used' && used !== undefined);
      return mayTry && !signal.aborted ? await this.#over(await this.#dial(signal), transact) : first;
    } finally {
      this.#free();
    }
  }

  /** Ends all connections. Nothing may be running any more. */
  async close(): Promise<void> {
    for (const { dialogue, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      this.#end(dialogue);
    }
    await Promise.all(this.#ending);
  }

  async #over(dialogue: Dialogue, transact: (dialogue: Dialogue) => Promise<Transacted>): Promise<Transacted> {
    const result = await transact(dialogue);
    this.#keep(dialogue);
    return result;
  }

  #keep(dialogue: Dialogue): void {
    if (!dialogue.isUsable) return dialogue.cut('told', 'the connection was of no use any more');
    if (dialogue.mails >= this.#options.mailsEach) return this.#end(dialogue);
    const timer = setTimeout(() => this.#tooOld(dialogue), this.#options.idleTimeout);
    this.#idle.unshift({ dialogue, timer });
  }

  #usedOne(): Dialogue | undefined {
    for (let idle = this.#idle.shift(); idle; idle = this.#idle.shift()) {
      clearTimeout(idle.timer);
      if (idle.dialogue.isUsable) return idle.dialogue;
      idle.dialogue.cut('told', 'the connection was of no use any more');
    }
    return undefined;
  }

  #tooOld(dialogue: Dialogue): void {
    const place = this.#idle.findIndex((idle) => idle.dialogue === dialogue);
    if (place < 0) return;
    this.#idle.splice(place, 1);
    this.#end(dialogue);
  }

  #end(dialogue: Dialogue): void {
    const ending = dialogue.end().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  async #place(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw new Ended('given-up', 'the time for it was over');
    if (this.#places > 0) {
      this.#places--;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = (): void => {
      const place = this.#waiting.indexOf(resolve);
      if (place >= 0) this.#waiting.splice(place, 1);
      reject(new Ended('given-up', 'the time for it was over before a connection was free'));
    };
    signal.addEventListener('abort', giveUp, { once: true });
    this.#waiting.push(resolve);
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  #free(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#places++;
  }
}
