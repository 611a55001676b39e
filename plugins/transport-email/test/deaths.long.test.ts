import { describe, expect, it } from 'vitest';
import { ada, atOnce, bob, sendOver, stepByStep } from './one-server.ts';
import type { SessionScript } from './script-server.ts';

const die = { ends: 'reset' } as const;
const leave = { ends: 'close' } as const;

/** Where a connection ends, and what is known then of somebody who was taken. */
const points: ReadonlyArray<
  readonly [where: string, session: (how: typeof die | typeof leave) => SessionScript, outcome: 'not-sent' | 'unknown' | 'sent']
> = [
  ['after the greeting', (how) => ({ greeting: { say: '220 mx.example.test', ...how } }), 'not-sent'],
  ['at EHLO', (how) => ({ ehlo: how }), 'not-sent'],
  ['at MAIL', (how) => ({ mail: how }), 'not-sent'],
  ['at RCPT', (how) => ({ rcpt: { [bob]: how } }), 'not-sent'],
  ['at DATA', (how) => ({ data: how }), 'not-sent'],
  ['after the final dot', (how) => ({ dot: how }), 'unknown'],
  ['at QUIT', (how) => ({ quit: how }), 'sent'],
];

/** What is told. */
const known = {
  'not-sent': { error: { outcome: 'not-sent', retryable: true } },
  unknown: {
    error: { code: 'WB_EMAIL_NO_ANSWER', outcome: 'unknown', connectionLost: false, retryable: true },
    outcomes: { [ada]: 'unknown', [bob]: 'unknown' },
  },
  sent: { receipt: { id: '4F2A' }, outcomes: { [ada]: 'sent', [bob]: 'sent' } },
} as const;

const mails = [
  ['a small mail', new Uint8Array(2_000)],
  ['a mail of 20 MB', new Uint8Array(15_000_000)],
] as const;

const servers = [
  ['a server that takes commands at once', atOnce],
  ['a server that takes one command after the other', stepByStep],
] as const;

describe.each(servers)('the connection to %s', (_, ehlo) => {
  describe.each(mails)('with %s', (_size, body) => {
    for (const how of [die, leave]) {
      it.each(points)(
        `ends ${how.ends === 'reset' ? 'by a reset' : 'quietly'} %s: what is told is what is known`,
        async (_where, session, outcome) => {
          const ending = await sendOver({ ehlo, ...session(how) }, [ada, bob], { mailsEach: 1 }, body);
          expect(ending).toMatchObject(known[outcome]);
        },
      );
    }
  });

  it('ends within a mail of 20 MB: it was surely not sent', async () => {
    const { error } = await sendOver({ ehlo, dieAfterBytes: 100_000 }, [ada, bob], {}, new Uint8Array(15_000_000));
    expect(error).toMatchObject({ code: 'WB_EMAIL_GONE', outcome: 'not-sent', connectionLost: true });
  });

  it('ends within a small mail, which was written together with its end: nobody knows', async () => {
    const { error } = await sendOver({ ehlo, dieAfterBytes: 1 }, [ada], {}, new Uint8Array(2_000));
    expect(error).toMatchObject({ outcome: 'unknown', connectionLost: false });
  });
});
