import { once } from 'node:events';
import type { Socket } from 'node:net';

/** What goes over the wire: one line of JSON, then as many bytes as it says. */
export interface Frame {
  readonly id: string;
  readonly body: Uint8Array;
}

/** What comes back: one line of JSON. */
export interface Answer {
  readonly outcome: 'accepted' | 'retry' | 'rejected';
  readonly reason?: string | undefined;
  /** Of a retry: the least time to wait, in milliseconds. */
  readonly after?: number | undefined;
}

/** Throws when the connection ends before the last byte was written: then the far side cannot have the frame. */
export async function writeFrame(socket: Socket, { id, body }: Frame): Promise<void> {
  socket.write(`${JSON.stringify({ id, length: body.byteLength })}\n`);
  const isTaken = socket.write(body.subarray(0, -1));
  if (!isTaken) await once(socket, 'drain');
  socket.write(body.subarray(-1));
}

export function writeAnswer(socket: Socket, answer: Answer): void {
  socket.end(`${JSON.stringify(answer)}\n`);
}

/** Reads from a connection piece by piece. Every method throws when the connection ends too early. */
export class FrameReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#chunks = socket.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  }

  async head(): Promise<{ readonly id: string; readonly length: number }> {
    const { id, length } = (await this.#line()) as { id?: unknown; length?: unknown };
    if (typeof id !== 'string' || !Number.isSafeInteger(length)) throw new Error('a head names id and length');
    return { id, length: Number(length) };
  }

  async body(length: number): Promise<Uint8Array> {
    while (this.#rest.length < length) await this.#more();
    return this.#take(length);
  }

  /** Reads past a body and keeps nothing of it. */
  async skip(length: number): Promise<void> {
    let left = length - this.#take(length).length;
    while (left > 0) {
      await this.#more();
      left -= this.#take(left).length;
    }
  }

  async answer(): Promise<Answer> {
    return (await this.#line()) as Answer;
  }

  async #line(): Promise<object> {
    while (!this.#rest.includes('\n')) await this.#more();
    const line = JSON.parse(this.#take(this.#rest.indexOf('\n') + 1).toString()) as unknown;
    if (typeof line !== 'object' || line === null) throw new Error('a line holds an object');
    return line;
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#chunks.next();
    if (done) throw new Error('the connection ended too early');
    this.#rest = Buffer.concat([this.#rest, value]);
  }

  #take(count: number): Buffer {
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }
}
