import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as startRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Outside, OutsideMessage, Put, TransportHarness } from '@waybill/testing';

type Reply = (request: OutsideMessage) => OutsideMessage | undefined | Promise<OutsideMessage | undefined>;

/** What the far side does with what is sent to it, where it does not take it. */
type Trouble = 'silent' | 'refuses' | 'breaks off' | { readonly says: string; readonly status: number };

/** A server that takes whatever is sent to it, until it is told otherwise. */
export async function farSide() {
  const taken: OutsideMessage[] = [];
  let reply: Reply | undefined;
  let trouble: Trouble | undefined;
  // Whoever sends may die in the middle of it: then there is nothing to take, and nobody to answer.
  const server = createServer((request, response) => void take(request, response).catch(() => response.destroy()));
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { 'content-type': contentType, 'idempotency-key': id, 'suite-number': number } = request.headers;
    const message: OutsideMessage = {
      body: await buffer(request),
      contentType,
      id: String(id),
      properties: { 'suite-number': String(number) },
    };
    if (trouble === 'refuses') return void response.writeHead(422).end();
    if (typeof trouble === 'object') return void response.writeHead(trouble.status, { 'content-type': 'text/xml' }).end(trouble.says);
    taken.push(message);
    if (trouble === 'breaks off') return void response.destroy();
    if (trouble === 'silent') return;
    if (!reply) return void response.writeHead(204).end();
    const answer = await reply(message);
    // A far side that does not answer keeps the connection open.
    if (answer) response.writeHead(200, { 'content-type': 'text/xml' }).end(answer.body);
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    answer: (how: Reply) => {
      reply = how;
    },
    fail: (how: Trouble | undefined) => {
      trouble = how;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends a message as a client would, and waits until it is on its way. */
export async function post(url: string, message: OutsideMessage): Promise<Put> {
  const headers: Record<string, string> = { ...message.properties };
  if (message.id !== undefined) headers['idempotency-key'] = message.id;
  if (message.contentType !== undefined) headers['content-type'] = message.contentType;
  const request = startRequest(url, { method: 'POST', headers, agent: false });
  const exchange = once(request, 'response').then(
    async ([response]) => ({ status: (response as IncomingMessage).statusCode ?? 0, body: await buffer(response as IncomingMessage) }),
    () => undefined,
  );
  // Whoever tears the connection down in the middle means it.
  request.on('error', () => undefined);
  request.end(message.body);
  await once(request, 'finish');
  return { answer: exchange, told: exchange.then((answer) => answer !== undefined && answer.status < 300) };
}

export interface World extends Outside {
  readonly far: Awaited<ReturnType<typeof farSide>>;
}

let worlds = 0;

/** A far side, and a way in. `origin` tells where the transport receives by now. */
export async function prepareWorld(connection: object, origin: () => string): Promise<World> {
  const far = await farSide();
  const path = `/in/${++worlds}`;
  return {
    far,
    connection: { ...connection, url: far.url },
    inbound: { path, auth: 'none' },
    outbound: { path: '/out', forward: ['suite-number'] },
    put: (message) => post(`${origin()}${path}`, message),
    taken: async () => far.taken,
    answer: async (reply) => far.answer(reply),
    close: far.close,
  };
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** What holds for every way in. */
export const common = {
  carries: ['id', 'contentType', 'properties'],
  foldsCase: true,
  unreachable: async () => ({ connection: { url: `http://127.0.0.1:${await closedPort()}` }, outbound: {} }),
  silence: async ({ far }) => far.fail('silent'),
  speak: async ({ far }) => far.fail(undefined),
  refuse: async ({ far }) => far.fail('refuses'),
  loseAnswer: async ({ far }) => far.fail('breaks off'),
  say: async ({ far }, says, how) => far.fail({ says, status: how === 'taken' ? 200 : 422 }),
} satisfies Partial<TransportHarness<World>>;
