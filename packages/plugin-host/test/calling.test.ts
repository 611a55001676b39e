import { MessageError, TransportError } from '@waybill/contract';
import { recordingLog } from '@waybill/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asTransportError, callPack, callPlugin, Deadlines } from '../src/calling/call-plugin.ts';
import { Lifetime } from '../src/calling/lifetime.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = () => new Promise<never>(() => undefined);
const errorOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe('a step of a plugin', () => {
  it('that is done in time leaves no timer behind, however it ended', async () => {
    await expect(callPlugin('A step', () => 'done')).resolves.toBe('done');
    await expect(callPlugin('A step', () => Promise.reject(new Error('oops')))).rejects.toMatchObject({ code: 'WB_PLUGIN_FAILED' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that takes too long has its signal aborted, and is given up', async () => {
    let signal: AbortSignal | undefined;
    const outcome = errorOf(callPlugin('A step', (given) => ((signal = given), never()), { limit: 1_000 }));
    await vi.advanceTimersByTimeAsync(999);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(signal?.aborted).toBe(true);
    expect(await outcome).toMatchObject({ code: 'WB_PLUGIN_SLOW', message: 'A step took longer than 1 s.' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may say what it knows for a while after its time', async () => {
    const said = new TransportError('WB_TEST_HALF', 'Half of it went over.', { outcome: 'unknown' });
    const step = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => setTimeout(() => reject(said), 400)));
    const outcome = errorOf(callPlugin('A step', step, { limit: 1_000, afterwards: 500 }));
    await vi.advanceTimersByTimeAsync(1_600);
    expect(await outcome).toBe(said);
  });

  it('that only passes on that it was aborted was too slow', async () => {
    const step = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new DOMException('Aborted.', 'AbortError'))));
    const outcome = errorOf(callPlugin('A step', step, { limit: 1_000, afterwards: 500 }));
    await vi.advanceTimersByTimeAsync(1_600);
    expect(await outcome).toMatchObject({ code: 'WB_PLUGIN_SLOW' });
  });
});

describe('what a plugin throws', () => {
  it('stays what it is where it says what became of a send', () => {
    const said = new TransportError('WB_TEST', 'Refused.', { outcome: 'refused' });
    expect(asTransportError(said, 'Sending')).toBe(said);
  });

  it('keeps what it asks for where it is no error of a transport', () => {
    const error = asTransportError(new MessageError('WB_TEST', 'Later.', { retryable: true, retryAfter: 70 }), 'Sending');
    expect(error).toMatchObject({ code: 'WB_TEST', retryable: true, retryAfter: 70, outcome: 'not-sent' });
  });

  it('is final where a pack throws it that has a defect', () => {
    const broken = () => {
      throw new TypeError('oops');
    };
    expect(() => callPack({ name: 'notes' } as never, 'reading', broken)).toThrow(
      expect.objectContaining({ code: 'WB_PACK_FAILED', retryable: false }),
    );
  });
});

describe('deadlines', () => {
  it('have no timer but while something is in flight, and lose none when another one ends', async () => {
    const deadlines = new Deadlines();
    const late = () => new Error('late');
    expect(vi.getTimerCount()).toBe(0);
    const work = Promise.withResolvers<string>();
    const done = deadlines.within(work.promise, 60_000, late);
    const slow = errorOf(deadlines.within(never(), 1_000, late));
    expect(vi.getTimerCount()).toBe(1);
    work.resolve('done');
    await done;
    await vi.advanceTimersByTimeAsync(900);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(300);
    expect(await slow).toMatchObject({ message: 'late' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what was opened', () => {
  it('is closed in reverse, once, also where something does not close', async () => {
    const { log, lines } = recordingLog();
    const lifetime = new Lifetime(log);
    const steps: string[] = [];
    lifetime.opened('The first', () => void steps.push('first'));
    lifetime.opened('The second', () => Promise.reject(new Error('It is stuck.')));
    lifetime.opened('The third', never, 1_000);
    lifetime.opened('The fourth', () => void steps.push('fourth'));
    const closed = lifetime.close();
    await vi.advanceTimersByTimeAsync(1_100);
    await closed;
    await lifetime.close();
    expect(steps).toEqual(['fourth', 'first']);
    expect(lines.map(({ text }) => text)).toEqual(['The third did not end cleanly', 'The second did not end cleanly']);
  });
});
