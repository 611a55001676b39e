import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fateOfProcess } from '@waybill/contract/system';
import { undefinedWhenMissing } from '../file-system.ts';
import { returnClaims } from './claims.ts';
import { readOwnerName } from './owner.ts';

interface Sighting {
  /** The owner's last sign of life, by the clock of the file system. Only ever compared with itself. */
  readonly sign: bigint;
  /** When it was first seen here, by our own clock. */
  readonly since: number;
}

/** For how long an owner with an order may be silent on this machine, in milliseconds: it shows a sign of life each second. */
const suspendedAfter = 3_000;

export interface Swept {
  /** How many files went back. */
  readonly returned: number;
  /** Whether an owner that may be alive has files in hand. */
  readonly othersHold: boolean;
}

/**
 * Gives back the claims of owners that died. An owner on this machine is dead when its process is; an owner elsewhere when it
 * has shown no sign of life for as long as its lease, measured here: the clocks of the machines need not agree. Where files come
 * in order, the kernel lets one process receive at a time: then another one on this machine that is silent is suspended, and
 * whatever it does later has no effect any more.
 */
export class Recovery {
  readonly #source: string;
  readonly #root: string;
  readonly #isOrdered: boolean;
  readonly #sightings = new Map<string, Sighting>();

  constructor(source: string, root: string, isOrdered: boolean) {
    this.#source = source;
    this.#root = root;
    this.#isOrdered = isOrdered;
  }

  /** `own` is the name of the folder with our claims. */
  async sweep(own: string): Promise<Swept> {
    const names = (await readdir(this.#root)).filter((name) => name !== own);
    for (const name of this.#sightings.keys()) if (!names.includes(name)) this.#sightings.delete(name);
    let returned = 0;
    let othersHold = false;
    for (const name of names) {
      const folder = join(this.#root, name);
      // Another process may have returned them at the same moment.
      if (await this.#isAbandoned(name)) returned += (await returnClaims(folder, this.#source).catch(undefinedWhenMissing)) ?? 0;
      else othersHold ||= this.#isOrdered && ((await readdir(folder).catch(undefinedWhenMissing)) ?? []).length > 0;
    }
    return { returned, othersHold };
  }

  async #isAbandoned(name: string): Promise<boolean> {
    const owner = readOwnerName(name);
    if (owner === undefined) return false;
    if (owner === 'free') return true;
    const fate = fateOfProcess(owner.process);
    if (fate === 'gone') return true;
    const sign = await stat(join(this.#root, name), { bigint: true }).then(
      (found) => found.mtimeNs,
      () => undefined,
    );
    if (sign === undefined) return false;
    const known = this.#sightings.get(name);
    if (known?.sign === sign) return performance.now() - known.since > (this.#isOrdered && fate === 'alive' ? suspendedAfter : owner.lease);
    this.#sightings.set(name, { sign, since: performance.now() });
    return false;
  }
}
