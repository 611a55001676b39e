import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { type Outside, type OutsideMessage, type Put, transportSuite } from '@waybill/testing';
import { FrameReader, writeAnswer, writeFrame } from '../src/frames.ts';
import tcp from '../src/index.ts';

interface World extends Outside {
  /** What the far side does with a message that has arrived. */
  does: 'answer' | 'refuse' | 'say nothing' | 'hang up';
}

/** A far side for one question: a server that takes what is sent, and a client that puts. */
async function prepare(): Promise<World> {
  const taken: OutsideMessage[] = [];
  const farSide = createServer((socket) => {
    const reader = new FrameReader(socket);
    socket.on('error', () => undefined);
    void (async () => {
      const { id, length } = await reader.head();
      const message = { id, body: await reader.body(length) };
      if (world.does === 'refuse') return writeAnswer(socket, { outcome: 'rejected', reason: 'The far side is choosy.' });
      taken.push(message);
      if (world.does === 'answer') writeAnswer(socket, { outcome: 'accepted' });
      if (world.does === 'hang up') socket.destroy();
    })();
  });
  const inbound = { port: await freePort() };
  const world: World = {
    does: 'answer',
    connection: {},
    inbound,
    outbound: { port: await listen(farSide) },
    put: async (message) => put(message, inbound.port),
    taken: async () => taken,
    close: async () => void farSide.close(),
  };
  return world;
}

let ids = 0;

async function put({ id = `made-up-${++ids}`, body }: OutsideMessage, port: number): Promise<Put> {
  const socket = connect({ host: '127.0.0.1', port });
  const reader = new FrameReader(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  await writeFrame(socket, { id, body });
  return {
    told: reader.answer().then(
      ({ outcome }) => outcome === 'accepted',
      () => false,
    ),
  };
}

async function listen(server: Server, wanted = 0): Promise<number> {
  await once(server.listen(wanted, '127.0.0.1'), 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A port that nobody uses, below those that the system gives to outgoing connections, or one of them would soon have it. */
async function freePort(): Promise<number> {
  const port = 10_000 + Math.floor(20_000 * Math.random());
  const server = createServer();
  const free = await listen(server, port).catch(() => undefined);
  await new Promise((resolve) => server.close(resolve));
  return free ?? freePort();
}

transportSuite(tcp, {
  prepare,
  card: new URL('../waybill.plugin.json', import.meta.url),
  carries: ['id'],
  putOversized: ({ inbound }) => put({ body: new Uint8Array(1024 ** 2 + 1) }, Number(inbound?.port)),
  unreachable: async () => ({ connection: {}, outbound: { port: await freePort() } }),
  silence: async (world) => void (world.does = 'say nothing'),
  speak: async (world) => void (world.does = 'answer'),
  refuse: async (world) => void (world.does = 'refuse'),
  loseAnswer: async (world) => void (world.does = 'hang up'),
});
