import type { Dispatcher } from 'undici';
import { errors } from '../errors.ts';

type Body = Dispatcher.ResponseData['body'];

/** How much is read of a body that nobody needs, so that its connection can be used again, in bytes. */
const worthReading = 64 * 1024;

/** How long reading it may take, in milliseconds. */
const worthWaiting = 1_000;

/** The headers of an answer, in lower case; without cookies. */
export function propertiesOf(headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name === 'set-cookie' ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}

/** The whole body of a reply to a message that the far side has taken. Throws WB_HTTP_REPLY_TOO_LARGE. */
export async function readReply(body: Body, limit: number, where: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the connection, and with it the rest of the reply.
    if (size > limit) throw errors.WB_HTTP_REPLY_TOO_LARGE(`The reply of ${where} has more than ${limit} bytes.`, { outcome: 'unknown' });
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
}

/** Reads past the body of an answer whose status says everything. Never rejects; where the body does not end, its connection does. */
export async function skipBody(body: Body): Promise<void> {
  await body.dump({ limit: worthReading, signal: AbortSignal.timeout(worthWaiting) }).catch(() => body.destroy());
}
