import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { type Outside, type OutsideMessage, transportSuite } from '@waybill/testing';
import { FrameReader, writeAnswer, writeFrame } from '../src/frames.ts';
import tcp from '../src/index.ts';

/** A far side for one question: a server that takes what is sent, and a client that puts. */
async function prepare(): Promise<Outside> {
  const taken: OutsideMessage[] = [];
  const farSide = createServer((socket) => {
    const reader = new FrameReader(socket);
    socket.on('error', () => undefined);
    void (async () => {
      const { id, length } = await reader.head();
      taken.push({ id, body: await reader.body(length) });
      writeAnswer(socket, { outcome: 'accepted' });
    })();
  });
  const inbound = { port: await freePort() };
  return {
    connection: {},
    inbound,
    outbound: { port: await listen(farSide) },
    put: async (message) => put(message, inbound.port),
    taken: async () => taken,
    close: async () => void farSide.close(),
  };
}

let ids = 0;

async function put({ id = `made-up-${++ids}`, body }: OutsideMessage, port: number): Promise<undefined> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => undefined).on('data', () => undefined);
  await once(socket, 'connect');
  await writeFrame(socket, { id, body });
}

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

transportSuite(tcp, {
  prepare,
  card: new URL('../waybill.plugin.json', import.meta.url),
  carries: ['id'],
  putOversized: ({ inbound }) => put({ body: new Uint8Array(1024 ** 2 + 1) }, Number(inbound?.port)),
  unreachable: async () => ({ connection: {}, outbound: { port: await freePort() } }),
});
