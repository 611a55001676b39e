import type { Receipt } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { relayIdIn } from '../src/sending/relay-id.ts';
import { ada, bob, cyd, endingOf, scripted, sendOver } from './one-server.ts';
import { messageFor, relayAt, senderTo, sendTo } from './post-office.ts';

describe('a receipt', () => {
  it.each([
    ['2.0.0 Ok: queued as 4F2A1B00C3', '4F2A1B00C3'],
    ['OK id=1t9abc-000000000X2-1aBc', '1t9abc-000000000X2-1aBc'],
    ['Ok 0100018f5c3c0a4f-1b2c3d4e-000000', '0100018f5c3c0a4f-1b2c3d4e-000000'],
    [
      '2.6.0 <AM0PR0401MB2.eurprd04.prod.outlook.com> [InternalId=1, Hostname=x] 9 bytes in 0.1, Queued mail for delivery',
      '<AM0PR0401MB2.eurprd04.prod.outlook.com>',
    ],
    ['2.0.0 4ARAbCd0123456 Message accepted for delivery', '4ARAbCd0123456'],
    ['2.0.0 OK  1732700000 a1b2c3d4-20020a05600c - gsmtp', 'a1b2c3d4-20020a05600c'],
    ['2.0.0 <ada@example.test> 8Kx2OQabcd Saved', '8Kx2OQabcd'],
    ['ok 1732700000 qp 4711', 'qp 4711'],
    ['2.0.0 thank you', undefined],
    ['', undefined],
  ])('of "%s" has the id that the server gave the mail', (text, id) => {
    expect(relayIdIn({ code: 250, text })).toBe(id);
  });

  it('has the id, the words of the server, and each recipient in the order of the message', async () => {
    const { receipt, server } = await sendOver({ dot: '250 2.0.0 Ok: queued as 4F2A1B', rcpt: { [ada]: '550 5.1.1 no' } }, [bob, ada]);
    expect(receipt).toEqual({
      id: '4F2A1B',
      detail: `127.0.0.1:${server.port} said 250 2.0.0 Ok: queued as 4F2A1B`,
      recipients: [
        { address: bob, outcome: 'sent', detail: '250 2.0.0 Ok: queued as 4F2A1B' },
        { address: ada, outcome: 'refused', detail: '550 5.1.1 no' },
      ],
    });
  });
});

describe('a sender', () => {
  it('goes to those only who are still open', async () => {
    const server = await scripted([{}]);
    const sender = await senderTo(relayAt(server.port));
    const { recipients } = await sender.send(messageFor([ada, bob]), { signal: new AbortController().signal, to: [bob] });
    expect(recipients?.map(({ address }) => address)).toEqual([bob]);
    expect(server.seen[0]?.commands.join()).not.toContain(ada);
  });

  it('notes what is known of all before each further step, and goes on when that is recorded', async () => {
    const server = await scripted([{ rcpt: { [ada]: '550 5.1.1 no' } }]);
    const sender = await senderTo(relayAt(server.port, { recipientsAtOnce: 1 }));
    const noted: unknown[] = [];
    const note = async (recipients: Receipt['recipients'] = []) => {
      noted.push([...recipients.map(({ address, outcome }) => `${address} ${outcome}`), server.seen[0]?.dots]);
      return true;
    };
    await sender.send(messageFor([ada, bob, cyd]), { signal: new AbortController().signal, note });
    expect(noted).toEqual([
      [`${ada} refused`, `${bob} later`, `${cyd} later`, 0],
      [`${ada} refused`, `${bob} sent`, `${cyd} later`, 1],
    ]);
  });

  it('sends to nobody any more when the mail is somebody else’s by then', async () => {
    const server = await scripted([{}]);
    const sender = await senderTo(relayAt(server.port, { recipientsAtOnce: 1 }));
    const { recipients } = await sender.send(messageFor([ada, bob]), { signal: new AbortController().signal, note: async () => false });
    expect(recipients?.map(({ outcome }) => outcome)).toEqual(['sent', 'later']);
    expect(server.seen.map(({ dots }) => dots)).toEqual([1]);
  });

  it('knows by which word the mail will be named, without sending it', async () => {
    const server = await scripted([{}]);
    const sender = await senderTo(relayAt(server.port), { post: { bounces: { domain: 'bounces.example.test' }, key: 'k'.repeat(20) } });
    const message = messageFor([ada]);
    const [reference, ...others] = sender.references?.(message) ?? [];
    expect([others, server.seen[0]?.dots]).toEqual([[], 0]);
    await sender.send(message, { signal: new AbortController().signal });
    expect(server.seen[0]?.commands[1]).toMatch(
      new RegExp(`^MAIL FROM:<b-${reference}@bounces\\.example\\.test> .*ENVID=wb\\.${reference}$`),
    );
    expect(server.seen[0]?.data?.toString()).toContain(`Message-ID: <wb.${reference}@shop.example.test>`);
  });

  it('says the same bytes to the same sender at each attempt', async () => {
    const server = await scripted([{ dot: '451 4.7.1 greylisted' }, {}]);
    const message = messageFor([ada]);
    for (let attempt = 0; attempt < 2; attempt++) {
      const sender = await senderTo(relayAt(server.port));
      await endingOf(sender.send(message, { signal: new AbortController().signal }));
    }
    const [first, second] = server.seen.map(({ data, commands }) => [data?.toString(), commands.find((line) => line.startsWith('MAIL'))]);
    expect(first).toEqual(second);
  });

  it('tells a failure with the place, the words of the server and the next step', async () => {
    const { error, server } = await sendOver({ mail: '550 5.7.1 <orders@shop.example.test>: sender rejected' }, [ada, bob]);
    expect(error?.message).toBe(
      `127.0.0.1:${server.port} does not want the mail: 550 5.7.1 <orders@shop.example.test>: sender rejected (said to the sender of the mail).`,
    );
    expect(error?.hint).toBeTruthy();
  });

  it('that is closed sends nothing any more', async () => {
    const server = await scripted([{}]);
    const sender = await senderTo(relayAt(server.port));
    await sender.close();
    await expect(sendTo(sender, [ada])).rejects.toMatchObject({ code: 'WB_EMAIL_CLOSED', outcome: 'not-sent' });
  });
});
