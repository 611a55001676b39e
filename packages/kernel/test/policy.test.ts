import { CommandError, defineMessagePack, TransportError } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport, type TestClock, testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { refuseExpired } from '../src/inbound/attempt.ts';
import { promising, sendingBy, setUp } from './support/kernel.ts';
import { note, notesPack, noteWritten, writeNote } from './support/notes.ts';

const outbound = { out: { queue: 'OUT' } };
const routes = [{ event: 'note.written', message: 'Written', to: ['out'] }];
const away = new TransportError('WB_TEST_AWAY', 'Nobody is there.', { connectionLost: true });

/** A kernel on a clock of its own. */
function timed(more: Parameters<typeof setUp>[0], clock: TestClock = testClock()) {
  return { clock, ...setUp({ ...more, journal: new MemoryJournalFile({ clock }), options: { clock } }) };
}

/** Lets time pass in steps, and what happens meanwhile happen. */
async function pass(clock: TestClock, ms: number, step = 100): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    await clock.advance(step);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a limit of the rate', () => {
  it('holds a destination to so many messages, and sends the rest later', async () => {
    const { kernel, memory, clock } = timed({ outbound: { out: { queue: 'OUT', rate: { messages: 3, per: '1s' } } }, routes });
    await kernel.start();
    for (let number = 0; number < 20; number++) await kernel.publish(noteWritten, { text: `n${number}` });
    await eventually(() => memory.size('OUT') === 3, { what: 'the first three' });
    await pass(clock, 2_000);
    const sent = memory.size('OUT');
    expect(sent).toBeGreaterThan(6);
    expect(sent).toBeLessThanOrEqual(9);
    await pass(clock, 5_000);
    await eventually(() => memory.size('OUT') === 20, { what: 'all of them' });
  });
});

describe('retries of one route', () => {
  it('are as it says, those of the others as their destination says', async () => {
    const refuse = () => Promise.reject(new TransportError('WB_TEST_BUSY', 'Busy.', { kind: 'conflict', retryable: true }));
    const memory = memoryTransport();
    const { kernel, outcomes } = setUp({
      outbound: { out: { queue: 'OUT' }, more: { queue: 'MORE' } },
      routes: [
        { event: 'note.written', message: 'Written', to: ['out'], retry: { attempts: 1 } },
        { event: 'note.written', message: 'Written', to: ['more'] },
      ],
      memory: { ...memory, transport: sendingBy(memory.transport, refuse) },
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    const parked = await outcomes('parked', 2);
    expect(Object.fromEntries(parked.map(({ name, attempt }) => [name, attempt]))).toEqual({ out: 1, more: 3 });
  });
});

describe('a message that nobody wants any more', () => {
  it('is parked instead of being handled', async () => {
    const { kernel, memory, outcomes, written } = setUp({});
    await kernel.start();
    memory.put('IN', { id: 'late', body: note('late'), expiresAt: Date.now() - 1 });
    memory.put('IN', { id: 'soon', body: note('soon'), expiresAt: Date.now() + 60_000 });
    expect(await outcomes('parked')).toMatchObject([{ id: 'late', code: 'WB_MESSAGE_EXPIRED' }]);
    await outcomes('done');
    expect(written).toEqual(['soon']);
  });

  it('is parked instead of being sent', async () => {
    const pack = defineMessagePack({
      ...notesPack,
      compose: (...given) => ({ ...notesPack.compose(...given), expiresAt: Date.now() - 1 }),
    });
    const { kernel, memory, outcomes } = setUp({ outbound, routes, pack });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'late' });
    expect(await outcomes('parked')).toMatchObject([{ direction: 'out', attempt: 1, code: 'WB_MESSAGE_EXPIRED' }]);
    expect(memory.size('OUT')).toBe(0);
  });
});

describe('the time up to which a message is wanted', () => {
  it('is included', () => {
    const message = { id: 'a', createdAt: 0, expiresAt: 1_000, body: new Uint8Array(), properties: {} };
    expect(() => refuseExpired(message, { now: () => 1_000 })).not.toThrow();
    expect(() => refuseExpired(message, { now: () => 1_001 })).toThrow(expect.objectContaining({ code: 'WB_MESSAGE_EXPIRED' }));
  });
});

describe('an entry that feeds a destination', () => {
  const inbound = { notes: { queue: 'IN', concurrency: 2, feeds: ['out'] } };

  it('takes one message a second on each place while that is away, and parks none', async () => {
    let isAway = true;
    const memory = memoryTransport();
    const transport = sendingBy(memory.transport, () => (isAway ? Promise.reject(away) : Promise.resolve({})));
    const { kernel, clock, written, seen } = timed({ inbound, outbound, routes, memory: { ...memory, transport } });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'finds out' });
    await eventually(() => kernel.status().outbound[0]?.state === 'degraded', { what: 'the destination to be away' });
    for (let number = 0; number < 40; number++) memory.put('IN', { id: `m${number}`, body: note(`n${number}`) });
    await pass(clock, 3_000);
    expect(written.length).toBeGreaterThanOrEqual(4);
    expect(written.length).toBeLessThanOrEqual(8);
    isAway = false;
    await pass(clock, 8_000);
    await eventually(() => written.length === 40, { what: 'the rest' });
    expect(seen.filter(({ outcome }) => outcome === 'parked')).toEqual([]);
  });

  it('is not slowed down where its senders wait', async () => {
    const memory = memoryTransport();
    const waiting = promising(memory.transport, { waits: true });
    const transport = sendingBy(waiting, () => Promise.reject(away));
    const { kernel, written } = timed({ inbound, outbound, routes, memory: { ...memory, transport } });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'finds out' });
    await eventually(() => kernel.status().outbound[0]?.state === 'degraded', { what: 'the destination to be away' });
    for (let number = 0; number < 10; number++) memory.put('IN', { id: `m${number}`, body: note(`n${number}`) });
    await eventually(() => written.length === 10, { what: 'all of them, while no time passes' });
    expect(kernel.status().outbound).toMatchObject([{ state: 'degraded' }]);
  });
});

describe('an error endpoint', () => {
  const refusing = handle(writeNote, () => {
    throw new CommandError('WB_TEST_NO', 'There is no such note.');
  });

  it('gets what is parked as it came, with the reason beside it, and the message stays parked', async () => {
    const { kernel, memory, desk, outcomes } = setUp({
      inbound: { notes: { queue: 'IN', errorsTo: 'errors' } },
      outbound: { errors: { queue: 'ERRORS', order: 'serial' } },
      handlers: [refusing],
    });
    await kernel.start();
    memory.put('IN', { id: 'm-1', body: note('one'), contentType: 'application/json', properties: { Tenant: 'a' } });
    await outcomes('parked');
    const copy = await memory.take('ERRORS');
    expect(copy).toMatchObject({
      correlationId: 'm-1',
      contentType: 'application/json',
      properties: { Tenant: 'a', 'waybill-code': 'WB_TEST_NO', 'waybill-reason': 'There is no such note.' },
    });
    expect(copy.id).not.toBe('m-1');
    expect(Buffer.from(copy.body).toString()).toBe(note('one'));
    expect((await desk.list({ direction: 'in', state: 'parked' })).rows).toMatchObject([{ id: 'm-1' }]);
  });

  it('gets what nobody wants any more, too', async () => {
    const inbound = { notes: { queue: 'IN', errorsTo: 'errors' } };
    const { kernel, memory, outcomes } = setUp({ inbound, outbound: { errors: { queue: 'ERRORS' } } });
    await kernel.start();
    memory.put('IN', { id: 'm-1', body: note('one'), expiresAt: Date.now() - 1 });
    await outcomes('sent');
    expect(await memory.take('ERRORS')).toMatchObject({ correlationId: 'm-1', properties: { 'waybill-code': 'WB_MESSAGE_EXPIRED' } });
  });

  it('gets them in the order in which they were parked, where it is serial', async () => {
    let fails = 1;
    const memory = memoryTransport();
    const sent: unknown[] = [];
    const transport = sendingBy(memory.transport, async ({ correlationId }) => {
      if (fails-- > 0) throw new TransportError('WB_TEST_BUSY', 'Busy.', { kind: 'conflict', retryable: true });
      sent.push(correlationId);
      return {};
    });
    const { kernel, outcomes } = setUp({
      inbound: { notes: { queue: 'IN', order: 'serial', parked: 'releases', errorsTo: 'errors' } },
      outbound: { errors: { queue: 'ERRORS', order: 'serial' } },
      handlers: [refusing],
      memory: { ...memory, transport },
    });
    await kernel.start();
    for (const id of ['m-1', 'm-2', 'm-3']) memory.put('IN', { id, body: note('one') });
    await outcomes('sent', 3);
    expect(sent).toEqual(['m-1', 'm-2', 'm-3']);
  });

  it('gets none of what its sender was told of', async () => {
    const memory = memoryTransport();
    const { kernel, outcomes } = setUp({
      inbound: { notes: { queue: 'IN', errorsTo: 'errors' } },
      outbound: { errors: { queue: 'ERRORS' } },
      handlers: [refusing],
      memory: { ...memory, transport: promising(memory.transport, { waits: true }) },
    });
    await kernel.start();
    memory.put('IN', { id: 'm-1', body: note('one') });
    await outcomes('rejected');
    expect((await kernel.desk.list({ direction: 'out' })).rows).toEqual([]);
  });
});
