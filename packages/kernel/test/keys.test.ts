import { defineMessagePack, type Message } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { changed, promising, setUp } from './support/kernel.ts';
import { busy, note, notesPack, noteWritten, refused, writeNote } from './support/notes.ts';

// Pairs that differ in one part: whatever takes them for one is found.

const textOf = ({ body }: Message): string => (JSON.parse(Buffer.from(body).toString()) as { readonly text: string }).text;
const two = { name: 'Note', version: '2', direction: 'in', summary: 'A note of another version.', commands: [writeNote] } as const;
/** The pack of notes, of which some are of version 2: those whose text says so. */
const versions = defineMessagePack({
  ...notesPack,
  messages: [...notesPack.messages, two],
  recognise: (message, ...rest) =>
    Buffer.from(message.body).toString().includes('version 2') ? { name: 'Note', version: '2' } : notesPack.recognise(message, ...rest),
});

describe('two versions of a message', () => {
  it.each([
    ['taken', { messages: ['Note@1'] }, 'WB_MESSAGE_NOT_ACCEPTED'],
    ['allowed', { allow: { '*': ['Note@1'] } }, 'WB_AUTH_NOT_ALLOWED'],
  ])('are not the same: one is %s, the other is not', async (_, entry, code) => {
    const { kernel, memory, outcomes, written } = setUp({ pack: versions, inbound: { notes: { queue: 'IN', ...entry } } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('version 2') });
    memory.put('IN', { id: 'b', body: note('version 1') });
    expect(await outcomes('parked')).toMatchObject([{ id: 'a', code }]);
    expect(await outcomes('done')).toMatchObject([{ id: 'b' }]);
    expect(written).toEqual(['version 1']);
  });
});

describe('a message of a store in an entry of another one', () => {
  it('belongs to its own store for the application, for its handler and for what the handler publishes', async () => {
    const told: unknown[] = [];
    const application = {
      handlers: [
        handle(writeNote, (input, context) => {
          told.push(context.store);
          context.publish(noteWritten, input);
        }),
      ],
      authenticate: (_: object, { store }: { readonly store?: string | undefined }) => (told.push(store), { name: 'erp' }),
      keyOf: async (_: string, __: unknown, { store }: { readonly store?: string | undefined }) => (told.push(store), 'one'),
    };
    const { kernel, memory, outcomes } = setUp({
      handlers: [],
      options: { application },
      inbound: { notes: { queue: 'IN', store: 'A', order: { by: 'key' } } },
      outbound: { a: { queue: 'OUT-A' }, b: { queue: 'OUT-B' } },
      routes: [
        { event: 'note.written', message: 'Written', to: ['a'], store: 'A' },
        { event: 'note.written', message: 'Written', to: ['b'], store: 'B' },
      ],
    });
    await kernel.start();
    memory.put('IN', { body: note('one', { store: 'B', credentials: { logonId: 'x' } }) });
    expect(await outcomes('sent')).toMatchObject([{ name: 'b', store: 'B' }]);
    expect(told).toEqual(['B', 'B', 'B']);
  });

  it('does not decide for an event that is published for a store of its own', async () => {
    const handlers = [handle(writeNote, (input, context) => context.publish(noteWritten, input, { store: 'C' }))];
    const { kernel, memory, outcomes } = setUp({
      handlers,
      outbound: { b: { queue: 'OUT-B' }, c: { queue: 'OUT-C' } },
      routes: [
        { event: 'note.written', message: 'Written', to: ['b'], store: 'B' },
        { event: 'note.written', message: 'Written', to: ['c'], store: 'C' },
      ],
    });
    await kernel.start();
    memory.put('IN', { body: note('one', { store: 'B' }) });
    expect(await outcomes('sent')).toMatchObject([{ name: 'c', store: 'C' }]);
  });
});

describe('another body under the id of a message', () => {
  const retry = { attempts: 9, first: '1h', most: '1h' };

  it.each([
    ['waits for its retry', { queue: 'IN', retry, order: 'serial' }, busy],
    ['is stored', { queue: 'IN', retry, accept: 'stored' }, busy],
    ['is parked', { queue: 'IN' }, refused],
  ] as const)('that %s is kept apart', async (_, entry, error) => {
    const handlers = [handle(writeNote, () => Promise.reject(error()))];
    const { kernel, memory, seen, desk } = setUp({ handlers, inbound: { notes: entry } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(() => seen.some(({ outcome }) => ['retry', 'parked'].includes(outcome)), { what: 'the first one to fail' });
    memory.put('IN', { id: 'a', body: note('two') });
    await eventually(() => seen.some(({ code }) => code === 'WB_MESSAGE_ID_REUSED'), { what: 'the second one to be kept apart' });
    const { rows } = await desk.list({ state: 'parked' });
    expect(rows.filter(({ code }) => code === 'WB_MESSAGE_ID_REUSED')).toMatchObject([{ id: expect.stringMatching(/^a#.+/) as string }]);
  });

  it('that is in hand waits until that one has ended, and is kept apart then', async () => {
    const gate = Promise.withResolvers<void>();
    const { kernel, memory, outcomes, seen } = setUp({ handlers: [handle(writeNote, () => gate.promise)] });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(() => kernel.status().inbound[0]?.inHand === 1, { what: 'the first one to be in hand' });
    memory.put('IN', { id: 'a', body: note('two') });
    await eventually(() => memory.size('IN') === 0, { what: 'the second one to be handed out' });
    gate.resolve();
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_MESSAGE_ID_REUSED' }]);
    expect(seen.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
  });

  it('holds up nobody of its order', async () => {
    const { kernel, memory, outcomes, written } = setUp({ inbound: { notes: { queue: 'IN', order: { by: 'key' } } } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one', { key: 'k' }) });
    memory.put('IN', { id: 'a', body: note('two', { key: 'k' }) });
    await outcomes('parked');
    memory.put('IN', { id: 'b', body: note('three', { key: 'k' }) });
    await outcomes('done', 2);
    expect(written).toEqual(['one', 'three']);
  });
});

describe('one id of two senders', () => {
  it('names two messages, and each sender hears of its own', async () => {
    const memory = memoryTransport();
    const told: unknown[] = [];
    const transport = changed(memory.transport, async (connection, endpoint, context) => {
      const listener = await (memory.transport.receive as NonNullable<typeof memory.transport.receive>).open(connection, endpoint, context);
      return {
        ...listener,
        run: (deliver, stop) =>
          listener.run(async (delivery) => {
            const principal = { name: String(delivery.message.properties?.['from']) };
            const settlement = await deliver({ ...delivery, principal });
            told.push(await context.stateOf('m', { name: 'anna' }), await context.stateOf('m', { name: 'bert' }));
            return settlement;
          }, stop),
      };
    });
    const { kernel, outcomes, written } = setUp({ memory: { ...memory, transport } });
    await kernel.start();
    memory.put('IN', { id: 'm', body: note('one'), properties: { from: 'anna' } });
    await outcomes('done');
    memory.put('IN', { id: 'm', body: note('one'), properties: { from: 'bert' } });
    await outcomes('done', 2);
    expect(written).toEqual(['one', 'one']);
    await eventually(() => told.length === 4, { what: 'both to be settled' });
    expect(told).toEqual(['done', undefined, 'done', 'done']);
  });
});

describe('a transport that does not promise to count', () => {
  it('is not believed when it says how often it has handed a message out', async () => {
    const memory = memoryTransport();
    const counting = changed(memory.transport, async (...opening) => {
      const listener = await (memory.transport.receive as NonNullable<typeof memory.transport.receive>).open(...opening);
      return { ...listener, run: (deliver, stop) => listener.run((delivery) => deliver({ ...delivery, attempt: 99 }), stop) };
    });
    const transport = promising(counting, { countsAttempts: false });
    const { kernel, outcomes } = setUp({ memory: { ...memory, transport } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    expect(await outcomes('done')).toHaveLength(1);
  });
});

describe('a message with a business key', () => {
  it('is found by it, and not by another value or name', async () => {
    const { kernel, memory, outcomes, desk } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one', { key: 'k' }) });
    await outcomes('done');
    const found = async (name: string, value: string) => (await desk.list({ businessKey: { name, value } })).rows.length;
    expect([await found('note', 'k'), await found('note', 'l'), await found('order', 'k')]).toEqual([1, 0, 0]);
  });
});

describe('a priority range of a route', () => {
  it.each([
    [0, false],
    [1, true],
    [5, true],
    [6, false],
  ])('from 1 to 5 and the priority %i: %s', async (priority, isTaken) => {
    const { kernel, memory, outcomes } = setUp({
      outbound: { out: { queue: 'OUT' }, end: { queue: 'END' } },
      routes: [
        { event: 'note.written', message: 'Written', to: ['out'], priority: [1, 5] },
        { event: 'note.written', message: 'Written', to: ['end'], priority: [0, 9] },
      ],
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' }, { priority });
    await outcomes('sent', isTaken ? 2 : 1);
    expect(memory.takeAll('OUT').map(textOf)).toEqual(isTaken ? ['one'] : []);
  });
});
