import type { IncomingMessage, ServerResponse } from 'node:http';
import { defineTransport } from '@waybill/contract';
import { answerAboutMessages } from './about-messages.ts';
import { HttpConnection } from './http-connection.ts';
import { HttpListener } from './http-listener.ts';
import { HttpSender } from './http-sender.ts';
import { Inbox } from './inbox.ts';
import * as settings from './settings.ts';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** As much of an express app or router as is needed to receive through it. */
export interface MountableApp {
  use(handler: Middleware): unknown;
}

/**
 * The HTTP transport. With `app`, requests are received through that express app and no server is opened: mount it
 * before body parsers, which would read the messages away. Paths are then below the place where `app` itself is mounted.
 */
export function createHttpTransport({ app }: { readonly app?: MountableApp } = {}) {
  const mounted = app && new Inbox();
  if (app && mounted) mountOn(app, mounted);
  return defineTransport({
    name: 'http',
    summary: 'Receives messages over HTTP and sends messages over HTTP.',
    connection: settings.site,
    connect: async (site, { log }) => new HttpConnection(site, log, mounted),
    disconnect: (connection) => connection.close(),
    // Loaded when somebody asks: TLS takes 10 ms and 6 MB to load.
    probe: async (connection) => (await import('./probe.ts')).probe(connection),
    receive: {
      endpoint: settings.source,
      // A request that is not answered is sent again by its sender, if at all: nothing here can hand it out again.
      guarantees: { transacted: 'no', ordered: 'no', replies: 'open', redelivers: false, countsAttempts: false },
      open: async (connection, source, context) => new HttpListener(await connection.inbox(), source, context),
    },
    send: {
      endpoint: settings.target,
      // The message id goes along as idempotency-key; whether the other side looks at it is not for us to promise.
      guarantees: { requestReply: true, joinsUnits: false, deduplicates: false },
      open: async (connection, target) => new HttpSender(connection, target),
    },
  });
}

function mountOn(app: MountableApp, inbox: Inbox): void {
  app.use((request, response, next) => {
    const route = inbox.find(request);
    if (route) route.receive(request, response);
    else if (!answerAboutMessages(inbox, request, response)) next();
  });
}
