import { eventually } from '@waybill/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MailServer } from './mail-server.ts';
import { ada, endingOf, scripted } from './one-server.ts';
import { messageFor, relayAt, senderTo, sendTo } from './post-office.ts';

const verbs = (commands: readonly string[]) => commands.map((line) => line.split(' ')[0]);

describe('the connections of a sender', () => {
  it('are used again', async () => {
    const server = await scripted([{}]);
    const sender = await senderTo(relayAt(server.port));
    for (let mail = 0; mail < 5; mail++) await sendTo(sender, [ada]);
    expect([server.seen.length, server.seen[0]?.dots]).toEqual([1, 5]);
    expect(verbs(server.seen[0]?.commands ?? [])).not.toContain('RSET');
  });

  it('are as many as the entry sends at the same time, and whoever finds none free waits', async () => {
    const server = await MailServer.start();
    onTestFinished(() => server.close());
    const sender = await senderTo(relayAt(server.port));
    let most = 0;
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        await sendTo(sender, [ada]);
        most = Math.max(most, server.connections);
      }),
    );
    expect([server.mails.length, most]).toEqual([40, 4]);
  });

  it('are left after so many mails, politely', async () => {
    const server = await scripted([{}]);
    const sender = await senderTo(relayAt(server.port, { mailsEach: 2 }));
    for (let mail = 0; mail < 4; mail++) await sendTo(sender, [ada]);
    await eventually(() => server.seen.every(({ commands }) => commands.at(-1) === 'QUIT'), { what: 'both to be left' });
    expect(server.seen.map(({ dots }) => dots)).toEqual([2, 2]);
  });

  it('are left when nobody has needed them for a while', async () => {
    const server = await scripted([{}]);
    const sender = await senderTo(relayAt(server.port, { idleTimeout: '30ms' }));
    await eventually(() => server.seen[0]?.commands.at(-1) === 'QUIT', { what: 'the first one to be left' });
    await sendTo(sender, [ada]);
    expect(server.seen.length).toBe(2);
  });

  it('are all left when the sender is closed', async () => {
    const server = await scripted([{}]);
    const sender = await senderTo(relayAt(server.port));
    await Promise.all([1, 2, 3].map(() => sendTo(sender, [ada])));
    await sender.close();
    expect(server.seen.map(({ commands }) => commands.at(-1))).toEqual(server.seen.map(() => 'QUIT'));
  });

  it('that the server has left in the meantime are replaced, and nothing is counted', async () => {
    const server = await MailServer.start();
    onTestFinished(() => server.close());
    const sender = await senderTo(relayAt(server.port));
    await sendTo(sender, [ada]);
    await server.cut();
    await server.open();
    await expect(sendTo(sender, [ada])).resolves.toBeDefined();
    expect(server.mails.length).toBe(2);
  });

  it.each([
    ['a cut', { ends: 'reset' }],
    ['a 421', { say: '421 4.4.2 too long idle', ends: 'close' }],
  ] as const)('on which %s answers the next MAIL are replaced, once', async (_, mail) => {
    let mails = 0;
    const server = await scripted([
      {
        get mail() {
          return mails++ === 0 ? '250 ok' : mail;
        },
      },
      { mail: '250 fresh' },
      {},
    ]);
    const sender = await senderTo(relayAt(server.port));
    await sendTo(sender, [ada]);
    await expect(sendTo(sender, [ada])).resolves.toBeDefined();
    expect(server.seen.map(({ dots }) => dots)).toEqual([1, 1]);
  });

  it('that end after MAIL was answered are not replaced: the kernel decides', async () => {
    let mails = 0;
    const server = await scripted([
      {
        get data() {
          return mails++ === 0 ? '354 go' : ({ ends: 'reset' } as const);
        },
      },
      {},
    ]);
    const sender = await senderTo(relayAt(server.port));
    await sendTo(sender, [ada]);
    expect((await endingOf(sendTo(sender, [ada]))).error).toMatchObject({ code: 'WB_EMAIL_GONE', connectionLost: true });
    expect(server.seen.length).toBe(1);
  });

  it('with a fresh one that ends at once are not tried without end', async () => {
    const server = await scripted([{}, { mail: { ends: 'reset' } }]);
    const sender = await senderTo(relayAt(server.port, { mailsEach: 1 }));
    await sendTo(sender, [ada]);
    expect((await endingOf(sendTo(sender, [ada]))).error).toMatchObject({ code: 'WB_EMAIL_GONE', outcome: 'not-sent' });
    expect(server.seen.length).toBe(2);
  });

  it('do not keep a send waiting whose time is over', async () => {
    const server = await scripted([{ dot: { ends: 'silent' } }]);
    const sender = await senderTo(relayAt(server.port));
    const time = new AbortController();
    const five = Array.from({ length: 5 }, () => endingOf(sender.send(messageFor([ada]), { signal: time.signal })));
    await eventually(() => server.seen.filter(({ dots }) => dots === 1).length === 4, { what: 'four to be under way' });
    time.abort();
    const codes = (await Promise.all(five)).map(({ error }) => error?.code);
    expect(codes).toEqual([...Array.from({ length: 4 }, () => 'WB_EMAIL_NO_ANSWER'), 'WB_EMAIL_GIVEN_UP']);
  });
});
