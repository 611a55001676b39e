import { describe, expect, it } from 'vitest';
import type { EmailConnection } from '../src/email-connection.ts';
import { entryOf } from './mail/rig.ts';
import { scripted } from './one-server.ts';
import { connect, relayAt } from './post-office.ts';

describe('a probe', () => {
  it('sees that the server lets this side in, and sends nothing', async () => {
    const server = await scripted([{}]);
    await (await connect(relayAt(server.port))).probe();
    expect(server.seen[0]?.commands.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'NOOP', 'QUIT']);
  });

  it('sees that the server does not go on', async () => {
    const server = await scripted([{ noop: '421 4.3.2 no' }]);
    await expect((await connect(relayAt(server.port))).probe()).rejects.toMatchObject({ code: 'WB_EMAIL_BUSY' });
  });

  const probeOf = (connection: EmailConnection, from: string) => connection.probeTarget(entryOf({ from }));

  it('of an entry sees that the server takes mails of its sender, and sends none', async () => {
    const server = await scripted([{}]);
    const connection = await connect(relayAt(server.port));
    await probeOf(connection, 'Orders <orders@bücher.test>');
    expect(server.seen[0]?.commands.slice(1)).toEqual(['MAIL FROM:<orders@xn--bcher-kva.test>', 'RSET', 'QUIT']);
  });

  it.each([
    ['550 5.7.1 not you', 'WB_EMAIL_REFUSED'],
    ['451 4.3.0 later', 'WB_EMAIL_LATER'],
  ])('of an entry sees that the server says %s to its sender', async (mail, code) => {
    const server = await scripted([{ mail }]);
    await expect(probeOf(await connect(relayAt(server.port)), 'orders@shop.test')).rejects.toMatchObject({ code });
  });

  it('of an entry whose sender has no address says so', async () => {
    const server = await scripted([{}]);
    await expect(probeOf(await connect(relayAt(server.port)), 'Orders <orders@shop.test SIZE=1>')).rejects.toMatchObject({
      code: 'WB_EMAIL_ADDRESS',
    });
    expect(server.seen.length).toBe(0);
  });
});
