import { type Message, TransportError } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { MemoryJournalFile, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { sendingBy, setUp } from './support/kernel.ts';
import { note, noteWritten, writeNote } from './support/notes.ts';

const outbound = { out: { queue: 'OUT' } };
const routes = [{ event: 'note.written', message: 'Written', to: ['out'] }];

function textOf(message: Message): string {
  return (JSON.parse(Buffer.from(message.body).toString()) as { text: string }).text;
}

describe('an event that is published', () => {
  it('is composed and sent along its route', async () => {
    const { kernel, memory, outcomes } = setUp({ outbound, routes });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    const message = await memory.take('OUT');
    expect(textOf(message)).toBe('one');
    expect(message).toMatchObject({ type: 'Written', contentType: 'application/json' });
    expect(await outcomes('sent')).toMatchObject([
      { direction: 'out', name: 'out', type: 'Written@1', subject: 'note.written', attempt: 1 },
    ]);
  });

  it('goes to every destination of its route, each with its own message', async () => {
    const { kernel, memory } = setUp({
      outbound: { out: { queue: 'OUT' }, copy: { queue: 'COPY' } },
      routes: [{ event: 'note.written', message: 'Written', to: ['out', 'copy'] }],
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    const [first, second] = [await memory.take('OUT'), await memory.take('COPY')];
    expect(first.id).not.toBe(second.id);
    expect([textOf(first), textOf(second)]).toEqual(['one', 'one']);
  });

  it('takes the routes of its store where there are any, else those of the site', async () => {
    const { kernel, memory } = setUp({
      outbound: { site: { queue: 'SITE' }, own: { queue: 'OWN' } },
      routes: [
        { event: 'note.written', message: 'Written', to: ['site'] },
        { event: 'note.written', message: 'Written', to: ['own'], store: '7' },
      ],
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'a' }, { store: '7' });
    await kernel.publish(noteWritten, { text: 'b' }, { store: '8' });
    expect(textOf(await memory.take('OWN'))).toBe('a');
    expect(textOf(await memory.take('SITE'))).toBe('b');
    expect(memory.size('OWN') + memory.size('SITE')).toBe(0);
  });

  it('takes only routes whose priority range holds its priority', async () => {
    const { kernel, memory } = setUp({
      outbound: { low: { queue: 'LOW' }, high: { queue: 'HIGH' } },
      routes: [
        { event: 'note.written', message: 'Written', to: ['low'], priority: [0, 4] },
        { event: 'note.written', message: 'Written', to: ['high'], priority: [5, 9] },
      ],
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'a' }, { priority: 7 });
    await kernel.publish(noteWritten, { text: 'b' });
    expect(textOf(await memory.take('HIGH'))).toBe('a');
    expect(textOf(await memory.take('LOW'))).toBe('b');
  });

  it('has no second effect under the same id', async () => {
    const { kernel, memory, outcomes } = setUp({ outbound, routes });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' }, { id: 'x' });
    await kernel.publish(noteWritten, { text: 'one' }, { id: 'x' });
    await kernel.publish(noteWritten, { text: 'two' }, { id: 'y' });
    await outcomes('sent', 2);
    expect(memory.takeAll('OUT').map(textOf)).toEqual(['one', 'two']);
  });

  it('with wrong data is refused where it is published', async () => {
    const { kernel } = setUp({ outbound, routes });
    await kernel.start();
    await expect(kernel.publish(noteWritten, { text: 1 } as never)).rejects.toMatchObject({ code: 'WB_EVENT_BAD_DATA', at: 'text' });
  });

  it('without a route is not an error', async () => {
    const { kernel, lines } = setUp();
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    expect(lines.map(({ text }) => text)).toContain('published, and no route takes it');
  });

  it('cannot be published before the start', async () => {
    const { kernel } = setUp({ outbound, routes });
    await expect(kernel.publish(noteWritten, { text: 'one' })).rejects.toMatchObject({ code: 'WB_KERNEL_STATE' });
  });

  it('is sent by the next kernel when this one stops before', async () => {
    const journal = new MemoryJournalFile();
    const down = sendingBy(memoryTransport().transport, () =>
      Promise.reject(new TransportError('WB_TEST_DOWN', 'Down.', { connectionLost: true })),
    );
    const first = setUp({ journal, outbound, routes, memory: { ...memoryTransport(), transport: down } });
    await first.kernel.start();
    await first.kernel.publish(noteWritten, { text: 'one' });
    await first.outcomes('postponed');
    await first.kernel.stop();
    const second = setUp({ journal, outbound, routes });
    await second.kernel.start();
    expect(textOf(await second.memory.take('OUT'))).toBe('one');
  });
});

describe('what a handler publishes', () => {
  it('is sent when the handler has succeeded, with the inbound message as its cause', async () => {
    const handlers = [handle(writeNote, (input, context) => context.publish(noteWritten, input))];
    const { kernel, memory, outcomes } = setUp({ outbound, routes, handlers });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    expect(textOf(await memory.take('OUT'))).toBe('one');
    expect(await outcomes('sent')).toMatchObject([{ cause: 'a' }]);
  });

  it('is forgotten when the handler fails afterwards, and sent once when it succeeds at last', async () => {
    let runs = 0;
    const handlers = [
      handle(writeNote, (input, context) => {
        context.publish(noteWritten, input);
        if (++runs < 3) throw new TypeError('not yet');
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ outbound, routes, handlers });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await outcomes('sent');
    expect(runs).toBe(3);
    expect(memory.takeAll('OUT')).toHaveLength(1);
  });

  it('has no second effect when two messages publish under one id', async () => {
    const handlers = [handle(writeNote, (input, context) => context.publish(noteWritten, { text: 'same' }, { id: `about-${input.text}` }))];
    const { kernel, memory, outcomes } = setUp({ outbound, routes, handlers });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await outcomes('sent');
    memory.put('IN', { body: note('one') });
    await outcomes('done', 2);
    memory.put('IN', { body: note('two') });
    await outcomes('sent', 2);
    expect(memory.takeAll('OUT')).toHaveLength(2);
  });
});

describe('a destination that fails', () => {
  it('with a retryable error gets the message again, and it is parked when the attempts are spent', async () => {
    const memory = memoryTransport();
    const transport = sendingBy(memory.transport, () => Promise.reject(new TransportError('WB_TEST_BUSY', 'Busy.', { retryable: true })));
    const { kernel, outcomes } = setUp({ outbound, routes, memory: { ...memory, transport } });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    expect(await outcomes('parked')).toMatchObject([{ attempt: 3, code: 'WB_TEST_BUSY' }]);
    const [row] = (await kernel.desk.list({ state: 'parked', direction: 'out' })).rows;
    expect(row).toMatchObject({ entry: 'out', attempts: 3, code: 'WB_TEST_BUSY', event: 'note.written' });
  });

  it('with a final error has the message parked at once, and a replay sends it', async () => {
    const memory = memoryTransport();
    let works = false;
    const transport = sendingBy(memory.transport, () =>
      works ? Promise.resolve({ detail: 'taken' }) : Promise.reject(new TransportError('WB_TEST_NO', 'No.')),
    );
    const { kernel, outcomes } = setUp({ outbound, routes, memory: { ...memory, transport } });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    const [parked] = await outcomes('parked');
    works = true;
    await kernel.desk.replay([{ direction: 'out', entry: 'out', id: parked?.id ?? '' }], { who: 'test' });
    expect(await outcomes('sent')).toMatchObject([{ detail: 'taken' }]);
  });

  it('by being away keeps everything waiting, counts nothing and parks nothing', async () => {
    const memory = memoryTransport();
    let away = true;
    const gone = () => Promise.reject(new TransportError('WB_TEST_AWAY', 'Away.', { connectionLost: true }));
    const transport = sendingBy(memory.transport, () => (away ? gone() : Promise.resolve({})));
    const { kernel, outcomes, seen, desk } = setUp({
      outbound: { out: { queue: 'OUT', retry: { attempts: 1 } } },
      routes,
      memory: { ...memory, transport },
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await outcomes('postponed', 2);
    expect(kernel.status()).toMatchObject({ degraded: true, outbound: [{ name: 'out', state: 'degraded' }] });
    expect((await desk.list({ direction: 'out' })).rows).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    away = false;
    await outcomes('sent');
    expect(seen.filter(({ outcome }) => outcome === 'parked')).toEqual([]);
    expect(kernel.status().degraded).toBe(false);
  });

  it('by hanging is given up after the timeout of the entry', async () => {
    const memory = memoryTransport();
    const transport = sendingBy(memory.transport, () => new Promise(() => undefined));
    const { kernel, outcomes } = setUp({
      outbound: { out: { queue: 'OUT', timeout: '1ms', retry: { attempts: 1 } } },
      routes,
      memory: { ...memory, transport },
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_SEND_TIMEOUT' }]);
  });

  it('does not keep messages for other destinations waiting', async () => {
    const memory = memoryTransport();
    const transport = sendingBy(memory.transport, (message, send) =>
      textOf(message) === 'stuck' ? new Promise(() => undefined) : send(message),
    );
    const { kernel, outcomes } = setUp({
      outbound: { out: { queue: 'OUT', concurrency: 1, timeout: '1h' }, other: { queue: 'OTHER' } },
      routes: [
        { event: 'note.written', message: 'Written', to: ['out'], store: '1' },
        { event: 'note.written', message: 'Written', to: ['other'], store: '2' },
      ],
      memory: { ...memory, transport },
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'stuck' }, { store: '1' });
    await kernel.publish(noteWritten, { text: 'free' }, { store: '2' });
    expect(await outcomes('sent')).toMatchObject([{ name: 'other' }]);
  });
});
