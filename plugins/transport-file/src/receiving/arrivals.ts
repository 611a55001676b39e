import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { undefinedWhenMissing } from '../file-system.ts';
import type { Source } from '../settings.ts';
import { matcher } from './pattern.ts';

/** A file that is being written, as it was last seen. Times are those of `performance.now()`. */
interface Sighting {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  /** Since when it has not changed. */
  readonly since: number;
  /** When it was seen for the first time. */
  readonly first: number;
}

/** A file that is still being written and that no other may overtake. */
export interface Blocking {
  readonly name: string;
  /** For how long we have waited for it, in milliseconds. */
  readonly for: number;
}

/** What a listing knows of a file. */
interface Found {
  readonly name: string;
  readonly mtimeNs: bigint;
}

/** Finds out which file is next. It claims nothing. */
export class Arrivals {
  readonly #folder: string;
  readonly #source: Source;
  readonly #inOrder: boolean;
  readonly #matches: (name: string) => boolean;
  /** Files that were still being written when they were last looked at. */
  readonly #unsettled = new Map<string, Sighting>();
  /** What is left of the last listing, the next one last. */
  #listed: string[] = [];
  #blocking: string | undefined;

  /** With `inOrder`, no file overtakes one that comes before it and is still being written. */
  constructor(folder: string, source: Source, inOrder: boolean) {
    this.#folder = folder;
    this.#source = source;
    this.#inOrder = inOrder;
    this.#matches = matcher(source.pattern);
  }

  /** The next file that `isFree` and that nobody writes any more; undefined when there is none at the moment. */
  async next(isFree: (name: string) => boolean): Promise<string | undefined> {
    this.#blocking = undefined;
    return (await this.#nextListed(isFree)) ?? ((await this.#list()) ? this.#nextListed(isFree) : undefined);
  }

  /** Makes the next look a new one, because files came back. */
  forgetListing(): void {
    this.#listed = [];
  }

  /** The file that ended the last look, where files have to come in order. */
  get blocking(): Blocking | undefined {
    const sighting = this.#blocking === undefined ? undefined : this.#unsettled.get(this.#blocking);
    return sighting && this.#blocking !== undefined ? { name: this.#blocking, for: performance.now() - sighting.first } : undefined;
  }

  /** In how many milliseconds the next of the files that are still being written may be ready. */
  get readyIn(): number {
    let soonest = Number.POSITIVE_INFINITY;
    for (const { since } of this.#unsettled.values()) soonest = Math.min(soonest, since + this.#source.settle - performance.now());
    return soonest;
  }

  async #nextListed(isFree: (name: string) => boolean): Promise<string | undefined> {
    for (let name = this.#listed.pop(); name !== undefined; name = this.#listed.pop()) {
      if (!isFree(name)) continue;
      const state = await this.#stateOf(name);
      if (state === 'settled') return name;
      if (state === 'unsettled' && this.#inOrder) {
        this.#blocking = name;
        this.#listed = [];
        return undefined;
      }
    }
    return undefined;
  }

  /** Answers whether there is anything. */
  async #list(): Promise<boolean> {
    const seen = new Set(await this.#names());
    let found = this.#inOrder ? await this.#names() : [...seen];
    for (const name of this.#unsettled.keys()) if (!seen.has(name)) this.#unsettled.delete(name);
    found = this.#source.by === 'time' ? await this.#sortedByTime(found) : found.sort();
    if (this.#inOrder) {
      // A listing may miss a file that arrived during it and yet hold a later one. Whatever came before a file of the
      // first listing was there before the second began, so a file that only the second has ends what is in order.
      const late = found.findIndex((name) => !seen.has(name));
      if (late >= 0) found = found.slice(0, late);
    }
    this.#listed = found.reverse();
    return found.length > 0;
  }

  async #names(): Promise<string[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true });
    const usable = entries.filter((entry) => !entry.isDirectory() && !entry.isSymbolicLink() && this.#matches(entry.name));
    return usable.map((entry) => entry.name);
  }

  async #sortedByTime(names: readonly string[]): Promise<string[]> {
    const found: Found[] = [];
    for (const name of names) {
      const stat = await this.#look(name);
      if (stat) found.push({ name, mtimeNs: stat.mtimeNs });
    }
    found.sort((one, other) => compare(one.mtimeNs, other.mtimeNs) || compare(one.name, other.name));
    return found.map(({ name }) => name);
  }

  async #stateOf(name: string): Promise<'settled' | 'unsettled' | 'unusable'> {
    const stat = await this.#look(name);
    if (!stat) return 'unusable';
    if (!this.#isSettled(name, stat)) return 'unsettled';
    this.#unsettled.delete(name);
    return 'settled';
  }

  #isSettled(name: string, { size, mtimeNs, mtimeMs }: { size: bigint; mtimeNs: bigint; mtimeMs: bigint }): boolean {
    const { settle } = this.#source;
    if (settle === 0 || Date.now() - Number(mtimeMs) >= settle) return true;
    const known = this.#unsettled.get(name);
    if (known?.size === size && known.mtimeNs === mtimeNs) return performance.now() - known.since >= settle;
    const now = performance.now();
    this.#unsettled.set(name, { size, mtimeNs, since: now, first: known?.first ?? now });
    return false;
  }

  /** Undefined for whatever is not a plain file, in particular for links: they could lead out of the folder. */
  async #look(name: string) {
    const stat = await lstat(join(this.#folder, name), { bigint: true }).catch(undefinedWhenMissing);
    return stat?.isFile() ? stat : undefined;
  }
}

function compare<T extends bigint | string>(one: T, other: T): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
