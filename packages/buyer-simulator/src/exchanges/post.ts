import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';

/** How a shop is reached. */
export interface Way {
  readonly ca: string | undefined;
  readonly addressOf: ((host: string) => string) | undefined;
  readonly signal: AbortSignal;
}

export interface Posted {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly text: string;
}

/** As long as procurement systems wait, in milliseconds. */
const patience = 60_000;
/** The largest answer that is read, in bytes. */
const largest = 5_000_000;

/** Posts a document, and reads the answer, whatever its status. Rejects with what has gone wrong on the way. */
export function post(url: string, body: string, headers: Readonly<Record<string, string>>, way: Way): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      signal: AbortSignal.any([way.signal, AbortSignal.timeout(patience)]),
      agent: false,
      ...(way.addressOf && { lookup: lookupBy(way.addressOf) }),
    };
    const read = (response: IncomingMessage): void => void answerOf(response).then(resolve, reject);
    const isTls = new URL(url).protocol === 'https:';
    const sent: ClientRequest = isTls
      ? httpsRequest(url, { ...options, ...(way.ca && { ca: way.ca }) }, read)
      : httpRequest(url, options, read);
    sent.on('error', reject).end(body);
  });
}

async function answerOf(response: IncomingMessage): Promise<Posted> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response) {
    parts.push(part as Buffer);
    size += (part as Buffer).byteLength;
    if (size > largest) throw new Error(`The answer is larger than ${largest} bytes.`);
  }
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  const text = Buffer.concat(parts).toString();
  return { status: response.statusCode ?? 0, headers, contentType: headers['content-type'] ?? '', text };
}

function lookupBy(addressOf: (host: string) => string): LookupFunction {
  return (host, { all }, done) => {
    const address = addressOf(host);
    const family = isIPv6(address) ? 6 : 4;
    if (all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
}
