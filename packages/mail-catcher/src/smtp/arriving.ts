import type { Readable } from 'node:stream';

/** The bytes of a mail, or why there are none. */
export type Arrived = { readonly bytes: Uint8Array } | { readonly refused: 'too-large' | 'too-much-at-once' };

/** How many bytes of mails that are still on their way are in memory, over all connections. */
export class Arriving {
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Reads a mail to its end and works on it with `work`, while its bytes count. What is too much is read and forgotten, because only then
   * can the other side be answered. Rejects when the connection ends first.
   */
  async take<T>(stream: Readable, largest: number, work: (arrived: Arrived) => Promise<T>): Promise<T> {
    const chunks: Buffer[] = [];
    let held = 0;
    let refused: 'too-large' | 'too-much-at-once' | undefined;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (refused !== undefined) continue;
        if (held + chunk.byteLength > largest) refused = 'too-large';
        else if (this.#bytes + chunk.byteLength > this.#limit) refused = 'too-much-at-once';
        else {
          chunks.push(chunk);
          held += chunk.byteLength;
          this.#bytes += chunk.byteLength;
          continue;
        }
        chunks.length = 0;
        this.#bytes -= held;
        held = 0;
      }
      return await work(refused === undefined ? { bytes: Buffer.concat(chunks) } : { refused });
    } finally {
      this.#bytes -= held;
    }
  }
}
