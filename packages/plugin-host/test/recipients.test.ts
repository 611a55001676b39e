import type { RecipientOutcome } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { faultIn, merged, nextOnes } from '../src/calling/recipients.ts';

const known = (...outcomes: readonly RecipientOutcome['outcome'][]): readonly RecipientOutcome[] =>
  outcomes.map((outcome, index) => ({ address: `r${index}`, outcome }));

describe('what is known of the recipients of a message', () => {
  it('is what was said last of each', () => {
    const before = known('sent', 'later', 'unknown');
    const now: readonly RecipientOutcome[] = [{ address: 'r1', outcome: 'sent' }];
    expect(merged(before, now)?.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'unknown']);
    expect([merged(before, undefined), merged(undefined, now)]).toEqual([before, now]);
  });

  it.each([
    ['retry', ['r1', 'r2']],
    ['park', ['r1']],
  ] as const)('says who is tried again, where what is unknown is a case to %s', (unknown, open) => {
    expect(nextOnes(known('sent', 'later', 'unknown', 'refused'), unknown, false)).toEqual(open);
    expect(nextOnes(undefined, unknown, false)).toBeUndefined();
  });

  it('says who gets what a person has asked for once more: all who have not got it', () => {
    expect(nextOnes(known('sent', 'unknown', 'refused'), 'park', false)).toEqual(['r1', 'r2']);
  });

  it('says nobody where the process ended after everything was known', () => {
    expect(nextOnes(known('sent', 'unknown', 'refused'), 'park', true)).toEqual([]);
  });

  it.each([
    ['one is open', ['sent', 'later'], { code: 'WB_RECIPIENTS_OPEN', retryable: true }],
    ['one is open and of one nobody knows', ['unknown', 'later'], { code: 'WB_RECIPIENTS_OPEN', outcome: 'not-sent' }],
    ['of one nobody knows', ['sent', 'unknown'], { code: 'WB_RECIPIENTS_OPEN', outcome: 'unknown' }],
    ['all have refused it', ['refused', 'refused'], { code: 'WB_RECIPIENTS_REFUSED', retryable: false }],
  ] as const)('tells whether anything is left to do when %s', (_, outcomes, fault) => {
    expect(faultIn(known(...outcomes))).toMatchObject(fault);
  });

  it('knows nothing that is left to do when each has got it, or some have refused it', () => {
    expect([faultIn(known('sent', 'sent')), faultIn(known('sent', 'refused'))]).toEqual([undefined, undefined]);
  });

  it('asks for the longest wait that any of them asks for', () => {
    const waits = [10, 900, 30].map((retryAfter, index) => ({ address: `r${index}`, outcome: 'later' as const, retryAfter }));
    expect(faultIn(waits)?.retryAfter).toBe(900);
  });
});
