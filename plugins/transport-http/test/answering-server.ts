import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
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

/** A far side that does with each connection what it is told, below HTTP. `heard` is everything that came. */
export async function rawFarSide(onConnection: (socket: Socket) => void) {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => heard.push(chunk.toString('latin1')));
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { heard: () => heard.join(''), sockets, port: (server.address() as AddressInfo).port };
}

/** Calls `answer` for each request with a small body that has come as a whole. */
export const onRequest = (answer: (socket: Socket, number: number) => void) => (socket: Socket) => {
  let text = '';
  let number = 0;
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    const [head] = /^[^]*?\r\n\r\n/.exec(text) ?? [];
    const length = Number(/content-length: (\d+)/i.exec(head ?? '')?.[1]);
    if (head === undefined || text.length < head.length + length) return;
    text = '';
    answer(socket, ++number);
  });
};

/** An answer as it is written. */
export const written = (statusLine: string, body = '') => `HTTP/1.1 ${statusLine}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
