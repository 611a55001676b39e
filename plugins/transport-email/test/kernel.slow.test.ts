import { defineEvent, defineJournal, defineMessagePack, settings, Type } from '@waybill/contract';
import { createKernel } from '@waybill/kernel';
import { eventually, MemoryJournalFile, silentLog } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import transport from '../src/index.ts';
import { ada, bob, cyd, scripted, stepByStep } from './one-server.ts';
import { relayAt } from './post-office.ts';
import type { SessionScript } from './script-server.ts';
import { certificate, startTls } from './tls-server.ts';

const told = defineEvent({ name: 'order.told', summary: 'Somebody is told of an order.', data: Type.Object({ text: Type.String() }) });

const pack = defineMessagePack({
  name: 'telling',
  summary: 'A mail about an order.',
  messages: [{ name: 'Told', version: '1', direction: 'out', summary: 'A mail.', event: told }],
  recognise: () => undefined,
  read: () => {
    throw new TypeError('nothing is read here');
  },
  compose: () => ({ type: 'Told', contentType: 'application/xml', body: '<Order/>' }),
});

/** A kernel that sends one mail to three, and what its journal has of it. */
async function startKernel(smtp: object, retry: object = { attempts: 5, first: '5ms', most: '20ms' }) {
  const file = new MemoryJournalFile();
  const journal = defineJournal({ name: 'kept', summary: 'Outlives its kernel.', settings: settings({}), open: async () => file.open() });
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'kept' },
      connections: { post: { transport: 'email', smtp, domain: 'shop.example.test' } },
      outbound: { people: { connection: 'post', from: 'orders@shop.example.test', to: [ada, bob, cyd], concurrency: 1, retry } },
      routes: [{ event: 'order.told', message: 'Told', to: ['people'] }],
    },
    plugins: [transport, pack, journal],
    handlers: [],
    log: silentLog,
  });
  await kernel.start();
  onTestFinished(() => kernel.stop({ grace: 1_000 }));
  const { desk } = file.open();
  const leg = async () => {
    const [row] = (await desk.list({ direction: 'out' })).rows;
    return row && (await desk.show({ ...row, id: row.id }));
  };
  const ended = (state: 'done' | 'parked') =>
    eventually(
      async () => {
        const found = await leg();
        return found?.state === state && found;
      },
      { what: `the mail to be ${state}` },
    );
  return { kernel, leg, ended };
}

const outcomesIn = (recipients: ReadonlyArray<{ readonly address: string; readonly outcome: string }> = []) =>
  Object.fromEntries(recipients.map(({ address, outcome }) => [address, outcome]));

describe('a kernel that sends a mail to three', () => {
  it.each<readonly [string, readonly SessionScript[], Readonly<Record<string, string>>]>([
    ['is told of each of them', [{}], { [ada]: 'sent', [bob]: 'sent', [cyd]: 'sent' }],
    [
      'tries again for the one who was put off, and keeps the one who was refused',
      [{ rcpt: { [bob]: '550 5.1.1 no', [cyd]: '451 4.2.1 busy' } }, {}],
      { [ada]: 'sent', [bob]: 'refused', [cyd]: 'sent' },
    ],
    [
      'forgets nobody when the connection ends after one was refused',
      [{ ehlo: stepByStep, rcpt: { [ada]: '550 5.1.1 no', [cyd]: { ends: 'reset' } } }, {}],
      { [ada]: 'refused', [bob]: 'sent', [cyd]: 'sent' },
    ],
    [
      'forgets nobody when the server says goodbye in the middle',
      [{ ehlo: stepByStep, rcpt: { [bob]: { say: '421 4.7.0 enough', ends: 'close' } } }, {}],
      { [ada]: 'sent', [bob]: 'sent', [cyd]: 'sent' },
    ],
    [
      'sends it once where the connection ends before',
      [{ data: { ends: 'reset' } }, { greeting: { say: '421 4.3.2 no', ends: 'close' } }, {}],
      { [ada]: 'sent', [bob]: 'sent', [cyd]: 'sent' },
    ],
  ])('%s', async (_, sessions, expected) => {
    // The answers of the first connection that are to be seen again belong to it alone: a later one is the next in the list.
    const server = await scripted(sessions);
    const { kernel, leg } = await startKernel(relayAt(server.port, { mailsEach: 1 }));
    await kernel.publish(told, { text: 'x' });
    await eventually(
      async () => {
        const outcomes = outcomesIn((await leg())?.recipients);
        return Object.keys(expected).every((address) => outcomes[address] === expected[address]);
      },
      { what: JSON.stringify(expected) },
    );
    const recipients = server.seen
      .filter(({ dots }) => dots > 0)
      .flatMap(({ commands }) => commands.filter((line) => line.startsWith('RCPT')));
    for (const [address, outcome] of Object.entries(expected)) {
      const mails = recipients.filter((line) => line.includes(address)).length;
      expect([address, mails <= 2, outcome === 'sent' ? mails >= 1 : true]).toEqual([address, true, true]);
    }
  });

  it('parks it as unknown when the answer to its end is lost, keeps what is known, and sends it again when a person says so', async () => {
    const server = await scripted([{ rcpt: { [ada]: '550 5.1.1 no' }, dot: { ends: 'reset' } }, {}]);
    const { kernel, ended } = await startKernel(relayAt(server.port));
    await kernel.publish(told, { text: 'x' });
    const { id, recipients } = await ended('parked');
    expect(outcomesIn(recipients)).toEqual({ [ada]: 'refused', [bob]: 'unknown', [cyd]: 'unknown' });
    await kernel.desk.replay([{ direction: 'out', entry: 'people', id }], { who: 'test' });
    expect(outcomesIn((await ended('done')).recipients)).toEqual({ [ada]: 'sent', [bob]: 'sent', [cyd]: 'sent' });
  });

  it('parks nothing while the login is refused, and sends when it works', async () => {
    let isRight = true;
    const server = await startTls({
      login: (line) => (line.startsWith('AUTH') ? (isRight ? '235 2.7.0 in\r\n' : '535 5.7.8 wrong\r\n') : undefined),
    });
    const auth = { password: { user: 'shop', password: 'secret-one' } };
    const relay = { host: 'localhost', port: server.port, tls: { ca: certificate }, auth, mailsEach: 1, idleTimeout: '1ms' };
    const { kernel, leg, ended } = await startKernel(relay, { attempts: 1, first: '1ms', most: '1ms' });
    await eventually(() => server.secret.includes('QUIT'), { what: 'the first connection to be left' });
    isRight = false;
    await kernel.publish(told, { text: 'x' });
    const refusals = () => server.secret.filter((line) => line.startsWith('AUTH')).length;
    await eventually(() => refusals() >= 4, { what: 'three refused logins' });
    expect((await leg())?.state).toBe('waiting');
    isRight = true;
    expect(outcomesIn((await ended('done')).recipients)).toEqual({ [ada]: 'sent', [bob]: 'sent', [cyd]: 'sent' });
  });
});
