import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What is asked for. */
export interface Asked {
  /** HEAD is asked as GET. */
  readonly method: string;
  /** Of the request: `https://buyer.other.test:8443`. */
  readonly origin: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** The largest body that is taken, in bytes: a cart of thousands of lines fits. */
const largest = 20_000_000;

/** Reads a request with its body. Undefined: it is too large, or cannot be read. */
export async function readRequest(request: IncomingMessage, isTls: boolean): Promise<Asked | undefined> {
  const { method = 'GET', url = '/', headers } = request;
  const base = `${isTls ? 'https' : 'http'}://${headers.host ?? 'localhost'}`;
  if (!URL.canParse(url, base)) return undefined;
  const { origin, pathname, searchParams } = new URL(url, base);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).byteLength;
    if (size > largest) return undefined;
    parts.push(part as Buffer);
  }
  const around = { method: method === 'HEAD' ? 'GET' : method, origin, path: pathname, query: searchParams, headers };
  return { ...around, contentType: headers['content-type'] ?? '', body: Buffer.concat(parts) };
}
