import type { IncomingMessage, ServerResponse } from 'node:http';
import { defineTransport } from '@waybill/contract';
import { answerOtherRequest } from './answering/other-requests.ts';
import { listenerOf, senderOf } from './counterpart.ts';
import { errors } from './errors.ts';
import { HttpConnection } from './http-connection.ts';
import { AddressTable } from './receiving/address-table.ts';
import { HttpListener } from './receiving/http-listener.ts';
import { HttpSender } from './sending/http-sender.ts';
import { openPool } from './sending/pool.ts';
import { resolveTarget } from './sending/target.ts';
import * as settings from './settings.ts';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** As much of an express app or router as is needed to receive through it. */
export interface MountableApp {
  use(handler: Middleware): unknown;
}

/**
 * The HTTP transport. With `app`, requests are received through that express app and no server is opened. Mount it before
 * body parsers, which would consume the bodies of the messages. Paths are then below the place where `app` itself is mounted.
 * Throws `WB_HTTP_CANNOT_MOUNT` when `app` has no `use`.
 */
export function createHttpTransport({ app }: { readonly app?: MountableApp } = {}) {
  const mounted = app && new AddressTable();
  if (app && mounted) mountOn(app, mounted);
  return defineTransport({
    name: 'http',
    summary: 'Receives messages over HTTP and sends messages over HTTP.',
    connection: settings.site,
    unique: ['listen.host', 'listen.port'],
    connect: async (site, { log }) => new HttpConnection(site, log, mounted),
    disconnect: (connection) => connection.close(),
    // Loaded by the first probe: TLS takes 10 ms and 6 MB.
    probe: async (connection) => (await import('./sending/probe.ts')).probe(connection),
    receive: {
      endpoint: settings.source,
      guarantees: {
        // Only its sender can send an unanswered request again: nothing here can hand it out again.
        transacted: false,
        redelivers: 'no',
        countsAttempts: false,
        // Each sender waits for the answer to its own request, and for no other.
        ordered: 'no',
        shared: true,
        exclusive: false,
        replies: 'open',
        waits: true,
      },
      rules: { unique: ['method', 'path'], ...(mounted ? {} : { needs: ['listen'] }) },
      counterpart: senderOf,
      // The server stays open until the connection is closed. No address is registered, so senders are answered 404 meanwhile.
      probe: async (connection) => void (await connection.addresses()),
      open: async (connection, source, context) => new HttpListener(await connection.addresses(), source, context),
    },
    send: {
      endpoint: settings.target,
      // The message id is sent as idempotency-key, but only the other side knows whether it looks at it.
      guarantees: { requestReply: true, deduplicates: false },
      counterpart: listenerOf,
      open: async (connection, target, { concurrency }) => {
        const resolved = resolveTarget(target, connection.site);
        return new HttpSender(target, resolved, connection.site, () => openPool(connection, resolved, concurrency));
      },
    },
  });
}

function mountOn(app: MountableApp, table: AddressTable): void {
  if (typeof app.use !== 'function') throw errors.WB_HTTP_CANNOT_MOUNT('The "app" that was given has no "use".');
  app.use((request, response, next) => {
    const listener = table.find(request);
    // A server that is not ours has told the client to go on.
    if (listener) listener.receive(request, response, false);
    else if (!answerOtherRequest(table, request, response)) next();
  });
}
