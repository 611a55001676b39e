import { type Draft, defineMessagePack, type MessagePackDefinition, settings, TransportError, Type } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { MemoryJournalFile, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { sendingBy, setUp } from './support/kernel.ts';
import { countNotes, note, noteAsked, notesPack, noteWritten, refused } from './support/notes.ts';

/** Notes that show with which options they were made; one that is `refused` is not composed. */
function markingPack(): { readonly pack: MessagePackDefinition; readonly refuse: (texts: readonly string[]) => void } {
  let refusedTexts: readonly string[] = [];
  const marked = (draft: Draft, mark: string): Draft => ({ ...draft, body: JSON.stringify({ ...JSON.parse(String(draft.body)), mark }) });
  const pack = defineMessagePack({
    ...notesPack,
    options: settings({ answer: Type.String({ default: 'plain answer', description: 'How answers are marked.' }) }),
    writing: settings({ mark: Type.String({ default: 'plain', description: 'How messages are marked.' }) }),
    compose: (type, data, context) => {
      if (refusedTexts.includes((data as { readonly text: string }).text)) throw new TypeError('not this one');
      return marked(notesPack.compose(type, data, context), context.options.mark);
    },
    reply: (type, outcome, context) => {
      const draft = notesPack.reply?.(type, outcome, context);
      return draft && marked(draft, context.options.answer);
    },
  });
  return { pack, refuse: (texts) => void (refusedTexts = texts) };
}

const outbound = { out: { queue: 'OUT', packs: { notes: { mark: 'blue' } } }, other: { queue: 'OTHER' } };
const routes = [{ event: 'note.written', message: 'Written', to: ['out', 'other'] }];
const valueIn = ({ body }: { readonly body: Uint8Array }) => JSON.parse(Buffer.from(body).toString()) as { readonly mark: string };

describe('a message that is composed', () => {
  it('gets the options of each entry to which it goes, or their defaults, whether it waits or is sent at once', async () => {
    const { kernel, memory, outcomes } = setUp({ outbound, routes, pack: markingPack().pack });
    await kernel.start();
    await kernel.publish(noteWritten, { text: 'one' });
    await outcomes('sent', 2);
    await kernel.sendNow(noteWritten, { text: 'two' });
    for (const [queue, mark] of [
      ['OUT', 'blue'],
      ['OTHER', 'plain'],
    ] as const)
      expect(memory.takeAll(queue).map(valueIn)).toMatchObject([
        { text: 'one', mark },
        { text: 'two', mark },
      ]);
  });

  it('gets them in a request', async () => {
    const asking = [{ event: 'note.asked', message: 'Ask', to: ['out'] }];
    const { kernel, memory } = setUp({ outbound, routes: asking, pack: markingPack().pack });
    await kernel.start();
    memory.divert('OUT', (message) => {
      memory.put(message.replyTo ?? '', { correlationId: message.id, body: note(valueIn(message).mark) });
    });
    expect(await kernel.request(noteAsked, { text: 'question' })).toEqual({ text: 'blue' });
  });

  it('has its reply read with those that its entry sets for replies, or with their defaults', async () => {
    const pack = defineMessagePack({
      ...markingPack().pack,
      read: (type, message, options) => {
        const read = notesPack.read(type, message, options);
        return { ...read, input: { text: `${(read.input as { text: string }).text}, ${String(options['answer'])}` } };
      },
    });
    const both = { out: { queue: 'OUT', replies: { notes: { answer: 'read well' } } }, other: { queue: 'OUT' } };
    const asking = (['out', 'other'] as const).map((to) => ({ event: 'note.asked', message: 'Ask', to: [to], store: to }));
    const { kernel, memory } = setUp({ outbound: both, routes: asking, pack });
    await kernel.start();
    memory.divert('OUT', (message) => void memory.put(message.replyTo ?? '', { correlationId: message.id, body: note('answer') }));
    const ask = (store: string) => kernel.request(noteAsked, { text: 'question' }, { store });
    expect([await ask('out'), await ask('other')]).toEqual([{ text: 'answer, read well' }, { text: 'answer, plain answer' }]);
  });

  it('gets those of its entry when it is replayed after it could not be composed, as they are then, and at each attempt', async () => {
    const { pack, refuse } = markingPack();
    const journal = new MemoryJournalFile();
    refuse(['one']);
    const before = setUp({ outbound, routes, pack, journal });
    await before.kernel.start();
    await before.kernel.publish(noteWritten, { text: 'one' });
    await before.kernel.stop();
    refuse([]);
    const green = { ...outbound, out: { ...outbound.out, packs: { notes: { mark: 'green' } } } };
    const memory = memoryTransport();
    const tried: string[] = [];
    const transport = sendingBy(memory.transport, async (message, send) => {
      tried.push(valueIn(message).mark);
      if (tried.length === 1) throw new TransportError('WB_TEST_BUSY', 'Busy.', { retryable: true });
      return send(message);
    });
    const { kernel, outcomes, desk } = setUp({ outbound: green, routes, pack, journal, memory: { ...memory, transport } });
    await kernel.start();
    const { rows } = await desk.list({ state: 'parked' });
    await kernel.desk.replay(rows, { who: 'test' });
    await outcomes('sent', 2);
    expect([...memory.takeAll('OUT'), ...memory.takeAll('OTHER')].map(valueIn)).toMatchObject([{ mark: 'green' }, { mark: 'plain' }]);
    expect([tried.length, new Set(tried)]).toEqual([3, new Set(['green', 'plain'])]);
  });
});

describe('a reply', () => {
  it('gets the options of the entry that was asked, for an answer, for a failure, and after a replay', async () => {
    let isRefusing = false;
    const handlers = [
      handle(countNotes, () => {
        if (isRefusing) throw refused();
        return { count: 3 };
      }),
    ];
    const memory = memoryTransport();
    const inbound = { counts: { queue: 'IN', packs: { notes: { answer: 'round' } } }, plain: { queue: 'PLAIN' } };
    const { kernel, outcomes, desk } = setUp({ inbound, handlers, memory, pack: markingPack().pack });
    await kernel.start();
    const ask = (queue: string, id: string) => memory.put(queue, { id, body: '{"kind":"Count"}', replyTo: 'BACK' });
    ask('IN', 'a');
    expect(valueIn(await memory.take('BACK'))).toMatchObject({ count: 3, mark: 'round' });
    ask('PLAIN', 'b');
    expect(valueIn(await memory.take('BACK'))).toMatchObject({ count: 3, mark: 'plain answer' });
    isRefusing = true;
    ask('IN', 'c');
    expect(valueIn(await memory.take('BACK'))).toMatchObject({ failed: 'WB_NOTE_REFUSED', mark: 'round' });
    await outcomes('parked');
    isRefusing = false;
    const { rows } = await desk.list({ state: 'parked' });
    await kernel.desk.replay(rows, { who: 'test' });
    expect(valueIn(await memory.take('BACK'))).toMatchObject({ count: 3, mark: 'round' });
  });
});
