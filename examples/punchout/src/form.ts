import type { IncomingMessage } from 'node:http';

/** No form of the shop has more. In bytes. */
const most = 10_000;

/** The fields of a form that was posted; undefined for more than a form of the shop has. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > most) return undefined;
    pieces.push(piece);
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8'));
}
