import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Delivery, Fault, FaultKind, Message, ReceiveContext, Sender, Settlement, TransportError } from '@waybill/contract';
import { isWaybillError } from '@waybill/contract';
import { resolveSettings } from '@waybill/contract/host';
import { eventually, recordingLog } from '@waybill/testing';
import { expect, onTestFinished } from 'vitest';
import transport, { type HttpConnection } from '../src/index.ts';

const { receive, send } = transport;
if (!receive || !send) throw new Error('the transport receives and sends');

export const { log, lines } = recordingLog();
export const context = { name: 'test', log, signal: new AbortController().signal, folder: '/' };

/** What the kernel gives to a listener. */
export function receiveContext(more: Partial<ReceiveContext> = {}): ReceiveContext {
  return {
    ...context,
    concurrency: 8,
    order: 'parallel',
    stateOf: async () => undefined,
    tell: () => undefined,
    report: () => Promise.reject(new Error('HTTP reports nothing')),
    undeliverable: () => Promise.reject(new Error('open requests take every reply')),
    ...more,
  };
}

export const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
export const faultOf = (kind: FaultKind): Fault => ({ kind, code: 'WB_TEST', reason: 'Not now.' });
export const accept = async (): Promise<Settlement> => ({ outcome: 'accepted' });
export const messageOf = (text: string, more: Partial<Message> = {}): Message => ({
  id: 'm-1',
  body: Buffer.from(text),
  createdAt: 1_000,
  properties: {},
  ...more,
});

/** A connection as a manifest has it, closed when the test ends. */
export async function connectTo(site: object): Promise<HttpConnection> {
  const connection = await transport.connect(resolveSettings(transport.connection, site, { folder: '/' }) as never, context);
  onTestFinished(() => transport.disconnect?.(connection));
  return connection;
}

export interface Receiving {
  readonly connection?: HttpConnection;
  readonly listen?: object;
  readonly handle?: (delivery: Delivery) => Promise<Settlement>;
  readonly concurrency?: number;
  readonly stateOf?: ReceiveContext['stateOf'];
}

/** An inbound entry that receives, with the deliveries that it made. */
export async function receiving(source: object = {}, { handle = accept, concurrency = 8, stateOf, ...given }: Receiving = {}) {
  const connection = given.connection ?? (await connectTo({ listen: { port: 0, ...given.listen } }));
  const settings = resolveSettings(receive?.endpoint ?? {}, { path: '/in', auth: 'none', ...source }, { folder: '/' });
  const listener = await receive?.open(connection, settings as never, receiveContext({ concurrency, ...(stateOf ? { stateOf } : {}) }));
  const deliveries: Delivery[] = [];
  const stop = new AbortController();
  const running = listener?.run((delivery) => {
    deliveries.push(delivery);
    return handle(delivery);
  }, stop.signal);
  const end = async () => {
    stop.abort();
    await running;
  };
  onTestFinished(end);
  const { host, port } = connection.address ?? { host: '', port: 0 };
  return { connection, deliveries, end, stop, running, port, url: `http://${host}:${port}/in` };
}

/** A request by fetch. */
export async function ask(url: string, init: RequestInit = {}) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<A/>', ...init });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    problem: () => JSON.parse(text) as { code: string; status: number; detail: string },
  };
}

/** Everything that a server says to these bytes until it closes the connection. */
export async function raw(port: number, ...pieces: readonly string[]): Promise<string> {
  const socket = rawSocket(port);
  for (const piece of pieces) socket.write(piece);
  return (await buffer(socket)).toString('latin1');
}

export function rawSocket(port: number) {
  const socket = connect(port, '127.0.0.1');
  // The server may well reset the connection: what it said before counts.
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** What the server has said so far, as soon as it matches. */
export async function said(socket: ReturnType<typeof rawSocket>, pattern: RegExp): Promise<string> {
  let text = '';
  const collect = (chunk: Buffer) => {
    text += chunk.toString('latin1');
  };
  socket.on('data', collect);
  await eventually(() => pattern.test(text), { what: `the server to say ${pattern}` });
  socket.off('data', collect);
  return text;
}

export const closed = (socket: ReturnType<typeof rawSocket>) => (socket.closed ? Promise.resolve() : once(socket, 'close'));

/** A sender for up to `concurrency` messages at a time, closed when the test ends. */
export async function openSender(connection: HttpConnection, target: object, concurrency = 8): Promise<Sender> {
  const settings = resolveSettings(send?.endpoint ?? {}, target, { folder: '/' });
  if (!send) throw new Error('the transport sends');
  const late = () => expect.unreachable('no reply comes late');
  const sender = await send.open(connection, settings as never, { ...context, concurrency, late });
  onTestFinished(() => sender.close());
  return sender;
}

/** The error that a promise rejects with. */
export async function failureOf(promise: Promise<unknown> | undefined): Promise<TransportError> {
  try {
    await promise;
  } catch (error) {
    if (isWaybillError(error)) return error as TransportError;
    throw error;
  }
  throw new Error('expected a rejection');
}
