import { CommandError, TransportError } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport, stays } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { changed, setUp } from './support/kernel.ts';
import { busy, note, writeNote } from './support/notes.ts';

describe('an entry', () => {
  it('never has more messages in hand than its concurrency', async () => {
    let running = 0;
    let most = 0;
    const handlers = [
      handle(writeNote, async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { queue: 'IN', concurrency: 3 } } });
    await kernel.start();
    for (let number = 0; number < 30; number++) memory.put('IN', { body: note(`${number}`) });
    await outcomes('done', 30);
    expect(most).toBe(3);
  });

  it('in serial order keeps that order across retries', async () => {
    const tries: string[] = [];
    const handlers = [
      handle(writeNote, ({ text }, { attempt }) => {
        tries.push(`${text}${attempt}`);
        if (text === 'b' && attempt < 3) throw busy();
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { queue: 'IN', order: 'serial' } } });
    await kernel.start();
    for (const text of ['a', 'b', 'c']) memory.put('IN', { body: note(text) });
    await outcomes('done', 3);
    expect(tries).toEqual(['a1', 'b1', 'b2', 'b3', 'c1']);
  });

  it('that accepts messages as stored is done with them before the handler runs, and works on them with retries', async () => {
    let runs = 0;
    const handlers = [
      handle(writeNote, () => {
        if (++runs < 3) throw busy();
      }),
    ];
    const { kernel, memory, outcomes, seen } = setUp({ handlers, inbound: { notes: { queue: 'IN', accept: 'stored' } } });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await outcomes('done');
    expect(seen.map(({ outcome }) => outcome)).toEqual(['stored', 'retry', 'retry', 'done']);
  });

  it('that accepts messages as stored takes more of them while all its handlers are at work', async () => {
    const { promise: end, resolve } = Promise.withResolvers<void>();
    let runs = 0;
    const handlers = [handle(writeNote, () => (runs++, end))];
    const inbound = { notes: { queue: 'IN', accept: 'stored', concurrency: 1 } };
    const { kernel, memory, outcomes } = setUp({ handlers, inbound });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await eventually(() => runs === 1, { what: 'the handler to run' });
    memory.put('IN', { body: note('two') });
    await outcomes('stored', 2);
    expect(runs).toBe(1);
    resolve();
    await outcomes('done', 2);
  });

  it('that accepts messages as stored works on what an earlier kernel left', async () => {
    let later = 0;
    const journal = new MemoryJournalFile({ clock: { now: () => Date.now() + later } });
    const inbound = { notes: { queue: 'IN', accept: 'stored', retry: { attempts: 3, first: '1h', most: '1h' } } };
    const first = setUp({ journal, inbound, handlers: [handle(writeNote, () => Promise.reject(busy()))] });
    await first.kernel.start();
    first.memory.put('IN', { body: note('one') });
    await first.outcomes('retry');
    await first.kernel.stop();
    later = 2 * 3_600_000;
    const second = setUp({ journal, inbound });
    await second.kernel.start();
    expect(await second.outcomes('done')).toMatchObject([{ attempt: 2 }]);
    expect(second.written).toEqual(['one']);
  });

  it('lists only messages that somebody handles', async () => {
    const { kernel } = setUp({ inbound: { notes: { queue: 'IN', messages: ['Count'] } } });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_HANDLER_MISSING', at: 'inbound.notes.messages' });
    expect(kernel.state).toBe('failed');
  });
});

describe('a listener that fails', () => {
  it('is opened again, and its neighbours do not notice', async () => {
    const memory = memoryTransport();
    const { kernel, outcomes, written } = setUp({ memory, inbound: { notes: { queue: 'IN' }, others: { queue: 'OTHER' } } });
    await kernel.start();
    memory.breakConnections();
    memory.put('IN', { body: note('one') });
    memory.put('OTHER', { body: note('two') });
    await outcomes('done', 2);
    expect(written.toSorted()).toEqual(['one', 'two']);
    await eventually(() => !kernel.status().degraded, { what: 'everything to be well again' });
  });

  it('with a final error at the start stops the start', async () => {
    const memory = memoryTransport();
    const refusing = changed(memory.transport, () => Promise.reject(new TransportError('WB_TEST_NO', 'No.')));
    const { kernel } = setUp({ memory: { ...memory, transport: refusing } });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_TEST_NO' });
    expect(kernel.state).toBe('failed');
  });
});

describe('a kernel that is stopped', () => {
  it('settles what is in hand and takes nothing more', async () => {
    const release = Promise.withResolvers<void>();
    const handlers = [handle(writeNote, () => release.promise)];
    const { kernel, memory, outcomes } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await eventually(() => kernel.status().inbound[0]?.inHand === 1, { what: 'the message to be in hand' });
    const stopped = kernel.stop();
    memory.put('IN', { body: note('two') });
    await stays(() => kernel.state === 'draining', { what: 'the kernel to wait for what is in hand' });
    release.resolve();
    await stopped;
    expect(kernel.state).toBe('stopped');
    expect(await outcomes('done')).toHaveLength(1);
    expect(memory.size('IN')).toBe(1);
  });

  it('gives up what does not settle in time, and its message is there for the next start', async () => {
    const handlers = [
      handle(
        writeNote,
        (_, { signal }) =>
          new Promise<void>((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(new CommandError('WB_NOTE_ABORTED', 'Stopped.', { retryable: true }))),
          ),
      ),
    ];
    const { kernel, memory } = setUp({ handlers, inbound: { notes: { queue: 'IN', order: 'serial' } } });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await eventually(() => kernel.status().inbound[0]?.inHand === 1, { what: 'the message to be in hand' });
    await kernel.stop({ grace: 1 });
    expect(memory.size('IN')).toBe(1);
  });
});
