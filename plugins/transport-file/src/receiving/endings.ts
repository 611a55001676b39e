import { unlink } from 'node:fs/promises';
import type { Log } from '@waybill/contract';
import { moveInto } from '../move.ts';
import type { Claim } from './claiming/claim.ts';
import { isAsRead, type Reading } from './claiming/claimed-file.ts';
import type { Claims } from './claiming/claims.ts';

/** A file of which there is a message. */
export type Handed = Extract<Reading, { readonly kind: 'read' | 'defective' }>;

/** Where files go when their messages are settled, absolute. */
export interface EndingPlaces {
  /** Undefined when those that are done with are removed. */
  readonly done: string | undefined;
  readonly rejected: string;
}

/** What happens to a file in the end. Nothing is removed that was not read: a file that has changed since is kept with the rejected ones. */
export class Endings {
  readonly #places: EndingPlaces;
  readonly #log: Log;

  constructor(places: EndingPlaces, log: Log) {
    this.#places = places;
    this.#log = log;
  }

  async accept(claims: Claims, claim: Claim, handed: Handed): Promise<void> {
    await this.#end(claims, claim, handed, this.#places.done);
  }

  async reject(claims: Claims, claim: Claim, handed: Handed): Promise<void> {
    await this.#end(claims, claim, handed, this.#places.rejected);
  }

  async #end(claims: Claims, claim: Claim, handed: Handed, wanted: string | undefined): Promise<void> {
    const isOurs = await claims.end(claim, async (path) => {
      const isRead = handed.kind === 'read' && (await isAsRead(path, claim, handed.asRead, handed.message.id));
      const folder = isRead ? wanted : this.#places.rejected;
      if (folder === undefined) return unlink(path);
      const kept = await moveInto(path, folder, claim.name);
      if (handed.kind === 'read' && !isRead) this.#tellOfChange(claim, handed, folder, kept);
    });
    if (!isOurs) this.#log.warn({ file: claim.name }, 'file was taken over before it was settled, it is handed over again');
  }

  #tellOfChange({ name }: Claim, { message }: Handed, folder: string, kept: string): void {
    this.#log.warn(
      { file: name, folder, kept, message: message.id, read: message.body.length },
      'file was written to after it had been read: its message has what was there before, the whole is kept with the rejected files; see whether something is missing, and let "settle" be longer than its writer pauses',
    );
  }
}
