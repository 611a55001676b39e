import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isSafe, mailCommand, recipientCommand } from '../src/smtp/envelope.ts';
import { offersIn } from '../src/smtp/opening/hello.ts';
import { dialogueAt, envelopeTo, recipientOf, transactAt } from './dialogue-at.ts';
import { ada, bob, endingOf, scripted } from './one-server.ts';
import { openSender, relayAt, senderTo, sendTo } from './post-office.ts';

const offersOfAll = offersIn(['mx', 'SIZE', '8BITMIME', 'SMTPUTF8', 'DSN', 'PIPELINING']);

/** A server that goes on saying the same for as long as somebody listens; answers its port. */
async function endless(text: string, first = ''): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const more = (): void => {
      while (!socket.destroyed && socket.write(text));
    };
    socket.on('error', () => undefined).on('drain', more);
    socket.write(first);
    more();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('a server that does not stop talking', () => {
  it.each([
    ['a line without an end', 'x'.repeat(1_000)],
    ['a greeting without an end', '220-welcome\r\n'.repeat(100)],
    ['an answer that is none', '\0\u0001\u0002\r\n'.repeat(100)],
  ])('is left: %s', async (_, text) => {
    await expect(openSender(relayAt(await endless(text, '220')))).rejects.toMatchObject({ code: 'WB_EMAIL_PROTOCOL' });
  });

  it('with answers that nobody has asked for is left, in bounded memory', async () => {
    const port = await endless('250 ok\r\n'.repeat(1_000), '220 mx\r\n');
    const { error } = await endingOf(openSender(relayAt(port)).then((sender) => sendTo(sender, [ada])));
    expect(error).toMatchObject({ outcome: 'not-sent' });
  });

  it('after the mail leaves its fate open', async () => {
    const server = await scripted([{ dot: { raw: '250-taken\r\n'.repeat(10_000), ends: 'silent' } }]);
    const { error } = await endingOf(sendTo(await senderTo(relayAt(server.port)), [ada]));
    expect(error).toMatchObject({ code: 'WB_EMAIL_NO_ANSWER', outcome: 'unknown' });
  });

  it('cannot write line breaks or control characters into a log', async () => {
    const server = await scripted([{ rcpt: { [ada]: { raw: '550 no\u001b[31m\u0007 such\u0000 user\r\n' } } }]);
    const { error } = await endingOf(sendTo(await senderTo(relayAt(server.port)), [ada]));
    // oxlint-disable-next-line no-control-regex -- that is what is looked for.
    expect(error?.message).not.toMatch(/[\u0000-\u001f]/);
  });
});

describe('an address', () => {
  it.each([
    ['a line break', 'eve@x.test>\r\nRCPT TO:<mallory@x.test'],
    ['a bare CR', 'eve\r@x.test'],
    ['a NUL', 'eve\0@x.test'],
    ['an angle bracket', 'eve>@x.test'],
    ['a parameter', 'eve@x.test SIZE=1'],
    ['a blank', 'e ve@x.test'],
    ['a line separator', 'eve\u2028@x.test'],
    ['no @', 'eve'],
    ['more than a path may have', `${'e'.repeat(300)}@x.test`],
  ])('with %s never reaches the server, and the others get their mail', async (_, address) => {
    const server = await scripted([{}]);
    const { fates } = await transactAt(await dialogueAt(server.port), envelopeTo([address, bob]));
    expect(fates.map(({ outcome }) => outcome)).toEqual(['refused', 'sent']);
    const recipients = server.seen[0]?.commands.filter((line) => line.startsWith('RCPT')) ?? [];
    expect([recipients.length, recipients[0]]).toEqual([1, expect.stringContaining(`<${bob}>`)]);
    expect(server.seen[0]?.commands.join()).not.toMatch(/eve|mallory|eeee/);
  });

  it('of a sender that is none reaches nobody', async () => {
    const server = await scripted([{}]);
    const { fates } = await transactAt(await dialogueAt(server.port), envelopeTo([ada, bob], { sender: 'orders@shop.test SIZE=1' }));
    expect(fates.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
    expect(server.seen[0]?.commands).toEqual(['EHLO shop.example.test']);
  });

  it('never breaks a command, whatever is in it', () => {
    const line = /^(MAIL FROM:<[^<>\s]*>|RCPT TO:<[^<>\s]+>)( [A-Z0-9]+(=[!-<>-~]+)?)* NOTIFY=FAILURE,DELAY( ORCPT=[!-~]+)?$/;
    const text = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.stringMatching(/^[a-z<> \r\n+=@"\u00fc\u2028]{1,10}$/));
    fc.assert(
      fc.property(text, text, (local, domain) => {
        const address = `${local}@${domain}`;
        if (!isSafe(address)) return;
        const envelope = envelopeTo([address], { sender: address });
        expect(recipientCommand(recipientOf(address), envelope, offersOfAll)).toMatch(line);
        expect(mailCommand(envelope, offersOfAll, { size: 1, hasEightBit: true })).toMatch(
          /^MAIL FROM:<[^<>\s]+> SIZE=1 BODY=8BITMIME( SMTPUTF8)? RET=HDRS ENVID=wb\.abc$/,
        );
      }),
      { numRuns: 500 },
    );
  });
});
