import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { errors } from '../errors.ts';

/** How much is read of a body that nobody needs, so that its connection can be used again, in bytes. */
const worthReading = 64 * 1024;

/** How long reading it may take, in milliseconds. */
const worthWaiting = 1_000;

/** The headers of an answer, in lower case; without cookies. */
export function propertiesOf(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name === 'set-cookie' ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}

/** The whole body of a reply to a message that the far side has taken. Throws WB_HTTP_REPLY_TOO_LARGE. */
export async function readReply(answer: IncomingMessage, limit: number, where: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the connection, and with it the rest of the reply.
    if (size > limit) throw errors.WB_HTTP_REPLY_TOO_LARGE(`The reply of ${where} has more than ${limit} bytes.`, { outcome: 'unknown' });
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
}

/** At most the first `limit` bytes of a body; undefined where it did not come to its end. What is beyond is lost with its connection. */
export async function readUpTo(answer: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= limit) break;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks, size).subarray(0, limit);
}

/**
 * Reads past the body of an answer whose status says everything. Where the body does not end, its connection does. Undefined when
 * all of it has come already, as most bodies have.
 */
export function skipBody(answer: IncomingMessage): Promise<void> | undefined {
  if (answer.complete) return void answer.resume();
  return new Promise((resolve) => {
    let size = 0;
    const timer = setTimeout(() => answer.destroy(), worthWaiting);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    answer.once('close', end).on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > worthReading) answer.destroy();
    });
  });
}
