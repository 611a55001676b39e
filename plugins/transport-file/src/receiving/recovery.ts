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

/**
 * Gives back the claims of owners that died. An owner on this machine is dead when its process is; an owner elsewhere when it
 * has shown no sign of life for as long as its lease, measured here: the clocks of the machines need not agree.
 */
export class Recovery {
  readonly #source: string;
  readonly #root: string;
  readonly #sightings = new Map<string, Sighting>();

  constructor(source: string, root: string) {
    this.#source = source;
    this.#root = root;
  }

  /** Answers how many files went back. */
  async sweep(): Promise<number> {
    const names = await readdir(this.#root);
    for (const name of this.#sightings.keys()) if (!names.includes(name)) this.#sightings.delete(name);
    let returned = 0;
    for (const name of names) {
      if (!(await this.#isAbandoned(name))) continue;
      // Another process may have returned them at the same moment.
      returned += (await returnClaims(join(this.#root, name), this.#source).catch(undefinedWhenMissing)) ?? 0;
    }
    return returned;
  }

  async #isAbandoned(name: string): Promise<boolean> {
    const owner = readOwnerName(name);
    if (owner === undefined) return false;
    if (owner === 'free' || fateOfProcess(owner.process) === 'gone') return true;
    const sign = await stat(join(this.#root, name), { bigint: true }).then(
      (found) => found.mtimeNs,
      () => undefined,
    );
    if (sign === undefined) return false;
    const known = this.#sightings.get(name);
    if (known?.sign === sign) return performance.now() - known.since > owner.lease;
    this.#sightings.set(name, { sign, since: performance.now() });
    return false;
  }
}
