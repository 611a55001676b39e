import { defineMessagePack, messageReported, type Receipt, type ReceiveContext, TransportError } from '@waybill/contract';
import { eventually, MemoryJournalFile, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { changed, sendingBy, setUp } from './support/kernel.ts';
import { noteAsked, notesPack, noteWritten } from './support/notes.ts';

const outbound = { out: { queue: 'OUT' } };
const routes = [{ event: 'note.written', message: 'Written', to: ['out'] }];
const textOf = (body: Uint8Array): string => (JSON.parse(Buffer.from(body).toString()) as { readonly text: string }).text;
const failing = (cause: TransportError) => () => Promise.reject(cause);
const unavailable = () => new TransportError('WB_TEST_503', 'Not now.', { retryable: true });

/** A kernel whose sends are done by `way`. */
function sending(way: Parameters<typeof sendingBy>[1], more: Parameters<typeof setUp>[0] = {}) {
  const memory = memoryTransport();
  return setUp({ outbound, routes, ...more, memory: { ...memory, transport: sendingBy(memory.transport, way) } });
}

describe('a send of which nobody knows whether it arrived', () => {
  const doubtful = new TransportError('WB_TEST_DOUBT', 'No answer came.', { outcome: 'unknown' });

  it('is parked as such where the far side would take a second copy', async () => {
    const { kernel, outcomes, lines } = sending(failing(doubtful), { outbound: { out: { queue: 'OUT', unknown: 'park' } } });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    expect(await outcomes('parked')).toMatchObject([{ attempt: 1, code: 'WB_TEST_DOUBT' }]);
    expect(lines.map(({ text }) => text)).toContain('message parked: it may have arrived, and is not sent again by itself');
  });

  it('is tried again where the entry says so', async () => {
    let sends = 0;
    const { kernel, outcomes } = sending(() => (++sends < 3 ? Promise.reject(doubtful) : Promise.resolve({})), {
      outbound: { out: { queue: 'OUT', unknown: 'retry' } },
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    expect(await outcomes('sent')).toMatchObject([{ attempt: 3 }]);
  });
});

describe('a destination whose far side is unavailable', () => {
  it('counts nothing and parks nothing once three messages in a row have met that', async () => {
    let isAway = true;
    const { kernel, outcomes, seen } = sending(() => (isAway ? Promise.reject(unavailable()) : Promise.resolve({})), {
      outbound: { out: { queue: 'OUT', concurrency: 4, retry: { attempts: 2, first: '1ms', most: '1ms' } } },
    });
    await kernel.start();
    for (const text of ['a', 'b', 'c', 'd', 'e']) await kernel.publish(noteWritten, { text });
    await eventually(() => kernel.status().outbound[0]?.state === 'degraded', { what: 'the circuit to open' });
    await outcomes('postponed', 8);
    isAway = false;
    await outcomes('sent', 5);
    expect(seen.filter(({ outcome }) => outcome === 'parked')).toEqual([]);
    expect(kernel.status().degraded).toBe(false);
  });

  it('goes on counting for a single message that it never takes', async () => {
    const { kernel, outcomes } = sending((message) =>
      textOf(message.body) === 'bad' ? Promise.reject(unavailable()) : Promise.resolve({}),
    );
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'bad' });
    await kernel.publish(noteWritten, { text: 'good' });
    expect(await outcomes('parked')).toMatchObject([{ attempt: 3, code: 'WB_TEST_503' }]);
    expect(kernel.status().degraded).toBe(false);
  });

  it('gets the time that it asks for', async () => {
    const asked = new TransportError('WB_TEST_429', 'Slower.', { retryable: true, retryAfter: 80 });
    const times: number[] = [];
    const { kernel, outcomes } = sending(() => (times.push(performance.now()) < 2 ? Promise.reject(asked) : Promise.resolve({})));
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await outcomes('sent');
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(75);
  });
});

describe('a message with several recipients', () => {
  const said = (anna: string, bert: string): Receipt => ({
    recipients: [
      { address: 'anna', outcome: anna as 'sent' },
      { address: 'bert', outcome: bert as 'sent' },
    ],
  });

  it('is tried again for those only that are open, and the journal knows of each', async () => {
    const to: unknown[] = [];
    const { kernel, outcomes, desk } = sending((_, __, options) => {
      to.push(options.to);
      return Promise.resolve(to.length === 1 ? said('sent', 'later') : { recipients: [{ address: 'bert', outcome: 'sent' }] });
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' }, { id: 'x' });
    const [sent] = await outcomes('sent');
    expect(to).toEqual([undefined, ['bert']]);
    const row = await desk.show({ direction: 'out', entry: 'out', id: sent?.id ?? '' });
    expect(row?.recipients).toEqual(said('sent', 'sent').recipients);
  });

  it('is parked when every one of them is refused, with what was said', async () => {
    const { kernel, outcomes } = sending(() => Promise.resolve(said('refused', 'refused')));
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_RECIPIENTS_REFUSED', reason: 'Refused for anna, bert.' }]);
  });

  it('is done when some are refused and none is open', async () => {
    const { kernel, outcomes } = sending(() => Promise.resolve(said('sent', 'refused')));
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    expect(await outcomes('sent')).toHaveLength(1);
  });

  it('keeps what was said before a send failed', async () => {
    const to: unknown[] = [];
    const half = new TransportError('WB_TEST_CUT', 'Cut.', { retryable: true, recipients: said('sent', 'later').recipients });
    const { kernel, outcomes } = sending((_, __, options) => {
      to.push(options.to);
      return to.length === 1 ? Promise.reject(half) : Promise.resolve({ recipients: [{ address: 'bert', outcome: 'sent' }] });
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await outcomes('sent');
    expect(to).toEqual([undefined, ['bert']]);
  });
});

describe('an event that a pack cannot compose', () => {
  it('is kept with its data, its other messages go, and a replay composes it anew', async () => {
    let canCompose = false;
    const pack = defineMessagePack({
      ...notesPack,
      compose: (type, data, context) => {
        if (!canCompose && (data as { readonly text: string }).text === 'long') throw new TypeError('too long');
        return notesPack.compose(type, data, context);
      },
    });
    const memory = memoryTransport();
    const { kernel, outcomes, desk, lines } = setUp({ outbound, routes, memory, pack });
    await kernel.start();
    for (const text of ['one', 'long', 'three']) await kernel.publish(noteWritten, { text });
    await outcomes('sent', 2);
    expect(memory.takeAll('OUT').map(({ body }) => textOf(body))).toEqual(['one', 'three']);
    const { rows } = await desk.list({ state: 'parked' });
    expect(rows).toMatchObject([{ direction: 'out', entry: 'out', event: 'note.written', code: 'WB_PACK_FAILED' }]);
    expect(lines.map(({ text }) => text)).toContain('message cannot be composed; it is parked with the data of its event');
    const [row] = rows;
    expect(Buffer.from((await desk.show(row as never))?.message?.body ?? []).toString()).toBe('{"text":"long"}');
    canCompose = true;
    await kernel.desk.replay([row as never], { who: 'test' });
    await outcomes('sent', 3);
    expect(memory.takeAll('OUT').map(({ body }) => textOf(body))).toEqual(['long']);
  });
});

describe('an event with an id', () => {
  it('gives each of its messages to one destination an id of its own', async () => {
    const twice = [...routes, { event: 'note.written', message: 'Other', to: ['out'] }];
    const other = { name: 'Other', version: '1', direction: 'out', summary: 'Another one.', event: noteWritten } as const;
    const pack = defineMessagePack({ ...notesPack, messages: [...notesPack.messages, other] });
    const { kernel, memory, outcomes } = setUp({ outbound, routes: twice, pack });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' }, { id: 'x' });
    await outcomes('sent', 2);
    expect(new Set(memory.takeAll('OUT').map(({ id }) => id)).size).toBe(2);
  });

  it('is another event for another store', async () => {
    const { kernel, memory, outcomes } = setUp({ outbound, routes });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' }, { id: '1001', store: 'A' });
    await kernel.publish(noteWritten, { text: 'two' }, { id: '1001', store: 'B' });
    await kernel.publish(noteWritten, { text: 'again' }, { id: '1001', store: 'B' });
    await outcomes('sent', 2);
    expect(memory.takeAll('OUT').map(({ body }) => textOf(body))).toEqual(['one', 'two']);
  });
});

describe('a destination in order', () => {
  it('sends nothing past a message that waits for its retry, but what has another key', async () => {
    const tried: string[] = [];
    const { kernel, outcomes } = sending(
      ({ body }) => {
        const text = textOf(body);
        tried.push(text);
        return text === 'a1' && tried.length < 4 ? Promise.reject(unavailable()) : Promise.resolve({});
      },
      { outbound: { out: { queue: 'OUT', order: { by: 'key' }, concurrency: 1, retry: { attempts: 9, first: '30ms', most: '30ms' } } } },
    );
    await kernel.start();
    for (const text of ['a1', 'a2', 'b1', 'a3']) await kernel.publish(noteWritten, { text, key: text.slice(0, 1) });
    await outcomes('sent', 4);
    const [first, second, ...rest] = tried;
    expect([first, second]).toEqual(['a1', 'b1']);
    expect(rest.filter((text) => text !== 'a1')).toEqual(['a2', 'a3']);
  });
});

describe('a request whose reply comes late', () => {
  it('has that reply recorded beside it', async () => {
    const asking = { outbound, routes: [{ event: 'note.asked', message: 'Ask', to: ['out'] }] };
    const { kernel, memory, desk } = setUp(asking);
    await kernel.start();
    await expect(kernel.request(noteAsked, { text: 'question' }, { timeout: 5 })).rejects.toMatchObject({ retryable: true });
    const asked = await memory.take('OUT');
    memory.put(asked.replyTo ?? '', { correlationId: asked.id, body: '{"kind":"Note","text":"late"}' });
    const key = { direction: 'out', entry: 'out', id: asked.id } as const;
    await eventually(async () => (await desk.show(key))?.reply !== undefined, { what: 'the late reply' });
    expect((await desk.show(key))?.state).toBe('failed');
  });
});

describe('a report about a message that was sent', () => {
  it('is recorded with it and published as an event', async () => {
    const memory = memoryTransport();
    let context: ReceiveContext | undefined;
    const transport = changed(memory.transport, (connection, endpoint, given) => {
      context = given;
      return (memory.transport.receive as NonNullable<typeof memory.transport.receive>).open(connection, endpoint, given);
    });
    const bounced = { name: 'Bounced', version: '1', direction: 'out', summary: 'It came back.', event: messageReported } as const;
    const pack = defineMessagePack({ ...notesPack, messages: [...notesPack.messages, bounced] });
    const more = [...routes, { event: 'message.reported', message: 'Bounced', to: ['admin'] }];
    const { kernel, outcomes, desk } = setUp({
      outbound: { ...outbound, admin: { queue: 'ADMIN' } },
      routes: more,
      pack,
      memory: { ...memory, transport },
      journal: new MemoryJournalFile(),
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    const [sent] = await outcomes('sent');
    await context?.report({ about: sent?.id ?? '', id: 'r1', kind: 'bounced', permanent: true, detail: 'No such mailbox.' });
    await context?.report({ about: sent?.id ?? '', id: 'r1', kind: 'bounced', permanent: true, detail: 'No such mailbox.' });
    const news = await memory.take('ADMIN');
    expect(JSON.parse(Buffer.from(news.body).toString())).toMatchObject({
      messageId: sent?.id,
      kind: 'bounced',
      detail: 'No such mailbox.',
    });
    expect((await desk.show({ direction: 'out', entry: 'out', id: sent?.id ?? '' }))?.reports).toMatchObject([
      { id: 'r1', kind: 'bounced' },
    ]);
    expect(memory.size('ADMIN')).toBe(0);
  });
});
