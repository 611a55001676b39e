import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Log } from '@waybill/contract';
import { expectation, headTooLarge, noRequest, notFound, type ProblemDetails, tooSlow } from '../answering/problem.ts';
import { RefusalLog } from '../answering/refusal-log.ts';
import { refuseAfter, refuseConnection, refuseRequest } from '../answering/refuse-request.ts';
import { errors } from '../errors.ts';
import type { Listen } from '../settings.ts';
import type { AddressTable, Handle } from './address-table.ts';

// An import would make Node load everything that the module exports, its HTTP client included: 55 ms and 13 MB.
const { createServer } = process.getBuiltinModule('node:http');

/** Where a server can be reached. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The server of a connection. */
export interface OwnServer {
  readonly address: Address;
  /** Closes idle connections, lets answers that are being written get through, and takes no new request. */
  close(): Promise<void>;
}

/** How long `close` waits for clients that are in the middle of something, in milliseconds. */
const patience = 1_000;

/** Opens the server. Throws WB_HTTP_CANNOT_LISTEN. */
export async function openServer(listen: Listen, table: AddressTable, log: Log): Promise<OwnServer> {
  const server = createServer({
    headersTimeout: listen.headersTimeout,
    requestTimeout: listen.requestTimeout,
    keepAliveTimeout: listen.keepAlive,
    maxHeaderSize: listen.headerLimit,
    // How often the server looks whether one of the timeouts above is over.
    connectionsCheckingInterval: Math.max(100, Math.min(listen.headersTimeout, listen.requestTimeout, 10_000) / 4),
  });
  // No sender needs more headers than this, and reading them takes time.
  server.maxHeadersCount = 200;
  const refusals = new RefusalLog(log);
  serveFrom(server, table, refusals);
  refuseUnreadable(server, refusals);
  await start(server, listen);
  server.on('error', (error) => log.error({ cause: String(error) }, 'the HTTP server reports an error'));
  const { address: host, port } = server.address() as AddressInfo;
  log.info({ host, port }, 'listening for HTTP requests');
  return { address: { host, port }, close: () => close(server).finally(() => refusals.flush()) };
}

function serveFrom(server: Server, table: AddressTable, refusals: RefusalLog): void {
  let others: Promise<Handle> | undefined;
  // Express is loaded by the first request that needs it: most connections never see one.
  const handOver: Handle = (request, response) => {
    others ??= import('../answering/express-app.ts').then(({ expressApp }) => expressApp(table, refusals));
    others.then(
      (handle) => handle(request, response),
      (error: unknown) => refuseAfter(error, request, response, refusals),
    );
  };
  server.on('request', table.handler(handOver, { asks: false }));
  server.on('checkContinue', table.handler(handOver, { asks: true }));
}

/** Answers as Node would do by itself, and logs it. */
function refuseUnreadable(server: Server, refusals: RefusalLog): void {
  server.on('checkExpectation', (request, response) => refuseRequest(request, response, expectation, refusals));
  server.on('connect', (request, socket) => {
    refusals.tell(notFound, request.socket.remoteAddress, request);
    refuseConnection(socket, notFound);
  });
  server.on('clientError', (cause: NodeJS.ErrnoException, socket) => {
    // The client has gone.
    if (!socket.writable || cause.code === 'ECONNRESET') return void socket.destroy();
    const problem = problemOf(cause.code);
    refusals.tell({ ...problem, cause: cause.code }, (socket as Socket).remoteAddress);
    refuseConnection(socket, problem);
  });
}

function problemOf(code: string | undefined): ProblemDetails {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return tooSlow;
  return code === 'HPE_HEADER_OVERFLOW' ? headTooLarge : noRequest;
}

function start(server: Server, { host, port }: Listen): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const text = `Cannot listen on ${host} port ${port}${cause.code ? ` (${cause.code})` : ''}.`;
      reject(errors.WB_HTTP_CANNOT_LISTEN(text, { cause }));
    });
    server.listen({ host, port }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(timer);
}
