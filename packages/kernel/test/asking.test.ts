import { type Message, TransportError } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, memoryTransport, settled } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { sendingBy, setUp } from './support/kernel.ts';
import { note, noteAsked, noteWritten, writeNote } from './support/notes.ts';

const outbound = { out: { queue: 'OUT' } };
const routes = [{ event: 'note.written', message: 'Written', to: ['out'] }];

function textOf(message: Message): string {
  return (JSON.parse(Buffer.from(message.body).toString()) as { text: string }).text;
}

describe('a message that is sent at once', () => {
  it('is recorded in the journal, and the caller sees the receipt', async () => {
    const { kernel, memory, desk } = setUp({ outbound, routes });
    await kernel.start();
    expect(await kernel.sendNow(noteWritten, { text: 'one' })).toHaveLength(1);
    expect(textOf(await memory.take('OUT'))).toBe('one');
    expect((await desk.list({})).rows).toMatchObject([{ direction: 'out', entry: 'out', state: 'done', event: 'note.written' }]);
  });

  it('is not sent again under an id that was sent', async () => {
    const { kernel, memory } = setUp({ outbound, routes });
    await kernel.start();
    await kernel.sendNow(noteWritten, { text: 'one' }, { id: 'x' });
    await expect(kernel.sendNow(noteWritten, { text: 'one' }, { id: 'x' })).rejects.toMatchObject({ code: 'WB_EVENT_ALREADY_SENT' });
    expect(memory.takeAll('OUT')).toHaveLength(1);
  });

  it('fails before the eyes of the caller', async () => {
    const memory = memoryTransport();
    const transport = sendingBy(memory.transport, () => Promise.reject(new TransportError('WB_TEST_NO', 'No.')));
    const { kernel } = setUp({ outbound, routes, memory: { ...memory, transport } });
    await kernel.start();
    await expect(kernel.sendNow(noteWritten, { text: 'one' })).rejects.toMatchObject({ code: 'WB_TEST_NO' });
  });
});

describe('a request', () => {
  const asking = { outbound, routes: [{ event: 'note.asked', message: 'Ask', to: ['out'] }] };

  function answerWith(memory: ReturnType<typeof memoryTransport>, body: string): void {
    memory.divert('OUT', (message) => void memory.put(message.replyTo ?? '', { correlationId: message.id, body }));
  }

  it('resolves with what the reply says', async () => {
    const { kernel, memory, outcomes } = setUp(asking);
    await kernel.start();
    answerWith(memory, note('answer'));
    expect(await kernel.request(noteAsked, { text: 'question' })).toEqual({ text: 'answer' });
    expect(await outcomes('answered')).toMatchObject([{ type: 'Ask@1', name: 'out' }]);
  });

  it('is not made again under an id that was asked under, by the same event to the same place', async () => {
    const { kernel, memory } = setUp(asking);
    await kernel.start();
    answerWith(memory, note('answer'));
    await kernel.request(noteAsked, { text: 'question' }, { id: 'x' });
    await expect(kernel.request(noteAsked, { text: 'question' }, { id: 'x' })).rejects.toMatchObject({ code: 'WB_EVENT_ALREADY_SENT' });
    expect(await kernel.request(noteAsked, { text: 'question' }, { id: 'y' })).toEqual({ text: 'answer' });
  });

  it('can be made by a handler', async () => {
    const answers: unknown[] = [];
    const handlers = [handle(writeNote, async (input, context) => void answers.push(await context.request(noteAsked, input)))];
    const { kernel, memory } = setUp({ ...asking, handlers });
    await kernel.start();
    answerWith(memory, note('answer'));
    memory.put('IN', { body: note('question') });
    await eventually(() => answers.length === 1, { what: 'the answer' });
    expect(answers).toEqual([{ text: 'answer' }]);
  });

  it('rejects when no reply comes in time', async () => {
    const { kernel } = setUp({ ...asking, outbound: { out: { queue: 'OUT', timeout: '1h' } } });
    await kernel.start();
    const asked = settled(kernel.request(noteAsked, { text: 'question' }, { timeout: 5 }), { what: 'the end of the request' });
    await expect(asked).rejects.toMatchObject({ retryable: true });
  });

  it.each(['{"kind":"Count"}', '{"kind":"Written","text":"answer"}'])('rejects when the reply is of another type: %s', async (reply) => {
    const { kernel, memory } = setUp(asking);
    await kernel.start();
    answerWith(memory, reply);
    await expect(kernel.request(noteAsked, { text: 'question' })).rejects.toMatchObject({ code: 'WB_REQUEST_UNEXPECTED_REPLY' });
  });

  it('rejects when the reply does not fit its event, and says where', async () => {
    const { kernel, memory } = setUp(asking);
    await kernel.start();
    answerWith(memory, '{"kind":"Note","text":5}');
    const asked = kernel.request(noteAsked, { text: 'question' });
    await expect(asked).rejects.toMatchObject({ code: 'WB_REQUEST_UNEXPECTED_REPLY', at: 'text' });
  });

  it('rejects when nobody can be asked', async () => {
    const { kernel } = setUp();
    await kernel.start();
    await expect(kernel.request(noteAsked, { text: 'question' })).rejects.toMatchObject({ code: 'WB_EVENT_NO_ROUTE' });
  });
});
