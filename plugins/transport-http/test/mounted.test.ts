import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolveSettings } from '@waybill/contract/host';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpTransport, type MountableApp } from '../src/index.ts';
import { ask, context, receiveContext } from './helpers.ts';

/** Somebody's app with our transport in it, receiving at /in below the place where `mount` puts it. */
async function receivingIn(mount: (app: express.Express) => MountableApp) {
  const app = express();
  const transport = createHttpTransport({ app: mount(app) });
  app.get('/hello', (_, response) => void response.send('from the app'));
  const connection = await transport.connect(resolveSettings(transport.connection, {}, { folder: '/' }) as never, context);
  const settings = resolveSettings(transport.receive?.endpoint ?? {}, { path: '/in', auth: 'none' }, { folder: '/' });
  const listener = await transport.receive?.open(connection, settings as never, receiveContext({ stateOf: async () => 'done' }));
  const stop = new AbortController();
  const running = listener?.run(async ({ message: { id } }) => ({ outcome: 'accepted', stored: true, id }), stop.signal);
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    stop.abort();
    await running;
    await transport.disconnect?.(connection);
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connection };
}

describe('the transport in an express app', () => {
  it('refuses the app of a framework that takes no middleware', () => {
    const other = { get: () => undefined, register: () => undefined } as unknown as MountableApp;
    expect(() => createHttpTransport({ app: other })).toThrow(
      expect.objectContaining({ code: 'WB_HTTP_CANNOT_MOUNT', retryable: false, hint: expect.stringContaining('express') as unknown }),
    );
  });

  it('receives there, opens no server, and leaves the rest to the app', async () => {
    const { origin, connection } = await receivingIn((app) => app);
    expect((await ask(`${origin}/in`)).status).toBe(202);
    expect(connection.address).toBeUndefined();
    expect((await ask(`${origin}/hello`, { method: 'GET', body: null })).text).toBe('from the app');
    expect((await ask(`${origin}/nowhere`)).status).toBe(404);
    expect((await ask(`${origin}/in`, { method: 'PUT' })).status).toBe(405);
  });

  it('gives addresses that hold below a router', async () => {
    const { origin } = await receivingIn((app) => {
      const router = express.Router();
      app.use('/messages', router);
      return router;
    });
    const { status, headers } = await ask(`${origin}/messages/in`, { headers: { 'content-type': 'text/xml', 'idempotency-key': 'm-1' } });
    expect([status, headers.get('location')]).toEqual([202, '/messages/in/m-1']);
    const state = await ask(`${origin}${headers.get('location')}`, { method: 'GET', body: null });
    expect(JSON.parse(state.text)).toEqual({ id: 'm-1', state: 'done' });
  });

  it('says so when something in front of it has read the body', async () => {
    const { origin } = await receivingIn((app) => {
      app.use(express.text({ type: '*/*' }));
      return app;
    });
    const answer = await ask(`${origin}/in`);
    expect([answer.status, answer.problem().code]).toEqual([500, 'WB_HTTP_BODY_TAKEN']);
  });
});
