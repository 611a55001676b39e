import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { ada, atOnce, bob, cyd, endingOf, scripted, sendOver, stepByStep } from './one-server.ts';
import { messageFor, relayAt, senderTo, sendTo } from './post-office.ts';
import type { SessionScript } from './script-server.ts';

const ways = [
  ['in one go', atOnce],
  ['one by one', stepByStep],
] as const;

/** What a server says at one point, and what became of a recipient who was refused before (RCPT) and of one who was not. */
const table: ReadonlyArray<readonly [what: string, session: SessionScript, refused: string, taken: string]> = [
  ['a 4xx to MAIL speaks of all', { mail: '451 4.3.0 later' }, 'later', 'later'],
  ['a 5xx to MAIL speaks of all', { mail: '550 5.7.1 not you' }, 'refused', 'refused'],
  ['a 4xx to DATA speaks of those who were taken', { data: '451 4.3.0 later' }, 'refused', 'later'],
  ['a 5xx to DATA speaks of those who were taken', { data: '554 5.6.0 no' }, 'refused', 'refused'],
  ['a 2xx after the mail is for those who were taken', {}, 'refused', 'sent'],
  ['a 4xx after the mail is for those who were taken', { dot: '452 4.3.1 full' }, 'refused', 'later'],
  ['a 5xx after the mail is for those who were taken', { dot: '550 5.7.1 spam' }, 'refused', 'refused'],
  ['a 421 after the mail is an answer', { dot: { say: '421 4.3.2 going down', ends: 'close' } }, 'refused', 'later'],
  ['a 3xx after the mail is neither yes nor no', { dot: '354 go on' }, 'refused', 'unknown'],
  ['a 503 after the mail is not the fault of the mail', { dot: '503 5.5.1 what' }, 'refused', 'later'],
  ['a cut after the mail leaves it open', { dot: { ends: 'reset' } }, 'refused', 'unknown'],
];

describe.each(ways)('answers to commands %s', (_, ehlo) => {
  it.each(table)('%s', async (_what, session, refused, taken) => {
    const { outcomes } = await sendOver({ ehlo, rcpt: { [ada]: '550 5.1.1 no such user' }, ...session }, [ada, bob]);
    expect(outcomes).toEqual({ [ada]: refused, [bob]: taken });
  });

  it('keep the words of the server', async () => {
    const { receipt } = await sendOver({ ehlo, rcpt: { [ada]: '550 5.1.1 no such user' } }, [ada, bob]);
    expect(receipt?.recipients?.[0]?.detail).toBe('550 5.1.1 no such user');
  });

  it('are not mixed up by a refused one: the next mail over the connection goes out', async () => {
    const server = await scripted([{ ehlo, rcpt: { [ada]: '550 5.1.1 no such user' } }]);
    const sender = await senderTo(relayAt(server.port));
    for (let round = 0; round < 3; round++) {
      expect((await endingOf(sendTo(sender, [ada]))).outcomes).toEqual({ [ada]: 'refused' });
      expect((await endingOf(sendTo(sender, [bob]))).outcomes).toEqual({ [bob]: 'sent' });
    }
    expect(server.seen.length).toBe(1);
  });

  it('that say 503 lead to another connection, at once and once', async () => {
    const server = await scripted([{ ehlo, mail: '503 5.5.1 EHLO first' }, { ehlo }]);
    const sender = await senderTo(relayAt(server.port));
    expect((await endingOf(sendTo(sender, [ada]))).outcomes).toEqual({ [ada]: 'sent' });
    expect(server.seen.length).toBe(2);
  });

  it('that say 503 on another connection as well are counted as an attempt', async () => {
    const { error, outcomes, server } = await sendOver({ ehlo, mail: '503 5.5.1 EHLO first' }, [ada]);
    expect(error).toMatchObject({ code: 'WB_EMAIL_LATER', connectionLost: false, outcome: 'not-sent' });
    expect(outcomes).toEqual({ [ada]: 'later' });
    expect(server.seen.length).toBe(2);
  });

  it.each([
    ['a small mail', new Uint8Array(1_000), '421 4.3.2 going down', 'later'],
    ['a large mail', new Uint8Array(15_000_000), '552 5.3.4 too large', 'refused'],
  ])('that come before %s is over are heard, it is not ended, and the connection is left', async (_what, body, answer, outcome) => {
    const server = await scripted([{ ehlo, data: ['354 go ahead', answer] }, { ehlo }]);
    const sender = await senderTo(relayAt(server.port));
    const { error, outcomes } = await endingOf(sendTo(sender, [ada], body));
    expect([error?.message, outcomes]).toEqual([expect.stringContaining(answer), { [ada]: outcome }]);
    await sendTo(sender, [bob]);
    expect(server.seen.map(({ dots }) => dots)).toEqual([0, 1]);
  });
});

describe('recipients that are too many for one transaction', () => {
  it('get another one, on the same connection and at once', async () => {
    const server = await scripted([{}]);
    const sender = await senderTo(relayAt(server.port, { recipientsAtOnce: 2 }));
    const ending = await endingOf(sendTo(sender, [ada, bob, cyd]));
    expect(Object.values(ending.outcomes)).toEqual(['sent', 'sent', 'sent']);
    const [{ commands, dots } = { commands: [], dots: 0 }] = server.seen;
    expect([server.seen.length, dots, commands.filter((line) => line.startsWith('RCPT')).length]).toEqual([1, 2, 3]);
  });

  it.each(['452 4.5.3 too many recipients', '552 5.5.3 too many', '452 Too many recipients'])(
    'get another one when the server says %s',
    async (answer) => {
      let said = 0;
      const once = {
        get [cyd]() {
          return said++ < 1 ? answer : '250 2.1.5 ok';
        },
      };
      const server = await scripted([{ rcpt: once }]);
      const sender = await senderTo(relayAt(server.port));
      const { outcomes, receipt } = await endingOf(sendTo(sender, [ada, cyd, bob]));
      expect(outcomes).toEqual({ [ada]: 'sent', [cyd]: 'sent', [bob]: 'sent' });
      expect(receipt?.recipients?.map(({ address }) => address)).toEqual([ada, cyd, bob]);
      expect([server.seen.length, server.seen[0]?.dots]).toEqual([1, 2]);
    },
  );

  it('are not those whose mailbox is full', async () => {
    const { outcomes, server } = await sendOver({ rcpt: { [bob]: '552 5.2.2 mailbox full' } });
    expect(outcomes).toEqual({ [ada]: 'sent', [bob]: 'refused' });
    expect(server.seen[0]?.dots).toBe(1);
  });

  it('are told of one by one when a later transaction is lost: nobody is forgotten', async () => {
    let dots = 0;
    const session: SessionScript = {
      get dot() {
        return dots++ === 0 ? '250 2.0.0 Ok: queued as FIRST' : ({ ends: 'reset' } as const);
      },
    };
    const server = await scripted([session]);
    const sender = await senderTo(relayAt(server.port, { recipientsAtOnce: 1 }));
    const { receipt, outcomes } = await endingOf(sendTo(sender, [ada, bob, cyd]));
    expect(outcomes).toEqual({ [ada]: 'sent', [bob]: 'unknown', [cyd]: 'later' });
    expect(receipt?.id).toBe('FIRST');
  });
});

describe('greylisting', () => {
  it.each([
    ['451 4.7.1 come again', 120_000],
    ['450 4.7.1 Greylisted, try again in 300 seconds', 300_000],
    ['451 greylisting in action, please come back in 7 minutes', 420_000],
    ['451 4.7.1 try again in 99999 minutes', 3_600_000],
    ['451 4.3.0 disk full', undefined],
    ['550 5.7.1 no', undefined],
  ])('%s: the next attempt waits as long as it is said', async (answer, wait) => {
    const { error } = await sendOver({ rcpt: { [ada]: answer } }, [ada], { comeAgain: '2m' });
    expect(error?.recipients?.[0]?.retryAfter).toBe(wait);
    expect(error?.retryAfter).toBe(wait);
  });
});

describe('a time that is over', () => {
  it('before the mail was handed over: it was not sent, and the attempt counts', async () => {
    const server = await scripted([{ data: { ends: 'silent' } }, {}]);
    const sender = await senderTo(relayAt(server.port));
    const time = new AbortController();
    const sending = endingOf(sender.send(messageFor([ada]), { signal: time.signal }));
    await eventually(() => server.seen[0]?.commands.includes('DATA'), { what: 'the mail to be on its way' });
    time.abort();
    expect((await sending).error).toMatchObject({ code: 'WB_EMAIL_GIVEN_UP', outcome: 'not-sent', connectionLost: false });
    await expect(sendTo(sender, [ada])).resolves.toBeDefined();
  });

  it('after the mail was handed over: nobody knows, and what was refused stays refused', async () => {
    const server = await scripted([{ rcpt: { [bob]: '550 5.1.1 no' }, dot: { ends: 'silent' } }]);
    const sender = await senderTo(relayAt(server.port));
    const time = new AbortController();
    const sending = endingOf(sender.send(messageFor([ada, bob]), { signal: time.signal }));
    await eventually(() => server.seen[0]?.dots === 1, { what: 'the mail to be handed over' });
    time.abort();
    const { error, outcomes } = await sending;
    expect(error).toMatchObject({ code: 'WB_EMAIL_NO_ANSWER', outcome: 'unknown' });
    expect(outcomes).toEqual({ [ada]: 'unknown', [bob]: 'refused' });
  });

  it.each([
    ['greetingTimeout', { greeting: { ends: 'silent' } }, 'WB_EMAIL_UNREACHABLE', 'not-sent'],
    ['commandTimeout', { mail: { ends: 'silent' } }, 'WB_EMAIL_GONE', 'not-sent'],
    ['dataTimeout', { data: { ends: 'silent' } }, 'WB_EMAIL_GONE', 'not-sent'],
    ['finalTimeout', { dot: { ends: 'silent' } }, 'WB_EMAIL_NO_ANSWER', 'unknown'],
  ] as const)('is a setting: %s', async (name, session, code, outcome) => {
    const { error } = await sendOver(session, [ada], { [name]: '400ms' });
    expect(error).toMatchObject({ code, outcome, message: expect.stringContaining('0.4 s') });
  });
});
