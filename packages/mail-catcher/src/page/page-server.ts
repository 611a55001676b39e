import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import type { KeptMails } from '../mails/kept-mails.ts';
import { listening, type Place } from '../place.ts';
import { refusalOf } from './admission.ts';
import { type Answer, type PageRequest, plain } from './answer.ts';
import { notAllowed } from './api.ts';
import { Live } from './live.ts';
import { answerPage } from './routes.ts';

export interface PageServer {
  readonly port: number;
  readonly url: string;
  /** Cuts the connections that are open. */
  readonly close: () => Promise<void>;
}

/** Serves the page. Throws `WB_CATCHER_PORT_IN_USE` and `WB_CATCHER_CANNOT_LISTEN`. */
export async function openPage(place: Place, kept: KeptMails, smtpPort: number): Promise<PageServer> {
  const live = new Live(kept);
  const server = createServer((request, response) => serve(request, response, place.host, live, kept, smtpPort));
  await listening(server, () => server.listen(place.port, place.host), place, 'the page');
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://${shownHost(place.host)}:${port}/`, close: () => closed(server) };
}

function serve(request: IncomingMessage, response: ServerResponse, host: string, live: Live, kept: KeptMails, smtpPort: number): void {
  // Nothing that is asked here has a body that matters.
  request.resume();
  const { method = 'GET', headers } = request;
  const refusal = refusalOf({ method, headers }, host);
  if (refusal) return write(response, refusal, method);
  const asked = readRequest(method, request.url ?? '/');
  if (asked === undefined) return write(response, plain(400, 'The address cannot be read.'), method);
  if (asked.path.join('/') !== 'live') return write(response, answerPage(asked, kept, smtpPort), method);
  if (method !== 'GET') return write(response, notAllowed('GET'), method);
  if (!live.watch(response)) write(response, plain(503, 'Too many pages are open.'), method);
}

/** HEAD is asked as GET; what is answered then has no body. */
function readRequest(method: string, url: string): PageRequest | undefined {
  try {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const path = pathname.split('/').filter(Boolean).map(decodeURIComponent);
    return { method: method === 'HEAD' ? 'GET' : method, path, query: searchParams };
  } catch {
    return undefined;
  }
}

function write(response: ServerResponse, { status, headers, body }: Answer, method: string): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, status === 204 ? headers : { ...headers, 'Content-Length': String(bytes.byteLength) });
  response.end(method === 'HEAD' ? undefined : bytes);
}

/** A name that a browser on this machine can use. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}

function closed(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
