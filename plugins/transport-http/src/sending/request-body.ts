/** How much is handed to the connection at a time, in bytes. What follows waits until the connection takes more. */
const piece = 64 * 1024;

/**
 * - waiting: nothing was written; there may be no connection yet.
 * - writing: a part was written, so that the far side cannot have the whole message.
 * - written: nobody can tell whether the far side has it, until it answers.
 */
export type Progress = 'waiting' | 'writing' | 'written';

/** The body of a request, which knows how much of it is on its way. */
export class RequestBody {
  readonly #bytes: Uint8Array;
  #progress: Progress = 'waiting';

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Called by the HTTP client when it has a connection and has begun the request. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    this.#progress = 'writing';
    const last = Math.max(0, Math.ceil(this.#bytes.byteLength / piece) - 1);
    for (let index = 0; index < last; index++) yield this.#bytes.subarray(index * piece, (index + 1) * piece);
    // Set before the last piece is written and not after it: by the time the client asks for more, the piece may have arrived.
    this.#progress = 'written';
    yield this.#bytes.subarray(last * piece);
  }
}
