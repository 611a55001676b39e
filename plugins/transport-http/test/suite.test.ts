import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { transportSuite } from '@waybill/testing';
import express from 'express';
import { afterAll, beforeAll } from 'vitest';
import { createHttpTransport } from '../src/index.ts';
import { common, prepareWorld } from './world.ts';

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
