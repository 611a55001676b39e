import { describe, expect, it } from 'vitest';
import { CommandError, defineErrors, isWaybillError, TransportError } from '../src/index.ts';

const errors = defineErrors(
  {
    WB_TEST_AWAY: { means: 'The far side is away.', remedy: 'Wait for it.', kind: 'unavailable' },
    WB_TEST_WRONG: { means: 'What was said is wrong.', remedy: 'Say it right.' },
    WB_TEST_BROKEN: { means: 'We are broken.', remedy: 'Report it.', kind: 'unavailable', retryable: false },
  },
  TransportError,
);

describe('an error code', () => {
  it('makes its own error, with its remedy as the hint', () => {
    const error = errors.WB_TEST_WRONG('No such loft.', { at: 'loft/3' });
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({
      code: 'WB_TEST_WRONG',
      message: 'No such loft.',
      hint: 'Say it right.',
      at: 'loft/3',
      kind: 'invalid',
      retryable: false,
    });
    expect(isWaybillError(error)).toBe(true);
  });

  it('gives way to a hint that knows more', () => {
    expect(errors.WB_TEST_WRONG('No.', { hint: 'Ask Anna.' }).hint).toBe('Ask Anna.');
  });

  it('says whether trying again helps: what is unavailable is tried again, unless it says otherwise', () => {
    const flags = [errors.WB_TEST_AWAY('x'), errors.WB_TEST_WRONG('x'), errors.WB_TEST_BROKEN('x')].map(({ retryable }) => retryable);
    expect(flags).toEqual([true, false, false]);
  });

  it('can be looked up with what it means', () => {
    expect({ ...errors.WB_TEST_AWAY }).toMatchObject({ code: 'WB_TEST_AWAY', means: 'The far side is away.', remedy: 'Wait for it.' });
  });
});

describe('an error that nobody has told its kind', () => {
  it('is about what was said when it is final, and about what is missing when it may pass', () => {
    expect(new CommandError('WB_TEST_X', 'No.').kind).toBe('invalid');
    expect(new CommandError('WB_TEST_X', 'No.', { retryable: true }).kind).toBe('unavailable');
  });
});

describe('the error of a send', () => {
  it.each([
    ['that is final: refused', {}, 'refused'],
    ['that may pass: not sent', { retryable: true }, 'not-sent'],
    ['with a lost connection: surely not sent, and may pass', { connectionLost: true }, 'not-sent'],
    ['of which nobody knows: as it says', { outcome: 'unknown' }, 'unknown'],
  ] as const)('%s', (_, options, outcome) => {
    expect(new TransportError('WB_TEST_X', 'No.', options).outcome).toBe(outcome);
  });
});
