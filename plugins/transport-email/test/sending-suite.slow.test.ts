import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type Outside, transportSuite } from '@waybill/testing';
import { bodyOfMail, MailServer, type TakenMail } from './mail-server.ts';
import { relayAt } from './post-office.ts';
import { sendingSide } from './sides.ts';

interface World extends Outside {
  readonly server: MailServer;
}

const recipients = ['ada@mill.example.test', 'bob@yard.example.test', 'cyd@shop.example.test'];

async function prepare(): Promise<World> {
  const server = await MailServer.start();
  const seen = (mails: readonly TakenMail[]) => Promise.all(mails.map(async (mail) => ({ body: await bodyOfMail(mail) })));
  return {
    server,
    connection: { smtp: relayAt(server.port), domain: 'shop.example.test' },
    outbound: { from: 'orders@shop.example.test', to: recipients },
    recipients,
    taken: () => seen(server.mails),
    takenFor: (recipient) => seen(server.mails.filter(({ to }) => to.includes(recipient))),
    close: () => server.close(),
  };
}

const silent = createServer(() => undefined).unref();

async function silentPort(): Promise<number> {
  if (!silent.listening) await once(silent.listen(0, '127.0.0.1'), 'listening');
  return (silent.address() as AddressInfo).port;
}

transportSuite<World>(sendingSide, {
  prepare,
  module: new URL('../src/index.ts', import.meta.url),
  failRecipient: async ({ server }, recipient, outcome) => {
    if (outcome === undefined) server.failing.delete(recipient);
    else server.failing.set(recipient, outcome);
  },
  silence: async ({ server }) => void (server.isSilent = true),
  speak: async ({ server }) => server.speak(),
  refuse: async ({ server }) => void (server.refusesMails = true),
  loseAnswer: async ({ server }) => void (server.losesAnswer = true),
  breakConnection: ({ server }) => server.cut(),
  repairConnection: ({ server }) => server.open(),
  unreachable: async ({ connection, outbound = {} }) => ({ connection: { ...connection, smtp: relayAt(1) }, outbound }),
  hanging: async ({ connection }) => ({ ...connection, smtp: relayAt(await silentPort()) }),
});
