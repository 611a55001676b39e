import type { IncomingMessage } from 'node:http';
import { punchoutErrors } from '../errors.ts';

/** A form of the service has one field; an OCI call has some twenty. */
const mostBytes = 262_144;

/**
 * Reads the body of a request. Throws WB_PUNCHOUT_BODY_TOO_LARGE as soon as more than 256 KiB have come, and WB_PUNCHOUT_BODY_GONE where somebody else
 * has read it.
 */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  if (request.readableDidRead)
    throw punchoutErrors.WB_PUNCHOUT_BODY_GONE('The body of the request was read before it reached the PunchOut service.');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw punchoutErrors.WB_PUNCHOUT_BODY_TOO_LARGE(`The body of the request has more than ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
