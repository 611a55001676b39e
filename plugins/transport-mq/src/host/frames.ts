import type { Writable } from 'node:stream';

/** What goes through the pipe between a host and its parent: a line of facts, and bytes that belong to it. */
export interface Frame<Facts> {
  readonly facts: Facts;
  readonly parts: readonly Buffer[];
}

/** In bytes: the length of the whole, and of its facts. */
const headLength = 8;

/** Up to so many bytes, parts are copied behind their facts: that costs less than a list of pieces does. */
const copied = 16 * 1024;

/** Writes a frame in one step: a system call for each piece would cost as much as getting the message. */
export function sendFrame(to: Writable, facts: object, parts: readonly Uint8Array[] = []): void {
  const text = JSON.stringify({ facts, lengths: parts.map(({ byteLength }) => byteLength) });
  const length = Buffer.byteLength(text);
  const bodies = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const isWhole = bodies <= copied;
  const head = Buffer.allocUnsafe(headLength + length + (isWhole ? bodies : 0));
  head.writeUInt32BE(length + bodies, 0);
  head.writeUInt32BE(length, 4);
  head.write(text, headLength);
  if (isWhole) {
    copyInto(head, headLength + length, parts);
    to.write(head);
    return;
  }
  to.cork();
  for (const piece of [head, ...parts]) to.write(piece);
  to.uncork();
}

function copyInto(whole: Buffer, from: number, parts: readonly Uint8Array[]): void {
  let at = from;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
}

/** Puts frames together from the pieces in which they arrive. */
export class FrameReader<Facts> {
  #chunks: Buffer[] = [];
  #length = 0;

  /** The frames that are complete with this piece. */
  *read(chunk: Buffer): Iterable<Frame<Facts>> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (let whole = this.#whole(); whole; whole = this.#whole()) yield frameIn(whole);
  }

  #whole(): Buffer | undefined {
    const head = this.#peek(headLength);
    if (!head) return undefined;
    const wanted = headLength + head.readUInt32BE(0);
    const all = this.#peek(wanted);
    if (!all) return undefined;
    this.#chunks = all.length > wanted ? [all.subarray(wanted)] : [];
    this.#length -= wanted;
    return all.subarray(0, wanted);
  }

  /** At least so many bytes in one piece. Pieces are joined only when there are enough of them. */
  #peek(wanted: number): Buffer | undefined {
    const [first] = this.#chunks;
    if (!first || this.#length < wanted) return undefined;
    if (first.length >= wanted) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

function frameIn<Facts>(whole: Buffer): Frame<Facts> {
  const bodies = headLength + whole.readUInt32BE(4);
  const { facts, lengths } = JSON.parse(whole.toString('utf8', headLength, bodies)) as { facts: Facts; lengths: readonly number[] };
  let at = bodies;
  const parts = lengths.map((length) => whole.subarray(at, (at += length)));
  return { facts, parts };
}
