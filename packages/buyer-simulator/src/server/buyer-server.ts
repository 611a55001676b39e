import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, isIPv6 } from 'node:net';
import { errors } from '../errors.ts';
import type { CheckedOptions } from '../options.ts';
import { listening } from '../place.ts';
import { refusalOf } from './admission.ts';
import { type Answer, plain } from './answer.ts';
import { readRequest } from './asked.ts';
import type { BuyerState } from './buyer-state.ts';
import type { Live } from './live.ts';
import { answerTo } from './routes.ts';

export interface BuyerServer {
  readonly port: number;
  readonly url: string;
  /** Cuts the connections that are open. */
  readonly close: () => Promise<void>;
}

/** Serves pages and endpoints. Throws `WB_BUYER_PORT_IN_USE`, `WB_BUYER_CANNOT_LISTEN` and `WB_BUYER_BAD_CERTIFICATE`. */
export async function openServer(options: CheckedOptions, state: BuyerState, live: Live): Promise<BuyerServer> {
  const { host, name, tls } = options;
  const names = [host, ...(name === undefined ? [] : [name])].map((one) => one.toLowerCase());
  const serve = (request: IncomingMessage, response: ServerResponse): void =>
    void answerRequest(request, response, names, state, live).catch(() => response.destroy());
  const server = tls === undefined ? createServer(serve) : tlsServer(tls, serve);
  await listening(server, options);
  const { port } = server.address() as AddressInfo;
  return { port, url: `${tls ? 'https' : 'http'}://${name ?? shownHost(host)}:${port}/`, close: () => closed(server) };
}

function tlsServer(tls: NonNullable<CheckedOptions['tls']>, serve: (request: IncomingMessage, response: ServerResponse) => void): Server {
  try {
    return createTlsServer({ ...tls }, serve);
  } catch (cause) {
    throw errors.WB_BUYER_BAD_CERTIFICATE('Key and certificate cannot be used.', { cause });
  }
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  names: readonly string[],
  state: BuyerState,
  live: Live,
): Promise<void> {
  const asked = await readRequest(request, state.isTls);
  if (asked === undefined)
    return write(response, plain(413, 'It is too large, or its address cannot be read.', { Connection: 'close' }), request);
  const refusal = refusalOf(asked, names);
  if (refusal) return write(response, refusal, request);
  if (asked.path !== '/live') return write(response, await answerTo(asked, state), request);
  if (!live.watch(response)) write(response, plain(503, 'Too many pages are open.'), request);
}

function write(response: ServerResponse, { status, headers, body }: Answer, { method }: IncomingMessage): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'Content-Length': String(bytes.byteLength) });
  response.end(method === 'HEAD' ? undefined : bytes);
}

/** A name that a browser on this machine can use. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
