import type { IncomingMessage } from 'node:http';
import { punchoutErrors } from '../errors.ts';

/** A form of the service has one field; an OCI call has some twenty. */
const mostBytes = 262_144;

/**
 * Reads the body of a request. Throws WB_PUNCHOUT_BODY_TOO_LARGE as soon as more than 256 KiB have come, WB_PUNCHOUT_BODY_GONE where somebody else has read it or
 * where the browser went away.
 */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  if (request.readableDidRead) {
    throw punchoutErrors.WB_PUNCHOUT_BODY_GONE('The body of the request was read before it reached the PunchOut service.');
  }
  const chunks: Buffer[] = [];
  let length = 0;
  return await new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= mostBytes) return void chunks.push(chunk);
      // The rest is not read, and the connection ends with the answer.
      request.pause();
      reject(punchoutErrors.WB_PUNCHOUT_BODY_TOO_LARGE(`The body of the request has more than ${mostBytes} bytes.`));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(punchoutErrors.WB_PUNCHOUT_BODY_GONE('The browser went away before its request was complete.')));
  });
}
