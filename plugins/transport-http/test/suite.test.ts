import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defineTransport } from '@waybill/contract';
import { type TransportHarness, transportSuite } from '@waybill/testing';
import express from 'express';
import { afterAll, beforeAll } from 'vitest';
import { createHttpTransport, type HttpConnection } from '../src/index.ts';
import { closedPort, prepareWorld, type World } from './world.ts';

const common = {
  carries: ['id', 'contentType', 'properties'],
  foldsCase: true,
  unreachable: async () => ({ connection: { url: `http://127.0.0.1:${await closedPort()}` }, outbound: {} }),
  silence: async ({ far }) => far.fail('silent'),
  speak: async ({ far }) => far.fail(undefined),
  refuse: async ({ far }) => far.fail('refuses'),
  loseAnswer: async ({ far }) => far.fail('breaks off'),
} satisfies Partial<TransportHarness<World>>;

// With a server of its own, on whatever port the system gave to the connection that was opened last.
const standalone = createHttpTransport();
const opened: HttpConnection[] = [];
const watched = defineTransport({
  ...standalone,
  connect: async (site, context) => {
    const connection = await standalone.connect(site, context);
    opened.push(connection);
    return connection;
  },
});

function ownOrigin(): string {
  const { address } = opened.findLast((connection) => connection.address) ?? {};
  if (!address) throw new Error('nothing listens yet');
  return `http://${address.host}:${address.port}`;
}

transportSuite(watched, {
  ...common,
  card: new URL('../waybill.plugin.json', import.meta.url),
  prepare: () => prepareWorld({ listen: { port: 0 } }, ownOrigin),
});

// Mounted in somebody's express app. Its card would differ: connections need no `listen`.
const app = express();
let server: Server;

beforeAll(async () => {
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

transportSuite(createHttpTransport({ app }), {
  ...common,
  prepare: () => prepareWorld({}, () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
});
