import { lstat, mkdir, readdir, rename, rmdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, isRefused, patiently, undefinedWhenMissing } from '../../file-system.ts';
import { Claim, readEntry } from './claim.ts';
import { freedName, newOwnerName } from './owner.ts';

/** What became of claiming a file: somebody else was faster, or it belongs to somebody else or is open elsewhere. */
export type Taking =
  | { readonly kind: 'taken'; readonly claim: Claim }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly cause: unknown };

/** What became of taking a claim over; `gone` when somebody else has it, or will have. */
export type TakingOver = Claim | 'not-ours' | 'gone';

/** Without a sign of life for so long, in milliseconds, we may seem suspended to others soon. */
const absence = 2_000;

/** In seconds. FAT keeps even seconds. */
const coarsest = 2;

/**
 * The files that one listener has in hand. A file is claimed by renaming it into a folder of the listener's own, which only one
 * can do; the folder's name tells whose it is, and its time of change when its owner was last alive.
 *
 * A claim lasts until its file is settled. It does not go back among the files that arrive but to the next listener: so the
 * message keeps its id, and its place before those that come later, and no newer file of the same name stands in its way.
 */
export class Claims {
  /** Where the files come from. */
  readonly #source: string;
  readonly #folder: string;
  readonly #root: string;
  /** Of our folder among those of the others. */
  readonly name: string;
  readonly #keyOf: (name: string) => string;
  readonly #held = new Map<string, Claim>();
  /** How many claims have the key of a name: several that were taken over may have the same. */
  readonly #names = new Map<string, number>();
  #last = 0;
  /** When we have shown last that we are alive, and when we were back after a while in which we had not. By `performance.now()`. */
  #shownAt = performance.now();
  #backAt = Number.NEGATIVE_INFINITY;
  /** Seconds since 1970. */
  #beat = Math.floor(Date.now() / 1_000);

  private constructor(source: string, root: string, name: string, keyOf: (name: string) => string) {
    this.#source = source;
    this.#keyOf = keyOf;
    this.#root = root;
    this.name = name;
    this.#folder = join(root, name);
  }

  /** `root` is the folder in which all listeners on `source` keep their claims; `keyOf` gives names that are one name one key. */
  static async open(source: string, root: string, lease: number, keyOf: (name: string) => string): Promise<Claims> {
    const name = newOwnerName(lease);
    await mkdir(join(root, name));
    return new Claims(source, root, name, keyOf);
  }

  /** The path of a claimed file. */
  at(claim: Claim): string {
    return join(this.#folder, claim.place);
  }

  /** True when a file of that name is in hand: the next one with the same name has to wait. */
  holds(name: string): boolean {
    return this.#names.has(this.#keyOf(name));
  }

  /** Claims a file. */
  async take(name: string): Promise<Taking> {
    let claim = Claim.after(this.#last++, name);
    let cause = await this.#tryTake(claim);
    if (errnoOf(cause) === 'ENOENT' && (await this.#wasRemoved())) cause = await this.#tryTake(claim);
    if (errnoOf(cause) === 'ENAMETOOLONG') {
      claim = claim.apart();
      await mkdir(join(this.#folder, claim.entry));
      cause = await this.#tryTake(claim);
      if (cause !== undefined) await removeIfEmpty(join(this.#folder, claim.entry));
    }
    if (cause === undefined) {
      this.#hold(claim);
      return { kind: 'taken', claim };
    }
    if (errnoOf(cause) === 'ENOENT') return { kind: 'gone' };
    if (isRefused(cause)) return { kind: 'refused', cause };
    throw cause;
  }

  /** Takes what lies among the claims of an owner over, if it is a file that `matches`: others are not ours. */
  async takeOver(owner: string, entry: string, matches: (name: string) => boolean): Promise<TakingOver> {
    const found = readEntry(entry);
    if (found === undefined) return 'not-ours';
    const path = join(this.#root, owner, entry);
    const name = found.name ?? (await nameApart(path));
    if (name === undefined || !matches(name)) return 'not-ours';
    const claim = new Claim(name, found.token, found.name === undefined);
    try {
      await rename(path, join(this.#folder, entry));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT' || isRefused(error)) return 'gone';
      throw error;
    }
    this.#last = Math.max(this.#last, claim.number);
    // It may have been ours: somebody took it for abandoned, and what is worked on under it is lost.
    const former = this.#held.get(claim.token);
    if (former) this.#lose(former);
    this.#hold(claim);
    return claim;
  }

  /** Settles a file in hand: `end` removes it or moves it away, and may be called again. False when the claim was lost in the meantime. */
  async end(claim: Claim, end: (path: string) => Promise<unknown>): Promise<boolean> {
    if (this.#held.get(claim.token) !== claim) return false;
    try {
      await patiently(() => end(this.at(claim)));
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' || (await isThere(this.at(claim)))) throw error;
      this.#lose(claim);
      return false;
    }
    await this.forget(claim);
    return true;
  }

  /** Ends a claim whose file is gone. */
  async forget(claim: Claim): Promise<void> {
    // Only when the file has left our folder: the next one of that name has waited for it.
    this.#release(claim);
    if (claim.isApart) await removeIfEmpty(join(this.#folder, claim.entry));
  }

  /**
   * For how long this process has been back, in milliseconds, after it had stood still for so long that others may have gone on without it. It
   * does not know yet what they did: nor does its kernel.
   */
  get backFor(): number {
    const now = performance.now();
    if (now - this.#shownAt > absence) this.#backAt = now;
    return now - this.#backAt;
  }

  /** Shows that we are alive, so that the lease begins anew, and looks for claims that were lost. */
  async renew(): Promise<void> {
    void this.backFor;
    const now = performance.now();
    // Not the time of day: that may be set back, and some disks keep even seconds only. Each sign differs from the one before everywhere.
    this.#beat += coarsest;
    await utimes(this.#folder, this.#beat, this.#beat).catch((error: unknown) => this.#unlessRemoved(error));
    this.#shownAt = now;
    for (const claim of this.#held.values()) if (!(await isThere(this.at(claim)))) this.#lose(claim);
  }

  /**
   * Gives up the claims on files that are still in hand: the next listener takes them over without waiting for the lease. They
   * cannot be settled here any more. Answers how many there are.
   */
  async close(): Promise<number> {
    const left = this.#held.size;
    this.#held.clear();
    this.#names.clear();
    if (!(await removeIfEmpty(this.#folder))) await patiently(() => rename(this.#folder, join(this.#root, freedName(this.name))));
    return left;
  }

  #hold(claim: Claim): void {
    this.#held.set(claim.token, claim);
    const key = this.#keyOf(claim.name);
    this.#names.set(key, (this.#names.get(key) ?? 0) + 1);
  }

  #release(claim: Claim): void {
    if (this.#held.get(claim.token) !== claim) return;
    this.#held.delete(claim.token);
    const key = this.#keyOf(claim.name);
    const others = (this.#names.get(key) ?? 1) - 1;
    if (others > 0) this.#names.set(key, others);
    else this.#names.delete(key);
  }

  /** The file may be handed out again, to this listener as well. */
  #lose(claim: Claim): void {
    this.#release(claim);
    claim.lose();
  }

  /** Answers with the error. */
  async #tryTake(claim: Claim): Promise<unknown> {
    return rename(join(this.#source, claim.name), this.at(claim)).catch((error: unknown) => error);
  }

  /** Makes our folder again if another process removed it because our lease seemed to have ended. Answers whether it had. */
  async #wasRemoved(): Promise<boolean> {
    try {
      await mkdir(this.#folder);
      return true;
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false;
      throw error;
    }
  }

  async #unlessRemoved(error: unknown): Promise<void> {
    if (errnoOf(error) !== 'ENOENT') throw error;
    await this.#wasRemoved();
  }
}

/** The name of a file that lies apart. Undefined when its owner died before the file was there, or after it was settled. */
async function nameApart(folder: string): Promise<string | undefined> {
  const [name] = (await readdir(folder).catch(undefinedWhenMissing)) ?? [];
  if (name === undefined) await removeIfEmpty(folder);
  return name;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Answers true when the folder is gone afterwards. */
export async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return true;
    if (errnoOf(error) === 'ENOTEMPTY' || errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}
