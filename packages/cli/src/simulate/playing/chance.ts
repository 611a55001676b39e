import { createHash } from 'node:crypto';

/** Numbers that look random and follow from what they are for: the same words give the same ones. */
export class Chance {
  readonly #words: string;
  #drawn = 0;

  constructor(...words: readonly (string | number)[]) {
    this.#words = words.join('\n');
  }

  /** At least 0 and less than 1, another one at each call. */
  next(): number {
    const digest = createHash('sha256')
      .update(`${this.#words}\n${this.#drawn++}`)
      .digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  }

  /** Whether something happens that happens in this share of all cases. */
  happens(share: number): boolean {
    return this.next() < share;
  }

  /** A seed for the sample of a message: a whole number of at most nine digits. */
  seed(): number {
    return Math.floor(this.next() * 1e9);
  }
}
