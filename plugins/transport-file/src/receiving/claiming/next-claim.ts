import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Arrivals } from '../arrivals.ts';
import type { Claim } from './claim.ts';
import type { Claims } from './claims.ts';

export interface Claiming {
  /** Where the files come from. */
  readonly folder: string;
  /** Asked right before a file is claimed: true where nothing may be. */
  readonly isUnsure: () => boolean;
}

/** Claims the next file that has arrived. Undefined when there is none at the moment, or it cannot be claimed and no other may overtake it. */
export async function claimNext(arrivals: Arrivals, claims: Claims, { folder, isUnsure }: Claiming): Promise<Claim | undefined> {
  for (;;) {
    const name = await arrivals.next((candidate) => !claims.holds(candidate));
    if (name === undefined || isUnsure()) return undefined;
    const taking = await claims.take(name);
    switch (taking.kind) {
      case 'taken':
        arrivals.took(name);
        return taking.claim;
      case 'refused':
        // When nothing may be renamed here, it is not the file.
        await access(folder, constants.W_OK);
        arrivals.refuse(name, taking.cause);
        if (arrivals.blocking) return undefined;
        break;
      case 'gone':
    }
  }
}
