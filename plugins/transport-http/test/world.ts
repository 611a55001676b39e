import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as startRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Outside, OutsideMessage, Put } from '@waybill/testing';

type Reply = (request: OutsideMessage) => OutsideMessage | undefined;

/** A server that takes whatever is sent to it. */
export async function farSide() {
  const taken: OutsideMessage[] = [];
  let reply: Reply | undefined;
  const server = createServer((request, response) => void take(request, response));
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { 'content-type': contentType, 'idempotency-key': id } = request.headers;
    const message: OutsideMessage = { body: await buffer(request), contentType, id: String(id) };
    taken.push(message);
    if (!reply) return void response.writeHead(204).end();
    const answer = reply(message);
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
  const answer = once(request, 'response').then(
    async ([response]) => ({ body: await buffer(response as IncomingMessage) }),
    () => undefined,
  );
  // Whoever tears the connection down in the middle means it.
  request.on('error', () => undefined);
  request.end(message.body);
  await once(request, 'finish');
  return { answer };
}

let worlds = 0;

/** A far side, and a way in. `origin` tells where the transport receives by now. */
export async function prepareWorld(connection: object, origin: () => string): Promise<Outside> {
  const far = await farSide();
  const path = `/in/${++worlds}`;
  return {
    connection: { ...connection, url: far.url },
    inbound: { path, auth: 'none' },
    outbound: { path: '/out' },
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
