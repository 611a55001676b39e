import { describe, expect, it } from 'vitest';
import { CommandError, defineErrors, isWaybillError, MessageError, TransportError, WaybillError } from '../src/errors.ts';

const errors = defineErrors({
  WB_TEST_BROKEN: { means: 'It is broken.', remedy: 'Repair it.' },
  WB_TEST_BUSY: { means: 'It is busy.', remedy: 'Wait.', kind: 'unavailable' },
  WB_TEST_GARBLED: { means: 'It is garbled.', remedy: 'Send it again.', kind: 'unreadable', retryable: true },
});

describe('an error', () => {
  it('is final and invalid unless it says otherwise', () => {
    expect(new MessageError('WB_TEST', 'Bad.')).toMatchObject({ name: 'MessageError', retryable: false, kind: 'invalid', message: 'Bad.' });
  });

  it('that can be tried again says that something is not available, and the other way round', () => {
    expect(new CommandError('WB_TEST', 'Busy.', { retryable: true })).toMatchObject({ kind: 'unavailable', retryable: true });
    expect(new CommandError('WB_TEST', 'Busy.', { kind: 'unavailable' })).toMatchObject({ kind: 'unavailable', retryable: true });
  });

  it('carries what to do, where, and how long to wait at least', () => {
    const error = new CommandError('WB_TEST', 'Busy.', { hint: 'Wait.', at: 'a/b', retryAfter: 500 });
    expect(error).toMatchObject({ code: 'WB_TEST', hint: 'Wait.', at: 'a/b', retryAfter: 500 });
  });

  it('keeps the original error as its cause', () => {
    const cause = new Error('ECONNRESET');
    expect(new TransportError('WB_TEST', 'Gone.', { cause }).cause).toBe(cause);
    expect('cause' in new TransportError('WB_TEST', 'Gone.')).toBe(false);
  });

  it('is recognised also when another copy of this package made it', async () => {
    const address = new URL('../src/errors.ts?copy', import.meta.url).href;
    const copy = (await import(address)) as { WaybillError: typeof WaybillError };
    const foreign = new copy.WaybillError('WB_TEST', 'Bad.');
    expect(foreign).not.toBeInstanceOf(WaybillError);
    expect(isWaybillError(foreign)).toBe(true);
    expect(isWaybillError(new Error('other'))).toBe(false);
  });
});

describe('the error of a failed send', () => {
  it('means refused when it is final, and not sent when it can be tried again', () => {
    expect(new TransportError('WB_TEST', 'No.')).toMatchObject({ outcome: 'refused', connectionLost: false });
    expect(new TransportError('WB_TEST', 'Busy.', { retryable: true })).toMatchObject({ outcome: 'not-sent' });
  });

  it('says unknown where nobody can tell', () => {
    expect(new TransportError('WB_TEST', 'Gone.', { outcome: 'unknown' })).toMatchObject({ outcome: 'unknown' });
  });

  it('means surely not sent when the connection is lost, and is worth another try', () => {
    const error = new TransportError('WB_TEST', 'Gone.', { connectionLost: true, outcome: 'unknown', retryable: false });
    expect(error).toMatchObject({ connectionLost: true, outcome: 'not-sent', retryable: true, kind: 'unavailable' });
  });
});

describe('an error code of a table', () => {
  it('makes its error, with its remedy as the hint', () => {
    const error = errors.WB_TEST_BROKEN('The wheel is broken.', { at: 'wheel' });
    expect(error).toBeInstanceOf(WaybillError);
    expect(error).toMatchObject({ code: 'WB_TEST_BROKEN', message: 'The wheel is broken.', hint: 'Repair it.', at: 'wheel' });
  });

  it('gives its error the kind of the table, and whether it can be tried again', () => {
    expect(errors.WB_TEST_BROKEN('It is broken.')).toMatchObject({ kind: 'invalid', retryable: false });
    expect(errors.WB_TEST_BUSY('It is busy.')).toMatchObject({ kind: 'unavailable', retryable: true });
    expect(errors.WB_TEST_GARBLED('It is garbled.')).toMatchObject({ kind: 'unreadable', retryable: true });
  });

  it('leaves the last word to the place that raises it', () => {
    const error = errors.WB_TEST_BUSY('It is gone.', { hint: 'Buy another.', kind: 'unknown', retryable: false });
    expect(error).toMatchObject({ hint: 'Buy another.', kind: 'unknown', retryable: false });
  });

  it('makes errors of the class that the table names, with the options of that class', () => {
    const sending = defineErrors({ WB_TEST_LOST: { means: 'It is lost.', remedy: 'Look for it.' } }, TransportError);
    const error = sending.WB_TEST_LOST('The parcel is lost.', { outcome: 'unknown' });
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({ name: 'TransportError', outcome: 'unknown', hint: 'Look for it.' });
  });

  it('can be read like an entry of the table', () => {
    const { code, means, remedy } = errors.WB_TEST_BROKEN;
    expect({ code, means, remedy }).toEqual({ code: 'WB_TEST_BROKEN', means: 'It is broken.', remedy: 'Repair it.' });
  });
});
