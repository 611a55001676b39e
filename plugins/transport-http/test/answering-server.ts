import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { connectTo, openSender } from './helpers.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A far side that answers as it is told, with everything that it was asked. */
export async function answeringServer(answer: Answer, server = createServer()) {
  const requests: {
    readonly method: string | undefined;
    readonly url: string | undefined;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[] = [];
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: (await buffer(request)).toString() });
    answer(request, response);
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end('what the other side says');

export async function senderTo(answer: Answer, target: object = {}, site: object = {}) {
  const far = await answeringServer(answer);
  const sender = await openSender(await connectTo({ url: far.url, ...site }), target);
  return { ...far, sender };
}
