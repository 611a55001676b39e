import { type Message, type ReceiveContext, type Settlement, TransportError } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport, testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { changed, sendingBy, setUp, tellingTo } from './support/kernel.ts';
import { busy, note, noteWritten, refused, writeNote } from './support/notes.ts';

// The clock of these kernels stands still: whatever happens without it being advanced happens at once, and not at the end of a rest.

const outbound = { out: { queue: 'OUT' } };
const routes = [{ event: 'note.written', message: 'Written', to: ['out'] }];
const who = { who: 'test' };

/** A started kernel whose loops have gone to rest. */
async function atRest(setup: Parameters<typeof setUp>[0] = {}) {
  const clock = testClock();
  const made = setUp({ ...setup, options: { ...setup.options, clock } });
  await made.kernel.start();
  await clock.advance(1_000);
  return { ...made, clock };
}

/** Lets time pass in small steps until it holds; answers how much, in milliseconds. */
async function timeUntil(clock: ReturnType<typeof testClock>, isReached: () => boolean): Promise<number> {
  const start = clock.now();
  await eventually(
    async () => {
      await clock.advance(10);
      return isReached();
    },
    { what: 'it to happen' },
  );
  return clock.now() - start;
}

describe('at once', () => {
  it('goes what is published', async () => {
    const { kernel, outcomes } = await atRest({ outbound, routes });
    await kernel.publish(noteWritten, { text: 'one' });
    expect(await outcomes('sent')).toHaveLength(1);
  });

  it('goes the one message that a handler has published', async () => {
    const handlers = [handle(writeNote, (input, context) => context.publish(noteWritten, input))];
    const { memory, outcomes } = await atRest({ outbound, routes, handlers });
    memory.put('IN', { id: 'a', body: note('one') });
    expect(await outcomes('sent')).toHaveLength(1);
  });

  it('is worked on what is stored', async () => {
    const { memory, outcomes } = await atRest({ inbound: { notes: { queue: 'IN', accept: 'stored' } } });
    memory.put('IN', { id: 'a', body: note('one') });
    expect(await outcomes('done')).toHaveLength(1);
  });

  it('is worked on what another process stores, and sent what it publishes', async () => {
    const journal = new MemoryJournalFile();
    const other = setUp({ journal, inbound: {}, outbound: { other: { queue: 'OTHER' } }, routes: [], handlers: [] });
    await other.kernel.start();
    const { outcomes } = await atRest({ journal, outbound, routes, inbound: { notes: { queue: 'IN', accept: 'stored' } } });
    const message = { id: 'a', body: Buffer.from(note('one')), createdAt: 0, properties: {} };
    const opened = journal.open();
    await opened.inbox.store({ entry: 'notes', id: 'a', digest: 'a', trace: 't', message });
    await opened.outbox.publish([{ entry: 'out', event: 'note.written', type: 'Written@1', trace: 't', message }]);
    expect(await outcomes('done')).toHaveLength(1);
    expect(await outcomes('sent')).toHaveLength(1);
  });

  it('is worked on what is replayed, moved, or stood behind what is dropped', async () => {
    let isMended = false;
    const handlers = [
      handle(writeNote, ({ text }) => {
        if (!isMended && text === 'bad') throw refused();
      }),
    ];
    const entry = { queue: 'IN', order: { by: 'key' } };
    const inbound = { notes: entry, others: { ...entry, queue: 'OTHER' } };
    const { kernel, memory, outcomes } = await atRest({ handlers, inbound });
    for (const key of ['a', 'b', 'c']) {
      memory.put('IN', { id: `${key}1`, body: note('bad', { key }) });
      memory.put('IN', { id: `${key}2`, body: note('good', { key }) });
    }
    await outcomes('parked', 3);
    await outcomes('stored', 3);
    isMended = true;
    const key = (id: string) => ({ direction: 'in', entry: 'notes', id }) as const;
    await kernel.desk.drop([key('a1')], who);
    expect(await outcomes('done', 1)).toMatchObject([{ id: 'a2' }]);
    await kernel.desk.replay([key('b1')], who);
    await outcomes('done', 3);
    await kernel.desk.replay([key('c1')], who);
    await outcomes('done', 5);
    memory.put('IN', { id: 'd1', body: 'nonsense' });
    await outcomes('parked', 4);
    await kernel.desk.edit(key('d1'), Buffer.from(note('good')), who);
    await kernel.desk.move([key('d1')], 'others', who);
    await kernel.desk.replay([{ ...key('d1'), entry: 'others' }], who);
    expect((await outcomes('done', 6)).at(-1)).toMatchObject({ id: 'd1', name: 'others' });
  });

  it('is worked on what was moved while it waited', async () => {
    const { kernel, journal, outcomes, clock } = await atRest({ inbound: { notes: { queue: 'IN' } } });
    const message = { id: 'a', body: Buffer.from(note('one')), createdAt: 0, properties: {} };
    await journal.open().inbox.store({ entry: 'gone', id: 'a', digest: 'a', trace: 't', message });
    await clock.advance(100);
    await kernel.desk.move([{ direction: 'in', entry: 'gone', id: 'a' }], 'notes', who);
    expect(await outcomes('done')).toMatchObject([{ id: 'a', name: 'notes' }]);
  });

  it('is obeyed what another process pauses', async () => {
    const { kernel, journal } = await atRest();
    await journal.open().control.pause({ direction: 'in', entry: 'notes' }, who);
    await eventually(() => kernel.status().inbound[0]?.state === 'paused', { what: 'the entry to be paused' });
    expect(kernel.status().inbound).toMatchObject([{ reason: 'paused by test' }]);
  });

  it('goes a reply that its listener could not deliver, to where it was to go', async () => {
    const memory = memoryTransport();
    let context: ReceiveContext | undefined;
    const transport = changed(memory.transport, (connection, endpoint, given) => {
      context = given;
      return (memory.transport.receive as NonNullable<typeof memory.transport.receive>).open(connection, endpoint, given);
    });
    const { outcomes } = await atRest({ memory: { ...memory, transport } });
    const reply: Message = { id: 'r', body: Buffer.from('{}'), properties: {}, createdAt: 0, correlationId: 'q' };
    await context?.undeliverable(reply, 'BACK', new TransportError('WB_TEST_FULL', 'Full.', { retryable: true }));
    expect(await outcomes('sent')).toMatchObject([{ name: 'replies:notes', cause: 'q' }]);
    expect(memory.takeAll('BACK')).toMatchObject([{ id: 'r' }]);
  });
});

describe('when its time has come', () => {
  it('is tried again what the journal keeps for its retry', async () => {
    let runs = 0;
    const handlers = [
      handle(writeNote, () => {
        if (++runs < 3) throw busy();
      }),
    ];
    const { clock, memory, seen } = await atRest({ handlers, inbound: { notes: { queue: 'IN', order: 'serial' } } });
    memory.put('IN', { id: 'a', body: note('one') });
    expect(await timeUntil(clock, () => seen.some(({ outcome }) => outcome === 'done'))).toBeLessThan(1_000);
  });

  it('is sent again what was not taken', async () => {
    const memory = memoryTransport();
    let sends = 0;
    const passing = new TransportError('WB_TEST_503', 'Not now.', { retryable: true });
    const transport = sendingBy(memory.transport, () => (++sends < 3 ? Promise.reject(passing) : Promise.resolve({})));
    const { clock, kernel, seen } = await atRest({ outbound, routes, memory: { ...memory, transport } });
    await kernel.publish(noteWritten, { text: 'one' });
    expect(await timeUntil(clock, () => seen.some(({ outcome }) => outcome === 'sent'))).toBeLessThan(1_000);
  });

  it('is handed out again what its transport holds for its retry, with growing waits', async () => {
    const memory = memoryTransport();
    const settlements: Settlement[] = [];
    const telling = tellingTo(settlements, memory.transport);
    const handlers = [handle(writeNote, () => Promise.reject(busy()))];
    const retry = { attempts: 4, first: '20ms', most: '1s' };
    const { clock, seen } = await atRest({
      handlers,
      memory: { ...memory, transport: telling },
      inbound: { notes: { queue: 'IN', retry } },
    });
    memory.put('IN', { id: 'a', body: note('one') });
    await timeUntil(clock, () => seen.some(({ outcome }) => outcome === 'parked'));
    const afters = settlements.flatMap((one) => (one.outcome === 'retry' ? [one.after] : []));
    expect(afters).toHaveLength(3);
    for (const [index, after] of afters.entries()) expect(Math.abs(after - 20 * 2 ** index)).toBeLessThanOrEqual(4 * 2 ** index);
  });
});
