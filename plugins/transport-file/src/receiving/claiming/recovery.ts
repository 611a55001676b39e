import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '@waybill/contract';
import { fateOfProcess } from '@waybill/contract/system';
import { undefinedWhenMissing } from '../../file-system.ts';
import type { Claim } from './claim.ts';
import { type Claims, removeIfEmpty } from './claims.ts';
import { readOwnerName } from './owner.ts';

interface Sighting {
  /** The owner's last sign of life, by the clock of the file system. Only ever compared with itself. */
  readonly sign: bigint;
  /** When it was first seen here, by our own clock. */
  readonly since: number;
}

/** For how long an owner with an order may be silent on this machine, in milliseconds: it shows a sign of life each second. */
export const suspendedAfter = 3_000;

export interface Swept {
  /** What was taken over, the oldest first. */
  readonly taken: readonly Claim[];
  /** Whether an owner that may be alive has files in hand. */
  readonly othersHold: boolean;
}

/** For the listeners on one folder. */
export interface RecoveryOptions {
  /** The folder in which all of them keep their claims. */
  readonly root: string;
  /** Which files are ours: the folder may have other listeners, with other patterns. */
  readonly matches: (name: string) => boolean;
  readonly isOrdered: boolean;
  readonly log: Log;
}

/**
 * Takes over the claims of owners that ended or died. An owner on this machine is dead when its process is; an owner elsewhere when it
 * has shown no sign of life for as long as its lease, measured here: the clocks of the machines need not agree. Where files come
 * in order, the kernel lets one process receive at a time: then another one on this machine that is silent is suspended, and
 * whatever it does later has no effect any more.
 */
export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #sightings = new Map<string, Sighting>();
  readonly #told = new Set<string>();

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /** Takes over into `own`. */
  async sweep(own: Claims): Promise<Swept> {
    const { root, isOrdered } = this.#options;
    const owners = new Set(await readdir(root));
    // An owner that gives its claims up renames its folder meanwhile: one listing may have neither name.
    if (isOrdered) for (const owner of await readdir(root)) owners.add(owner);
    owners.delete(own.name);
    for (const owner of this.#sightings.keys()) if (!owners.has(owner)) this.#sightings.delete(owner);
    const taken: Claim[] = [];
    let othersHold = false;
    for (const owner of owners) {
      const swept = (await this.#isAbandoned(owner)) ? await this.#takeOver(own, owner) : await this.#lookAt(owner);
      taken.push(...swept.taken);
      othersHold ||= isOrdered && swept.othersHold;
    }
    return { taken: taken.toSorted((one, other) => (one.token < other.token ? -1 : 1)), othersHold };
  }

  /** An owner whose folder is gone has just given its claims up, or somebody takes them over: they are found at the next sweep. */
  async #lookAt(owner: string): Promise<Swept> {
    const entries = await this.#claimsOf(owner);
    return { taken: [], othersHold: entries === undefined || entries.length > 0 };
  }

  async #takeOver(own: Claims, owner: string): Promise<Swept> {
    const { root, matches, log } = this.#options;
    const entries = await this.#claimsOf(owner);
    const taken: Claim[] = [];
    let othersHold = entries === undefined;
    for (const entry of entries ?? []) {
      const taking = await own.takeOver(owner, entry, matches);
      if (taking === 'gone') othersHold = true;
      else if (taking !== 'not-ours') taken.push(taking);
    }
    const folder = join(root, owner);
    if (!(await removeIfEmpty(folder)) && !othersHold && !this.#told.has(owner)) {
      this.#told.add(owner);
      log.info({ folder }, 'files that another listener had in hand match another pattern, and wait for the entry that has it');
    }
    return { taken, othersHold };
  }

  async #claimsOf(owner: string): Promise<readonly string[] | undefined> {
    return readdir(join(this.#options.root, owner)).catch(undefinedWhenMissing);
  }

  async #isAbandoned(name: string): Promise<boolean> {
    const owner = readOwnerName(name);
    if (owner === undefined) return false;
    if (owner === 'free') return true;
    const fate = fateOfProcess(owner.process);
    if (fate === 'gone') return true;
    const sign = await stat(join(this.#options.root, name), { bigint: true }).then(
      (found) => found.mtimeNs,
      () => undefined,
    );
    if (sign === undefined) return false;
    const known = this.#sightings.get(name);
    if (known?.sign === sign)
      return performance.now() - known.since > (this.#options.isOrdered && fate === 'alive' ? suspendedAfter : owner.lease);
    this.#sightings.set(name, { sign, since: performance.now() });
    return false;
  }
}
