import type { IncomingMessage } from 'node:http';

/** Why there is no body. `gone`: the client went away before all of it had come; there is nobody to answer. */
export type NoBody = 'too-large' | 'no-memory' | 'gone';

/** Bounds how many bytes of bodies are in memory at the same time, over all requests of an entry. */
export class ByteBudget {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** False when so many more bytes would be too many; nothing is taken then. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.#most) return false;
    this.#taken += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes;
  }
}

/**
 * The whole body of a request, or why there is none. Never rejects. What the body took of the budget is given back by the
 * caller when there is a body, and by this function when there is none.
 */
export function collectBody(request: IncomingMessage, limit: number, budget: ByteBudget): Promise<Uint8Array | NoBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (result: Uint8Array | NoBody) => {
      request.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      if (typeof result === 'string') budget.giveBack(size);
      resolve(result);
    };
    const giveUp = (reason: NoBody) => {
      end(reason);
      request.resume();
    };
    const onData = (chunk: Buffer) => {
      if (size + chunk.length > limit) return giveUp('too-large');
      if (!budget.take(chunk.length)) return giveUp('no-memory');
      size += chunk.length;
      chunks.push(chunk);
    };
    const onEnd = () => end(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
    const onGone = () => end('gone');
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
  });
}
