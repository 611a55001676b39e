import { CommandError, TransportError, type WaybillError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { holdOf, isSpentUntried, verdictOn } from '../src/verdict.ts';

const policy = { attempts: 5, first: 1_000, most: 60_000 };
const usual = { age: 0, failures: 0, unresolved: 0, policy, waits: false, holds: 0, unknown: 'retry', random: () => 0.5 } as const;

const passing = new CommandError('WB_TEST_BUSY', 'Busy.', { retryable: true });
const final = new CommandError('WB_TEST_NO', 'No.');
const patient = new CommandError('WB_TEST_LATER', 'Later.', { retryable: true, retryAfter: 30_000 });
const doubtful = new TransportError('WB_TEST_DOUBT', 'Who knows.', { outcome: 'unknown' });
const refused = new CommandError('WB_TEST_TAKEN', 'Taken.', { kind: 'conflict', retryable: true });
const lost = new TransportError('WB_TEST_LOST', 'Gone.', { connectionLost: true });

const inJournal = (after: number) => ({ do: 'again', by: 'journal', after, counted: true });
const inTransport = (after: number) => ({ do: 'again', by: 'transport', after, counted: true });

const byKind = { policy: { ...policy, kinds: { conflict: { attempts: 9, first: 100 } } } };
const inTime = { policy: { ...policy, within: 60_000 } };

describe('the verdict on a failure', () => {
  it.each<readonly [string, WaybillError, Partial<Parameters<typeof verdictOn>[0]>, object]>([
    ['that may pass: again, kept by the journal', passing, {}, inJournal(1_000)],
    ['that may pass, for the third time: a longer wait', passing, { failures: 2 }, inJournal(4_000)],
    ['that may pass, while the transport holds the message so long: by the transport', passing, { holds: 1_000 }, inTransport(1_000)],
    ['that may pass, while the transport holds it for less: by the journal', passing, { holds: 999 }, inJournal(1_000)],
    ['that asks for more time than the policy: gets it', patient, {}, inJournal(30_000)],
    ['that may pass, at the last attempt: parked', passing, { failures: 4 }, { do: 'park' }],
    ['that may pass, where hand-outs without outcome fill the attempts: parked', passing, { failures: 2, unresolved: 2 }, { do: 'park' }],
    ['that is final: parked', final, {}, { do: 'park' }],
    ['that is final, while the sender waits: told', final, { waits: true }, { do: 'tell' }],
    ['that may pass, while the sender waits: told when to come again', passing, { waits: true }, { do: 'tell', after: 1_000 }],
    [
      'that may pass, at the last attempt, while the sender waits: told all the same',
      passing,
      { waits: true, failures: 9 },
      { do: 'tell', after: 60_000 },
    ],
    ['of unknown outcome, where such are tried again: again', doubtful, {}, inJournal(1_000)],
    ['of unknown outcome, where such are parked: parked', doubtful, { unknown: 'park' }, { do: 'park' }],
    [
      'of unknown outcome, where such are parked, while the destination is away: parked',
      doubtful,
      { unknown: 'park', away: 50 },
      { do: 'park' },
    ],
    [
      'while the destination is away: again, and not counted',
      lost,
      { away: 700 },
      { do: 'again', by: 'journal', after: 700, counted: false },
    ],
    [
      'while the destination is away, at the last attempt: still not counted',
      passing,
      { away: 700, failures: 4 },
      { do: 'again', by: 'journal', after: 700, counted: false },
    ],
    ['of a kind with more attempts, at the last of the others: again', refused, { ...byKind, failures: 4 }, inJournal(1_600)],
    ['of a kind with more attempts, at the last of them: parked', refused, { ...byKind, failures: 8 }, { do: 'park' }],
    ['of a kind with other waits: those, up to the longest of all', refused, byKind, inJournal(100)],
    ['of a kind with the usual attempts: parked at their end', passing, { ...byKind, failures: 4 }, { do: 'park' }],
    ['whose next attempt lies just within its time: again', passing, { ...inTime, age: 59_000 }, inJournal(1_000)],
    ['whose next attempt lies beyond its time: parked', passing, { ...inTime, age: 59_001 }, { do: 'park' }],
    ['while the destination is away, beyond its time: parked', lost, { ...inTime, away: 700, age: 59_301 }, { do: 'park' }],
    [
      'beyond its time, while the sender waits: told all the same',
      passing,
      { ...inTime, waits: true, age: 99_000 },
      { do: 'tell', after: 1_000 },
    ],
  ])('%s', (_, error, more, expected) => {
    expect(verdictOn({ ...usual, ...more, error })).toEqual(expected);
  });
});

describe('a message without an outcome', () => {
  it.each<readonly [string, Partial<Parameters<typeof isSpentUntried>[0]>, boolean]>([
    ['that is handed out for the first time is tried', {}, false],
    ['whose process ended once is tried', { unresolved: 1 }, false],
    ['whose process ended as often as there are attempts is given up', { unresolved: 5 }, true],
    ['whose failures and ended processes together are the attempts is given up', { failures: 3, unresolved: 2 }, true],
    ['whose attempts have all failed was judged before, and is tried', { failures: 5 }, false],
    ['that its wire has handed out six times is tried, where it was never begun: it waited beside another one', { handedOut: 6 }, false],
    ['that its wire has handed out six times is given up, where it was begun four times', { handedOut: 6, unresolved: 4 }, true],
    ['that was begun four times is tried, where its wire tells of no hand-out before that', { handedOut: 5, unresolved: 4 }, false],
    ['that its wire has handed out very often is given up, however few are recorded', { handedOut: 21 }, true],
    ['that its wire has handed out twenty times is tried', { handedOut: 20 }, false],
    [
      'that its wire has handed out six times is tried, where four of them failed',
      { handedOut: 6, failures: 4, policy: { ...policy, attempts: 9 } },
      false,
    ],
    ['is given up before the far side does so by itself', { handedOut: 3, giveUpAfter: 2 }, true],
  ])('%s', (_, more, expected) => {
    expect(isSpentUntried({ failures: 0, unresolved: 0, policy, ...more })).toBe(expected);
  });
});

describe('how long a transport may hold a retry', () => {
  it.each([
    ['as long as it says', { upTo: 500 }, { isOrdered: false }, 500],
    ['not at all where it does not redeliver', 'no', { isOrdered: false }, 0],
    ['not at all where it would redeliver at once', 'at-once', { isOrdered: false }, 0],
    ['not at all in an order, since what comes behind would overtake it', { upTo: 500 }, { isOrdered: true }, 0],
    ['not at all before the far side gives the message up', { upTo: 500 }, { isOrdered: false, handedOut: 2, giveUpAfter: 3 }, 0],
  ] as const)('%s', (_, redelivers, situation, expected) => {
    expect(holdOf(redelivers, situation)).toBe(expected);
  });
});
