import type { DatabaseSync } from 'node:sqlite';
import type { Freeing } from './freeing.ts';

/** Whether other processes have put work there. Most of what they write is not work: beats, claims, endings. */
export class News {
  readonly #version;
  readonly #stamps;
  readonly #freeing: Freeing;
  #seenVersion: unknown;
  #seenStamps: unknown;

  constructor(database: DatabaseSync, freeing: Freeing) {
    this.#freeing = freeing;
    // Changes with the commits of other connections only.
    this.#version = database.prepare('PRAGMA data_version');
    this.#stamps = database.prepare('SELECT total(stamp) AS stamps FROM entry');
    this.#seenVersion = this.#readVersion();
    this.#seenStamps = this.#readStamps();
  }

  take(): true | undefined {
    const isFreed = this.#freeing.takeNews();
    const version = this.#readVersion();
    if (version === this.#seenVersion) return isFreed || undefined;
    this.#seenVersion = version;
    const stamps = this.#readStamps();
    const isNew = stamps !== this.#seenStamps;
    this.#seenStamps = stamps;
    return isNew || isFreed || undefined;
  }

  #readVersion(): unknown {
    return this.#version.get()?.['data_version'];
  }

  #readStamps(): unknown {
    return this.#stamps.get()?.['stamps'];
  }
}
