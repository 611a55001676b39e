import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '@waybill/contract';
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
  serveFrom(server, table, log);
  await start(server, listen);
  server.on('error', (error) => log.error({ cause: String(error) }, 'the HTTP server reports an error'));
  const { address: host, port } = server.address() as AddressInfo;
  log.info({ host, port }, 'listening for HTTP requests');
  return { address: { host, port }, close: () => close(server) };
}

function serveFrom(server: Server, table: AddressTable, log: Log): void {
  let others: Promise<Handle> | undefined;
  // Express is loaded by the first request that needs it: most connections never see one.
  const handOver: Handle = (request, response) => {
    others ??= import('../answering/express-app.ts').then(({ expressApp }) => expressApp(table, log));
    others.then(
      (handle) => handle(request, response),
      (error: unknown) => {
        log.error({ cause: String(error) }, 'a request could not be answered');
        response.destroy();
      },
    );
  };
  server.on('request', table.handler(handOver, { asks: false }));
  server.on('checkContinue', table.handler(handOver, { asks: true }));
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
