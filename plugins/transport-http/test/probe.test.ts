import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import transport from '../src/index.ts';
import { rawFarSide } from './answering-server.ts';
import { ask, connectTo, failureOf, receiving } from './helpers.ts';

const source = { path: '/in' } as never;
const probe = async (connection: Awaited<ReturnType<typeof connectTo>>) => transport.receive?.probe?.(connection, source);

describe('trying whether an inbound entry could receive', () => {
  it('takes the port, and gives it back with the connection', async () => {
    const connection = await connectTo({ listen: { port: 0 } });
    await probe(connection);
    const { port = 0 } = connection.address ?? {};
    expect((await failureOf(probe(await connectTo({ listen: { port } })))).code).toBe('WB_HTTP_CANNOT_LISTEN');
    await transport.disconnect?.(connection);
    await probe(await connectTo({ listen: { port } }));
  });

  it('takes no message', async () => {
    const connection = await connectTo({ listen: { port: 0 } });
    await probe(connection);
    const { host, port } = connection.address ?? { host: '', port: 0 };
    expect((await ask(`http://${host}:${port}/in`)).status).toBe(404);
  });

  it('fails where somebody else receives', async () => {
    const { port } = await receiving();
    expect((await failureOf(probe(await connectTo({ listen: { port } })))).code).toBe('WB_HTTP_CANNOT_LISTEN');
  });
});

describe('trying whether an outbound entry could send', () => {
  it('connects, and says nothing', async () => {
    const { port, sockets, heard } = await rawFarSide(() => undefined);
    await transport.probe?.(await connectTo({ url: `http://127.0.0.1:${port}` }));
    await eventually(() => sockets.size === 1, { what: 'the connection' });
    expect(heard()).toBe('');
  });

  it('fails where each connection is closed at once, as by a balancer with nothing behind it', async () => {
    const { port } = await rawFarSide((socket) => void socket.end());
    const error = await failureOf(transport.probe?.(await connectTo({ url: `http://127.0.0.1:${port}` })));
    expect(error).toMatchObject({ code: 'WB_HTTP_UNREACHABLE', connectionLost: true });
  });
});
