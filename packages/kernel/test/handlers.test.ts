import type { Settlement } from '@waybill/contract';
import { type HandlerContext, handle } from '@waybill/contract/application';
import { eventually, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { setUp, tellingTo } from './support/kernel.ts';
import { busy, note, noteWritten, writeNote } from './support/notes.ts';

/** A handler that gives its context away, and ends when it is told to. */
function watched() {
  const contexts: HandlerContext[] = [];
  const end = Promise.withResolvers<void>();
  const handler = handle(writeNote, (_, context) => {
    contexts.push(context);
    return end.promise;
  });
  return { contexts, handler, end };
}

describe('the context of a handler that has ended', () => {
  it('has aborted, also where nobody has asked for its signal before, and publishes nothing more', async () => {
    const contexts: HandlerContext[] = [];
    const routes = [{ event: 'note.written', message: 'Written', to: ['out'] }];
    const handlers = [handle(writeNote, (_, context) => void contexts.push(context))];
    const { kernel, memory, outcomes } = setUp({ handlers, routes, outbound: { out: { queue: 'OUT' } } });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await outcomes('done');
    expect(() => contexts[0]?.publish(noteWritten, { text: 'late' })).toThrow(expect.objectContaining({ code: 'WB_KERNEL_STATE' }));
    expect(contexts[0]?.signal.aborted).toBe(true);
  });
});

describe('the signal of a handler', () => {
  it('aborts when the message is taken away, and what was done is not recorded', async () => {
    const { contexts, handler, end } = watched();
    const memory = memoryTransport();
    const settlements: Settlement[] = [];
    const transport = tellingTo(settlements, memory.transport);
    const { kernel, seen, desk } = setUp({
      handlers: [handler],
      memory: { ...memory, transport },
      inbound: { notes: { queue: 'IN', concurrency: 1 } },
    });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(() => contexts.length === 1, { what: 'the handler to run' });
    expect(contexts[0]?.signal.aborted).toBe(false);
    memory.takeBack('IN');
    expect(contexts[0]?.signal.aborted).toBe(true);
    // It comes again, and joins what is still being worked on; that is given back, and it is worked on anew.
    end.resolve();
    await eventually(() => seen.some(({ outcome }) => outcome === 'done'), { what: 'the message to be done' });
    expect(seen.map(({ outcome }) => outcome)).toEqual(['released', 'done']);
    expect(settlements[0]).toEqual({ outcome: 'released' });
    expect((await desk.list({})).rows).toHaveLength(1);
  });

  it('aborts when the grace of a stop is over, and the attempt is not counted', async () => {
    const contexts: HandlerContext[] = [];
    const handler = handle(writeNote, (_, context) => {
      contexts.push(context);
      return new Promise<void>((_resolve, reject) => context.signal.addEventListener('abort', () => reject(busy())));
    });
    const memory = memoryTransport();
    const settlements: Settlement[] = [];
    const inbound = { notes: { queue: 'IN' }, stored: { queue: 'STORED', accept: 'stored' } };
    const { kernel, seen, desk } = setUp({
      handlers: [handler],
      inbound,
      memory: { ...memory, transport: tellingTo(settlements, memory.transport) },
    });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    memory.put('STORED', { id: 'b', body: note('two') });
    await eventually(() => contexts.length === 2, { what: 'both handlers to run' });
    await kernel.stop({ grace: 10 });
    expect(contexts.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(settlements.map(({ outcome }) => outcome)).toEqual(['accepted', 'released']);
    expect(seen.map(({ outcome }) => outcome)).toEqual(['stored', 'released']);
    expect((await desk.list({})).rows).toMatchObject([{ id: 'b', state: 'stored', attempts: 0 }]);
  });
});

describe('a message that waits for its place', () => {
  it('is not tried when it was taken away meanwhile', async () => {
    const { contexts, handler, end } = watched();
    const { kernel, memory, seen } = setUp({
      handlers: [handler],
      inbound: { notes: { queue: 'IN', order: { by: 'key' }, concurrency: 4 } },
    });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one', { key: 'k' }) });
    memory.put('IN', { id: 'b', body: note('two', { key: 'k' }) });
    await eventually(() => kernel.status().inbound[0]?.inHand === 2, { what: 'both to be in hand' });
    memory.takeBack('IN');
    end.resolve();
    await eventually(() => seen.filter(({ outcome }) => outcome === 'done').length === 2, { what: 'both to be done' });
    expect(contexts.map(({ messageId }) => messageId)).toEqual(['a', 'a', 'b']);
  });

  it('keeps the place of its arrival, however long the application takes to tell its key', async () => {
    const tell = Promise.withResolvers<string>();
    let asked = 0;
    const order: string[] = [];
    const application = {
      handlers: [handle(writeNote, ({ text }) => void order.push(text))],
      keyOf: () => (++asked === 1 ? tell.promise : Promise.resolve('k')),
    };
    const { kernel, memory, outcomes } = setUp({
      handlers: [],
      options: { application },
      inbound: { notes: { queue: 'IN', order: { by: 'key' }, concurrency: 4 } },
    });
    await kernel.start();
    for (const text of ['one', 'two', 'three']) memory.put('IN', { body: note(text) });
    await eventually(() => asked === 3, { what: 'all keys to be asked for' });
    tell.resolve('k');
    await outcomes('done', 3);
    expect(order).toEqual(['one', 'two', 'three']);
  });
});
