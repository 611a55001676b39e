import { defineMessagePack, type Leg, messageReported, type Receipt, type ReceiveContext, TransportError } from '@waybill/contract';
import { eventually, MemoryJournalFile, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { changed, sendingBy, setUp } from './support/kernel.ts';
import { noteAsked, notesPack, noteWritten } from './support/notes.ts';

const outbound = { out: { queue: 'OUT' } };
const routes = [{ event: 'note.written', message: 'Written', to: ['out'] }];
const textOf = (body: Uint8Array): string => (JSON.parse(Buffer.from(body).toString()) as { readonly text: string }).text;
const passing = () => new TransportError('WB_TEST_503', 'Not now.', { retryable: true });
const lost = () => new TransportError('WB_TEST_LOST', 'Gone.', { connectionLost: true });

/** A kernel whose sends are done by `way`. */
function sending(way: Parameters<typeof sendingBy>[1], more: Parameters<typeof setUp>[0] = {}) {
  const memory = memoryTransport();
  return setUp({
    outbound,
    routes,
    inbound: {},
    handlers: [],
    ...more,
    memory: { ...memory, transport: sendingBy(memory.transport, way) },
  });
}

/** Fails what holds `bad`, for good. */
const refusingBad = ({ body }: { readonly body: Uint8Array }): Promise<Receipt> =>
  textOf(body).includes('bad') ? Promise.reject(new TransportError('WB_TEST_NO', 'No.')) : Promise.resolve({});

const legOf = (id: string): Leg => ({
  entry: 'out',
  event: 'note.written',
  type: 'Written@1',
  trace: id,
  message: { id, body: Buffer.from(JSON.stringify({ text: id })), createdAt: 0, properties: {} },
});

/** A journal with one leg that was handed out so often to processes that ended. */
async function crashedWith(times: number): Promise<MemoryJournalFile> {
  const journal = new MemoryJournalFile();
  await journal.open().outbox.publish([legOf('deadly')]);
  for (let count = 0; count < times; count += 1) {
    const dying = journal.open();
    await dying.outbox.claim({ entry: 'out', limit: 1 });
    dying.crash();
  }
  return journal;
}

describe('a send during which the process ended', () => {
  it.each([
    ['is parked where the entry says so', { unknown: 'park' }, 'parked'],
    ['is sent again where the entry says nothing', {}, 'sent'],
  ])('%s', async (_, more, outcome) => {
    const entry = { queue: 'OUT', ...more };
    const { kernel, outcomes } = setUp({ journal: await crashedWith(1), outbound: { out: entry }, routes });
    await kernel.start();
    expect(await outcomes(outcome)).toMatchObject([{ id: 'deadly' }]);
  });

  it('is given up when as many processes have ended in it as there are attempts', async () => {
    const entry = { queue: 'OUT', retry: { attempts: 3 } };
    const { kernel, memory, outcomes } = setUp({ journal: await crashedWith(3), outbound: { out: entry }, routes });
    await kernel.start();
    expect(await outcomes('parked')).toMatchObject([{ id: 'deadly', code: 'WB_ATTEMPTS_SPENT' }]);
    expect(memory.size('OUT')).toBe(0);
  });
});

describe('a destination in order', () => {
  it('that is serial sends nothing past a message that waits for its retry', async () => {
    const tried: string[] = [];
    const entry = { queue: 'OUT', order: 'serial', retry: { attempts: 9, first: '20ms', most: '20ms' } };
    const { kernel, outcomes } = sending(
      ({ body }) => {
        tried.push(textOf(body));
        return tried.length < 3 ? Promise.reject(passing()) : Promise.resolve({});
      },
      { outbound: { out: entry } },
    );
    await kernel.start();
    for (const text of ['a', 'b', 'c']) await kernel.publish(noteWritten, { text, key: text });
    await outcomes('sent', 3);
    expect(tried).toEqual(['a', 'a', 'a', 'b', 'c']);
  });

  it('takes the key of the publication before that of the event', async () => {
    const { kernel, outcomes, desk } = sending(refusingBad, { outbound: { out: { queue: 'OUT', order: { by: 'key' } } } });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'bad', key: 'event' }, { orderKey: 'given' });
    await outcomes('parked');
    await kernel.publish(noteWritten, { text: 'held up', key: 'other' }, { orderKey: 'given' });
    await kernel.publish(noteWritten, { text: 'free', key: 'event' });
    await outcomes('sent');
    expect((await desk.blocked()).map(({ orderKey, waiting }) => [orderKey, waiting])).toEqual([['given', 1]]);
  });

  it.each([
    ['holds up what is behind a parked message', 'blocks', []],
    ['lets what is behind a parked message pass where the entry says so', 'releases', ['good']],
  ])('%s', async (_, parked, expected) => {
    const sent: string[] = [];
    const entry = { queue: 'OUT', order: { by: 'key' }, parked };
    const { kernel, outcomes } = sending(
      async (message) => {
        const receipt = await refusingBad(message);
        sent.push(textOf(message.body));
        return receipt;
      },
      { outbound: { out: entry } },
    );
    await kernel.start();
    for (const text of ['bad', 'good']) await kernel.publish(noteWritten, { text, key: 'k' });
    await kernel.publish(noteWritten, { text: 'other', key: 'l' });
    await outcomes('parked');
    await outcomes('sent', 1 + expected.length);
    expect(sent.filter((text) => text !== 'other')).toEqual(expected);
  });

  it.each(['stopped', 'paused'])('gives back what it has claimed behind the message in hand when it is %s', async (how) => {
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const sent: string[] = [];
    const { kernel, desk } = sending(
      async ({ body }) => {
        begun.resolve();
        await gate.promise;
        sent.push(textOf(body));
        return {};
      },
      { journal: await publishedInLine(['a', 'b', 'c']), outbound: { out: { queue: 'OUT', order: 'serial' } } },
    );
    await kernel.start();
    await begun.promise;
    const ending =
      how === 'stopped' ? kernel.stop({ grace: 5_000 }) : kernel.desk.pause({ direction: 'out', entry: 'out' }, { who: 'test' });
    if (how === 'paused') await ending;
    gate.resolve();
    await ending;
    await eventually(async () => (await desk.list({ state: 'done' })).rows.length === 1, { what: 'the message in hand to be sent' });
    expect(sent).toEqual(['a']);
    expect((await desk.list({ state: 'waiting' })).rows).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
  });
});

/** A journal with messages of a serial destination, so that they are claimed together. */
async function publishedInLine(ids: readonly string[]): Promise<MemoryJournalFile> {
  const journal = new MemoryJournalFile();
  await journal.open().outbox.publish(ids.map((id) => ({ ...legOf(id), orderKey: '*' })));
  return journal;
}

describe('a destination whose far side is away', () => {
  it('tries one message at a time, and none of them is counted', async () => {
    let isAway = true;
    let running = 0;
    let most = 0;
    const { kernel, outcomes, desk } = sending(
      async () => {
        most = isAway ? Math.max(most, ++running) : most;
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return isAway ? Promise.reject(lost()) : Promise.resolve({});
      },
      { outbound: { out: { queue: 'OUT', concurrency: 8, retry: { attempts: 2, first: '1ms', most: '1ms' } } } },
    );
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'first' });
    await outcomes('postponed');
    for (let count = 0; count < 20; count += 1) await kernel.publish(noteWritten, { text: `${count}` });
    await outcomes('postponed', 4);
    expect(most).toBe(1);
    expect((await desk.list({ direction: 'out' })).rows.every(({ attempts }) => attempts === 0)).toBe(true);
    isAway = false;
    expect(await outcomes('sent', 21)).toHaveLength(21);
  });

  it('counts a message that the far side has refused all the same', async () => {
    const refused = () => new TransportError('WB_TEST_429', 'Not this one.', { retryable: true, outcome: 'refused' });
    let isAway = true;
    const { kernel, outcomes } = sending(() => Promise.reject(isAway ? lost() : refused()));
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await outcomes('postponed');
    isAway = false;
    expect(await outcomes('parked')).toMatchObject([{ attempt: 3, code: 'WB_TEST_429' }]);
  });
});

describe('what is recorded of a message that was sent', () => {
  it('is the id that the far side gave it, and its bytes where the entry archives', async () => {
    const entry = { queue: 'OUT', archive: true };
    const { kernel, outcomes, desk, journal } = sending(async () => ({ id: 'far-1', detail: 'taken' }), { outbound: { out: entry } });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    const [sent] = await outcomes('sent');
    const shown = await desk.show({ direction: 'out', entry: 'out', id: sent?.id ?? '' });
    expect(shown).toMatchObject({ detail: 'taken', state: 'done' });
    expect(Buffer.from(shown?.message?.body ?? []).toString()).toContain('one');
    expect(await journal.open().outbox.report({ about: 'far-1', id: 'r-1', kind: 'bounced' })).toMatchObject({ id: sent?.id });
  });
});

describe('a report about news of a report', () => {
  it('is recorded and not published: it would go on for ever', async () => {
    const memory = memoryTransport();
    let context: ReceiveContext | undefined;
    const transport = changed(memory.transport, (connection, endpoint, given) => {
      context = given;
      return (memory.transport.receive as NonNullable<typeof memory.transport.receive>).open(connection, endpoint, given);
    });
    const bounced = { name: 'Bounced', version: '1', direction: 'out', summary: 'It came back.', event: messageReported } as const;
    const pack = defineMessagePack({ ...notesPack, messages: [...notesPack.messages, bounced] });
    const more = [...routes, { event: 'message.reported', message: 'Bounced', to: ['admin'] }];
    const { kernel, outcomes, desk, journal } = setUp({
      outbound: { ...outbound, admin: { queue: 'ADMIN' } },
      routes: more,
      pack,
      memory: { ...memory, transport },
    });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    const [sent] = await outcomes('sent');
    await context?.report({ about: sent?.id ?? '', id: 'r1', kind: 'bounced' });
    const news = (await outcomes('sent', 2)).at(-1);
    await context?.report({ about: news?.id ?? '', id: 'r2', kind: 'bounced' });
    const { outbox } = journal.open();
    await eventually(async () => (await outbox.unraised(10)).length === 0, { what: 'the second report to be looked at' });
    expect((await desk.show({ direction: 'out', entry: 'admin', id: news?.id ?? '' }))?.reports).toHaveLength(1);
    expect((await desk.list({ direction: 'out' })).rows).toHaveLength(2);
  });
});

describe('a request that fails', () => {
  it('is recorded as failed, with what went wrong', async () => {
    const asking = [{ event: 'note.asked', message: 'Ask', to: ['out'] }];
    const { kernel, outcomes, desk } = setUp({ outbound, routes: asking });
    await kernel.start();
    await expect(kernel.request(noteAsked, { text: 'one' }, { timeout: 5 })).rejects.toMatchObject({ retryable: true });
    await outcomes('rejected');
    expect((await desk.list({ direction: 'out' })).rows).toMatchObject([{ state: 'failed' }]);
  });
});
