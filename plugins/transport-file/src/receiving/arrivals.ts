import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, undefinedWhenMissing } from '../file-system.ts';
import type { Source } from '../settings.ts';
import type { Notices } from './notices.ts';
import { Refusals } from './refusals.ts';
import { Settling } from './settling.ts';

/** How many times as long as a listing took no new one begins: a folder of 100,000 files must not cost a processor. */
const restFor = 4;

/** After how many times `settle` somebody is told of a file that is still being written, though it holds up nobody. */
const slowAfter = 60;

/** A file that no other may overtake, and that cannot be taken yet. */
export interface Blocking {
  readonly name: string;
  /** For how long we have waited for it, in milliseconds. */
  readonly for: number;
  /** Somebody is writing it, or it cannot be claimed. */
  readonly why: 'written' | 'refused';
}

export interface ArrivalsOptions {
  readonly folder: string;
  readonly source: Source;
  readonly matches: (name: string) => boolean;
  /** No file overtakes one that comes before it and is still being written. */
  readonly inOrder: boolean;
  /** Nor one that cannot be claimed. */
  readonly strictly: boolean;
  readonly notices: Notices;
}

/** Finds out which file is next. It claims nothing. */
export class Arrivals {
  readonly #options: ArrivalsOptions;
  readonly #settling: Settling;
  readonly #refusals = new Refusals();
  /** What is left of the last listing, the next one last. */
  #listed: string[] = [];
  #blocking: Blocking | undefined;
  /** When the next listing may begin, and when a file may be ready, by `performance.now()`. */
  #listableAt = Number.NEGATIVE_INFINITY;
  #readyAt = Number.POSITIVE_INFINITY;

  constructor(options: ArrivalsOptions) {
    this.#options = options;
    this.#settling = new Settling(options.source.settle);
  }

  /** The next file that `isFree` and that nobody writes any more; undefined when there is none at the moment. */
  async next(isFree: (name: string) => boolean): Promise<string | undefined> {
    this.#readyAt = Number.POSITIVE_INFINITY;
    return (await this.#nextListed(isFree)) ?? ((await this.#list()) ? this.#nextListed(isFree) : undefined);
  }

  /** Makes the next look a new one, because files came back. */
  forgetListing(): void {
    this.#listed = [];
  }

  /** For a file that cannot be claimed at the moment: it is tried again later. */
  refuse(name: string, cause: unknown): void {
    this.#refusals.add(name);
    const { strictly, notices, folder } = this.#options;
    const what = strictly ? 'holds up those after it and is tried again' : 'is passed over and tried again';
    notices.warn(name, `file cannot be claimed: it belongs to somebody else or is open elsewhere; it ${what}`, {
      folder,
      error: errnoOf(cause),
    });
    this.#waitFor(this.#refusals.waitFor(name));
    if (strictly) this.#block(name, 'refused');
  }

  /** For a file that is claimed. */
  took(name: string): void {
    this.#settling.forget(name);
    this.#refusals.forget(name);
  }

  /** The file that ended the last listing, where files have to come in order. */
  get blocking(): Blocking | undefined {
    return this.#blocking;
  }

  /** In how many milliseconds the next file may be ready that is not ready now. */
  get readyIn(): number {
    return this.#readyAt - performance.now();
  }

  async #nextListed(isFree: (name: string) => boolean): Promise<string | undefined> {
    for (let name = this.#listed.pop(); name !== undefined; name = this.#listed.pop()) {
      if (!isFree(name)) continue;
      const stat = await this.#look(name);
      if (!stat) continue;
      const [why, wait] = this.#waitOf(name, stat);
      if (wait === 0) return name;
      this.#waitFor(wait);
      if (why === 'refused' ? this.#options.strictly : this.#options.inOrder) {
        this.#block(name, why);
        return undefined;
      }
    }
    return undefined;
  }

  #waitOf(name: string, stat: BigIntStats): readonly [why: Blocking['why'], wait: number] {
    const refused = this.#refusals.waitFor(name);
    return refused > 0 ? ['refused', refused] : ['written', this.#settling.look(name, stat)];
  }

  #block(name: string, why: Blocking['why']): void {
    this.#blocking = { name, why, for: why === 'refused' ? this.#refusals.ageOf(name) : this.#settling.ageOf(name) };
    this.#listed = [];
  }

  #waitFor(wait: number): void {
    this.#readyAt = Math.min(this.#readyAt, performance.now() + wait);
  }

  /** Answers whether there is anything. */
  async #list(): Promise<boolean> {
    const began = performance.now();
    if (began < this.#listableAt) {
      this.#waitFor(this.#listableAt - began);
      return false;
    }
    this.#blocking = undefined;
    const seen = new Set(await this.#names());
    let found = this.#options.inOrder ? await this.#names() : [...seen];
    this.#settling.keep(seen);
    this.#refusals.keep(seen);
    this.#options.notices.keep(seen);
    found = await this.#sorted(found);
    if (this.#options.inOrder) {
      // A listing may miss a file that arrived during it and yet hold a later one. Whatever came before a file of the
      // first listing was there before the second began, so a file that only the second has ends what is in order.
      const late = found.findIndex((name) => !seen.has(name));
      if (late >= 0) found = found.slice(0, late);
    }
    this.#tellOfSlowOnes();
    this.#listed = found.reverse();
    const ended = performance.now();
    this.#listableAt = ended + restFor * (ended - began);
    return found.length > 0;
  }

  /** Without their types: where the file system does not tell them, Node asks for each, and one file that leaves meanwhile fails the listing. */
  async #names(): Promise<string[]> {
    const { folder, matches } = this.#options;
    return (await readdir(folder)).filter(matches);
  }

  /** Looks at all files where time counts, so that those behind another one settle while it does. */
  async #sorted(names: string[]): Promise<string[]> {
    const isByTime = this.#options.source.by === 'time';
    if (!isByTime && !this.#settling.takesTime) return names.sort();
    const found: { readonly name: string; readonly mtimeNs: bigint }[] = [];
    for (const name of names) {
      const stat = await this.#look(name);
      if (!stat) continue;
      this.#settling.look(name, stat);
      found.push({ name, mtimeNs: isByTime ? stat.mtimeNs : 0n });
    }
    found.sort((one, other) => compare(one.mtimeNs, other.mtimeNs) || compare(one.name, other.name));
    return found.map(({ name }) => name);
  }

  #tellOfSlowOnes(): void {
    const { notices, folder, source } = this.#options;
    const age = Math.max(1_000, slowAfter * source.settle);
    for (const name of this.#settling.changingFor(age)) {
      notices.warn(name, 'file is not taken because it goes on changing: see who writes it, or exclude it by the pattern', { folder });
    }
  }

  /** Undefined for whatever is not a plain file, in particular for links: they could lead out of the folder. */
  async #look(name: string): Promise<BigIntStats | undefined> {
    const stat = await lstat(join(this.#options.folder, name), { bigint: true }).catch(undefinedWhenMissing);
    if (stat === undefined && name.includes('\uFFFD')) this.#tellOfName(name);
    return stat?.isFile() ? stat : undefined;
  }

  /** A name that is not UTF-8 is listed with U+FFFD in place of what cannot be read, and is no name of any file. */
  #tellOfName(name: string): void {
    const { notices, folder } = this.#options;
    notices.warn(name, 'file is not taken because its name is not UTF-8: rename it, and have its writer use UTF-8', { folder });
  }
}

function compare<T extends bigint | string>(one: T, other: T): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
