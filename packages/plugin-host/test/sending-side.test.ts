import { type Listener, type Message, TransportError } from '@waybill/contract';
import { testClock } from '@waybill/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ReplySide } from '../src/calling/reply-side.ts';
import { lost, message, setUp } from './side.ts';

const forever = new AbortController().signal;

describe('the sender of a destination', () => {
  it('is opened once, and closed before its connection', async () => {
    const { steps, connection, side } = setUp();
    await Promise.all([side.send(message('a'), {}), side.send(message('b'), {})]);
    await side.close();
    await connection.close();
    expect(steps).toEqual(['connect', 'open 1', 'close 1', 'disconnect']);
  });

  it('is given up when its connection is lost: it is closed, its connection let go, and both are opened anew', async () => {
    let isLost = true;
    const { clock, steps, side } = setUp({ send: async () => (isLost ? Promise.reject(lost()) : {}) });
    await expect(side.send(message('a'), {})).rejects.toMatchObject({ connectionLost: true });
    await clock.advance(0);
    expect([steps, side.isDown, side.isReady]).toEqual([['connect', 'open 1', 'close 1', 'disconnect'], true, false]);
    isLost = false;
    const ready = side.ready(forever);
    await clock.advance(2_000);
    await ready;
    await side.send(message('a'), {});
    expect(steps.slice(4)).toEqual(['connect', 'open 2']);
    expect([side.isDown, side.isReady]).toEqual([false, true]);
  });

  it('is not given up because of what an earlier one says late', async () => {
    const first = Promise.withResolvers<never>();
    let sends = 0;
    const { clock, steps, side } = setUp({
      send: () => (++sends === 1 ? first.promise : sends === 2 ? Promise.reject(lost()) : Promise.resolve({})),
    });
    const slow = side.send(message('a'), {}).catch((error: unknown) => error);
    await clock.advance(0);
    await expect(side.send(message('b'), {})).rejects.toMatchObject({ connectionLost: true });
    const ready = side.ready(forever);
    await clock.advance(2_000);
    await ready;
    await side.send(message('c'), {});
    first.reject(lost());
    expect(await slow).toMatchObject({ connectionLost: true });
    await clock.advance(0);
    expect(steps.filter((step) => step.startsWith('close'))).toEqual(['close 1']);
  });

  it('lets its connection go as lost when that is lost while the sender is opened', async () => {
    let isLost = true;
    const { clock, steps, side } = setUp({ open: async () => (isLost ? Promise.reject(lost()) : undefined) });
    await expect(side.open(forever)).rejects.toMatchObject({ connectionLost: true });
    expect([steps, side.isDown]).toEqual([['connect', 'open 1', 'disconnect'], true]);
    isLost = false;
    const ready = side.ready(forever);
    await clock.advance(2_000);
    await ready;
    expect(steps.slice(3)).toEqual(['connect', 'open 2']);
  });

  it('lets its connection go in peace when it cannot be opened for another reason', async () => {
    const { steps, connection, side } = setUp({ open: () => Promise.reject(new TransportError('WB_TEST_NO', 'No.')) });
    await expect(side.open(forever)).rejects.toMatchObject({ code: 'WB_TEST_NO' });
    expect([connection.state, steps]).toEqual(['open', ['connect', 'open 1']]);
    await (await connection.use(forever)).release(true);
    expect(steps.at(-1)).toBe('disconnect');
  });

  it('leaves it to the start to tell of a final failure, and tells of one that may pass, with connection and next try', async () => {
    const told = async (retryable: boolean) => {
      const { side, lines } = setUp({ open: () => Promise.reject(new TransportError('WB_TEST_NO', 'No.', { retryable })) });
      await expect(side.open(forever)).rejects.toMatchObject({ code: 'WB_TEST_NO' });
      return lines.map(({ fields }) => fields);
    };
    expect(await told(false)).toEqual([]);
    const nextTry = expect.any(Number) as unknown;
    expect(await told(true)).toMatchObject([{ outbound: 'out', connection: 'local', code: 'WB_TEST_NO', nextTry }]);
  });

  it('has been closed when its destination has', async () => {
    const gate = Promise.withResolvers<void>();
    const { clock, steps, side } = setUp({ close: () => gate.promise });
    await side.send(message('a'), {});
    let isClosed = false;
    const closed = side.close().then(() => (isClosed = true));
    await clock.advance(0);
    expect(isClosed).toBe(false);
    gate.resolve();
    await closed;
    expect(steps.at(-1)).toBe('close 1');
  });
});

describe('a send', () => {
  it('is told to whom it goes, where it goes to some only', async () => {
    const to: unknown[] = [];
    const { side } = setUp({ send: async (_, options) => (to.push(options.to), {}) });
    await side.send(message('a'), {});
    await side.send(message('a'), { to: ['anna'] });
    expect(to).toEqual([undefined, ['anna']]);
  });

  it('that takes too long has its signal aborted, and nobody knows its outcome', async () => {
    let signal: AbortSignal | undefined;
    const { side } = setUp({ timeout: 5, send: (_, options) => ((signal = options.signal), new Promise(() => undefined)) });
    await expect(side.send(message('a'), {})).rejects.toMatchObject({ code: 'WB_SEND_TIMEOUT', outcome: 'unknown' });
    expect(signal?.aborted).toBe(true);
  });

  it('is refused while the far side is away, but for the one that finds out whether it is back', async () => {
    const gate = Promise.withResolvers<void>();
    let sends = 0;
    const { clock, side } = setUp({ send: () => (++sends === 1 ? Promise.reject(lost()) : gate.promise.then(() => ({}))) });
    await expect(side.send(message('a'), {})).rejects.toMatchObject({ code: 'WB_TEST_LOST' });
    await expect(side.send(message('b'), {})).rejects.toMatchObject({ code: 'WB_CONNECTION_DOWN', connectionLost: true });
    await clock.advance(2_000);
    const probe = side.send(message('c'), {});
    await clock.advance(0);
    await expect(side.send(message('d'), {})).rejects.toMatchObject({ code: 'WB_CONNECTION_DOWN' });
    gate.resolve();
    await probe;
    expect([sends, side.isDown]).toEqual([2, false]);
  });

  it('as a request waits for its answer as long as it was told to, whatever the entry says', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { side } = setUp({ timeout: 1, request: () => new Promise((resolve) => setTimeout(resolve, 50_000, message('answer'))) });
    const asked = side.request(message('a'), 60_000);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(await asked).toMatchObject({ id: 'answer' });
  });
});

describe('a sender with a rate', () => {
  it('has room for what may be sent, requests included, and is ready again when the next one may be', async () => {
    const { clock, side } = setUp({ rate: { messages: 2, per: 1_000 }, request: async () => message('answer') });
    expect(side.room).toBe(2);
    await side.send(message('a'), {});
    expect([side.room, side.isReady]).toEqual([1, true]);
    await side.request(message('b'), 1_000);
    expect(side.isReady).toBe(false);
    let isReady = false;
    const ready = side.ready(forever).then(() => (isReady = true));
    await clock.advance(499);
    expect(isReady).toBe(false);
    await clock.advance(1);
    await ready;
    expect(side.isReady).toBe(true);
  });
});

describe('a reply that goes through a listener', () => {
  it('waits while there is none, is not counted, and goes soon after there is one', async () => {
    const clock = testClock();
    const sent: (readonly [Message, string])[] = [];
    let listener: Listener | undefined;
    const side = new ReplySide('notes', () => listener, { clock, timeout: 1_000 });
    expect([side.isDown, side.isReady, side.downFor > 0]).toEqual([true, false, true]);
    expect(() => side.send({ ...message('r'), replyTo: 'BACK' })).toThrow(expect.objectContaining({ connectionLost: true }));
    let isReady = false;
    const ready = side.ready(forever).then(() => (isReady = true));
    await clock.advance(5_000);
    expect(isReady).toBe(false);
    listener = { run: async () => undefined, reply: async (reply: Message, to: string) => (sent.push([reply, to]), {}) };
    await clock.advance(500);
    await ready;
    await side.send({ ...message('r'), replyTo: 'BACK' });
    expect(sent).toEqual([[message('r'), 'BACK']]);
  });
});
