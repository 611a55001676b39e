import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rmdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, undefinedWhenMissing } from '../../file-system.ts';
import { Claim } from './claim.ts';
import { freedName, newOwnerName } from './owner.ts';

/** What became of claiming a file: somebody else was faster, or it belongs to somebody else or is open elsewhere. */
export type Taking =
  | { readonly kind: 'taken'; readonly claim: Claim }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly cause: unknown };

/** What became of taking a claim over; `gone` when somebody else has it, or will have. */
export type TakingOver = Claim | 'not-ours' | 'gone';

/** The codes with which a file cannot be renamed although the others of its folder can. */
const ofOneFile = new Set(['EACCES', 'EPERM', 'EBUSY', 'ETXTBSY']);

/** In seconds. FAT keeps even seconds. */
const coarsest = 2;

/**
 * The files that one listener has in hand. A file is claimed by renaming it into a folder of its own, `<owner>/<token>/<name>`,
 * which only one can do, and where it can replace no other, whatever the file system thinks of names. The folder of the owner
 * tells whose it is, and its time of change when its owner was last alive.
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
  readonly #held = new Map<string, Claim>();
  /** How many claims have a name: several that were taken over may have the same. */
  readonly #names = new Map<string, number>();
  #last = 0;
  /** Seconds since 1970. */
  #beat = Math.floor(Date.now() / 1_000);

  private constructor(source: string, root: string, name: string) {
    this.#source = source;
    this.#root = root;
    this.name = name;
    this.#folder = join(root, name);
  }

  /** `root` is the folder in which all listeners on `source` keep their claims. */
  static async open(source: string, root: string, lease: number): Promise<Claims> {
    const name = newOwnerName(lease);
    await mkdir(join(root, name));
    return new Claims(source, root, name);
  }

  /** The path of a claimed file. */
  at({ token, name }: Claim): string {
    return join(this.#folder, token, name);
  }

  /** True when a file of that name is in hand: the next one with the same name has to wait. */
  holds(name: string): boolean {
    return this.#names.has(name);
  }

  /** Claims a file. */
  async take(name: string): Promise<Taking> {
    const claim = new Claim(name, `${String(++this.#last).padStart(12, '0')}-${randomBytes(8).toString('hex')}`);
    const folder = join(this.#folder, claim.token);
    await this.#make(folder);
    try {
      await rename(join(this.#source, name), this.at(claim));
    } catch (cause) {
      await removeIfEmpty(folder);
      if (errnoOf(cause) === 'ENOENT') return { kind: 'gone' };
      if (ofOneFile.has(errnoOf(cause) ?? '')) return { kind: 'refused', cause };
      throw cause;
    }
    this.#hold(claim);
    return { kind: 'taken', claim };
  }

  /** Takes a claim over from the folder of an owner, if it is of a file that `matches`: others are not ours. */
  async takeOver(owner: string, token: string, matches: (name: string) => boolean): Promise<TakingOver> {
    const folder = join(this.#root, owner, token);
    const names = await readdir(folder).catch(undefinedWhenMissing);
    if (names === undefined) return 'gone';
    // Its owner died before the file was in it, or after the file was settled.
    if (names.length === 0) await removeIfEmpty(folder);
    const name = names.find(matches);
    if (name === undefined) return 'not-ours';
    const claim = new Claim(name, token);
    try {
      await rename(folder, join(this.#folder, token));
    } catch (error) {
      const errno = errnoOf(error) ?? '';
      if (errno === 'ENOENT' || ofOneFile.has(errno)) return 'gone';
      throw error;
    }
    this.#last = Math.max(this.#last, Number.parseInt(token, 10) || 0);
    this.#hold(claim);
    return claim;
  }

  /** Settles a file in hand: `end` removes it or moves it away. False when the claim was lost in the meantime. */
  async end(claim: Claim, end: (path: string) => Promise<unknown>): Promise<boolean> {
    if (this.#held.get(claim.token) !== claim) return false;
    try {
      await end(this.at(claim));
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
    await removeIfEmpty(join(this.#folder, claim.token));
  }

  /** Shows that we are alive, so that the lease begins anew, and looks for claims that were lost. */
  async renew(): Promise<void> {
    // Not the time of day: that may be set back, and some disks keep even seconds only. Each sign differs from the one before everywhere.
    this.#beat += coarsest;
    await utimes(this.#folder, this.#beat, this.#beat).catch((error: unknown) => this.#unlessRemoved(error));
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
    if (!(await removeIfEmpty(this.#folder))) await rename(this.#folder, join(this.#root, freedName(this.name)));
    return left;
  }

  #hold(claim: Claim): void {
    this.#held.set(claim.token, claim);
    this.#names.set(claim.name, (this.#names.get(claim.name) ?? 0) + 1);
  }

  #release(claim: Claim): void {
    if (this.#held.get(claim.token) !== claim) return;
    this.#held.delete(claim.token);
    const others = (this.#names.get(claim.name) ?? 1) - 1;
    if (others > 0) this.#names.set(claim.name, others);
    else this.#names.delete(claim.name);
  }

  /** The file may be handed out again, to this listener as well. */
  #lose(claim: Claim): void {
    this.#release(claim);
    claim.lose();
  }

  /** Makes a folder in ours, and ours if another process removed it because our lease seemed to have ended. */
  async #make(folder: string): Promise<void> {
    try {
      await mkdir(folder);
    } catch (error) {
      await this.#unlessRemoved(error);
      await mkdir(folder);
    }
  }

  async #unlessRemoved(error: unknown): Promise<void> {
    if (errnoOf(error) !== 'ENOENT') throw error;
    try {
      await mkdir(this.#folder);
    } catch (again) {
      if (errnoOf(again) !== 'EEXIST') throw again;
    }
  }
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
