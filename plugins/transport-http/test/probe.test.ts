import { describe, expect, it } from 'vitest';
import transport from '../src/index.ts';
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
