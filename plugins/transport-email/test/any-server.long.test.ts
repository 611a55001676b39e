import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ada, atOnce, bob, cyd, endingOf, stepByStep } from './one-server.ts';
import { openSender, relayAt, sendTo } from './post-office.ts';
import { type SessionScript, type Step, startScript } from './script-server.ts';

const dan = 'dan@mill.example.test';
const everybody = [ada, bob, cyd, dan];

/** What a server may do instead of a friendly answer; undefined is the friendly one. */
const step: fc.Arbitrary<Step | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Step>(
      '451 4.3.0 later',
      '550 5.7.1 no',
      '452 4.5.3 too many recipients',
      '503 5.5.1 what',
      ['250-2.0.0 well', '250 2.0.0 ok'],
      { say: '421 4.3.2 bye', ends: 'close' },
      { say: '250 2.0.0 ok', ends: 'close' },
      { ends: 'reset' },
      { ends: 'close' },
      { ends: 'silent' },
      { raw: '25', ends: 'close' },
      { raw: 'nonsense\r\n' },
    ),
  },
);

const session: fc.Arbitrary<SessionScript> = fc
  .record({
    mail: step,
    data: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, step),
    dot: step,
    rcpt: fc.array(step, { minLength: 4, maxLength: 4 }),
    ehlo: fc.constantFrom(atOnce, stepByStep),
  })
  .map(({ mail, data, dot, rcpt, ehlo }) => ({
    ehlo,
    rcpt: Object.fromEntries(rcpt.flatMap((one, place) => (one === undefined ? [] : [[everybody[place] ?? '', one]]))),
    ...(mail === undefined ? {} : { mail }),
    ...(data === undefined ? {} : { data }),
    ...(dot === undefined ? {} : { dot }),
  }));

/** Over LMTP the end of a mail has an answer for each; those of the recipients are used for that as well. */
function withAnswerForEach({ dot, rcpt = {}, ...rest }: SessionScript): SessionScript {
  const friendly = '250 2.0.0 ok';
  return { ...rest, rcpt, dot: [(dot as Step | undefined) ?? friendly, rcpt[ada] ?? friendly, rcpt[cyd] ?? friendly, friendly] };
}

const limits = { commandTimeout: '150ms', dataTimeout: '150ms', finalTimeout: '150ms', blockTimeout: '150ms' };

describe.each(['smtp', 'lmtp'] as const)('whatever a server does that speaks %s', (protocol) => {
  it('each recipient is told of once, and what is told is true', async () => {
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(
        fc.array(session, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(10, 200_000),
        async (sessions, people, recipientsAtOnce, size) => {
          const lmtp = protocol === 'lmtp';
          const server = await startScript({ sessions: lmtp ? sessions.map(withAnswerForEach) : sessions, lmtp });
          const to = everybody.slice(0, people);
          const sender = await openSender(relayAt(server.port, { ...limits, recipientsAtOnce, protocol }));
          try {
            const { error, receipt, outcomes } = await endingOf(sendTo(sender, to, new Uint8Array(size)));
            const told = receipt?.recipients ?? error?.recipients ?? to.map((address) => ({ address, outcome: 'later' }));
            expect(told.map(({ address }) => address)).toEqual(to);
            expect(outcomes).toEqual(
              error && !error.recipients ? {} : Object.fromEntries(told.map(({ address, outcome }) => [address, outcome])),
            );
            for (const { address, outcome } of told) {
              seen[outcome] = (seen[outcome] ?? 0) + 1;
              // Whether the server may have the mail for this one: its end came, and a yes or nothing was said to it.
              const ends = server.seen.flatMap(({ ended }) => ended.filter((one) => one.address === address));
              const taken = ends.filter(({ answer }) => answer.startsWith('2')).length;
              const open = ends.filter(({ answer }) => !/^[245]/.test(answer)).length;
              expect([outcome, taken > 1]).toEqual([outcome, false]);
              expect([outcome, taken]).toEqual([outcome, outcome === 'sent' ? 1 : outcome === 'unknown' ? taken : 0]);
              expect([outcome, open]).toEqual([outcome, outcome === 'unknown' ? open : 0]);
            }
          } finally {
            await sender.close();
            await server.close();
          }
        },
      ),
      { numRuns: 150 },
    );
    // Else the property would say nothing.
    expect(Object.keys(seen).toSorted()).toEqual(['later', 'refused', 'sent', 'unknown']);
  });
});
