import { lstat, mkdir, readdir, rename, rmdir, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf } from '../errors.ts';
import { errnoOf, moveInto, moveUnlessTaken, undefinedWhenMissing } from '../file-system.ts';
import { Claim } from './claim.ts';
import { freedName, newOwnerName } from './owner.ts';

/**
 * The files that one listener has in hand. A file is claimed by renaming it into a folder of the listener's own, which
 * only one can do; the folder's name tells whose it is, and its time of change when its owner was last alive.
 */
export class Claims {
  /** Where the files come from and go back to. */
  readonly #source: string;
  readonly #folder: string;
  readonly #root: string;
  /** Of our folder among those of the others. */
  readonly name: string;
  /** By name; undefined while a file is being claimed. */
  readonly #held = new Map<string, Claim | undefined>();

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
  at(name: string): string {
    return join(this.#folder, name);
  }

  /** True when a file of that name is in hand: the next one with the same name has to wait. */
  holds(name: string): boolean {
    return this.#held.has(name);
  }

  /** Claims a file. Undefined when somebody else was faster. */
  async take(name: string): Promise<Claim | undefined> {
    // Set before the rename, so that no other file of that name replaces this one while it is being claimed.
    this.#held.set(name, undefined);
    const isTaken = (await this.#tryTake(name)) || ((await this.#wasRemoved()) && (await this.#tryTake(name)));
    this.#held.delete(name);
    if (!isTaken) return undefined;
    const claim = new Claim(name);
    this.#held.set(name, claim);
    return claim;
  }

  /** Removes a file in hand for good. False when the claim was lost in the meantime. */
  async remove(claim: Claim): Promise<boolean> {
    return this.#end(claim, () => unlink(this.at(claim.name)));
  }

  /** Moves a file in hand to another folder. False when the claim was lost in the meantime. */
  async move(claim: Claim, folder: string): Promise<boolean> {
    return this.#end(claim, () => moveInto(this.at(claim.name), folder, claim.name));
  }

  /** Forgets a file that turned out to be gone. */
  forget(claim: Claim): void {
    if (this.#held.get(claim.name) === claim) this.#held.delete(claim.name);
  }

  /** Shows that we are alive, so that the lease begins anew, and looks for claims that were lost. */
  async renew(): Promise<void> {
    const now = new Date();
    await utimes(this.#folder, now, now).catch((error: unknown) => this.#unlessRemoved(error));
    for (const claim of this.#held.values()) if (claim && !(await isThere(this.at(claim.name)))) this.#lose(claim);
  }

  /**
   * Puts the files that are still in hand back under their own names; they cannot be settled any more. Where a new file has
   * taken such a name, the old file stays in a folder that is marked as given up: the next listener puts it back as soon as
   * the name is free, without waiting for the lease.
   */
  async close(): Promise<void> {
    const names = [...this.#held.keys()];
    this.#held.clear();
    for (const name of names) await moveUnlessTaken(this.at(name), join(this.#source, name)).catch(undefinedWhenMissing);
    if (await removeIfEmpty(this.#folder)) return;
    await rename(this.#folder, join(this.#root, freedName(this.name)));
  }

  async #tryTake(name: string): Promise<boolean> {
    try {
      await rename(join(this.#source, name), this.at(name));
      return true;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return false;
      throw failureOf(error, `claim the file ${name} in ${this.#source}`);
    }
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

  /** The file may be handed out again, to this listener as well. */
  #lose(claim: Claim): void {
    this.forget(claim);
    claim.lose();
  }

  async #end(claim: Claim, end: () => Promise<unknown>): Promise<boolean> {
    const { name } = claim;
    if (this.#held.get(name) !== claim) return false;
    try {
      await end();
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT' || (await isThere(this.at(name)))) throw error;
      this.#lose(claim);
      return false;
    }
    // Only when the file has left our folder: the next one of that name would replace it.
    this.forget(claim);
    return true;
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

/** Puts back everything in an abandoned folder of claims; answers how many files. What cannot go back yet stays. */
export async function returnClaims(folder: string, source: string): Promise<number> {
  let returned = 0;
  for (const name of await readdir(folder)) {
    // Another process may be returning the same claims at this moment.
    if (await moveUnlessTaken(join(folder, name), join(source, name)).catch(undefinedWhenMissing)) returned++;
  }
  await removeIfEmpty(folder);
  return returned;
}
