import { defineTransport } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, type Memory, memoryTransport, settled } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { FillingFile } from './support/filling-file.ts';
import { setUp } from './support/kernel.ts';
import { note, noteAsked, noteWritten, writeNote } from './support/notes.ts';

const outbound = { out: { queue: 'OUT' } };
const routes = [
  { event: 'note.written', message: 'Written', to: ['out'] },
  { event: 'note.asked', message: 'Ask', to: ['out'] },
];

const whileFailing = (journal: FillingFile, steps: number) =>
  eventually(() => journal.failures >= steps, { what: `${steps} steps that the journal could not record` });

describe('a kernel that stops while somebody sends at once', () => {
  it('tells its caller what became of it, and records that', async () => {
    const journal = new FillingFile();
    const { kernel, desk } = setUp({ outbound, routes, journal });
    await kernel.start();
    journal.full = (_, step) => step === 'settle';
    const sent = kernel.sendNow(noteWritten, { text: 'one' });
    await whileFailing(journal, 1);
    const stopped = kernel.stop({ grace: 10_000 });
    journal.full = () => false;
    expect(await sent).toHaveLength(1);
    await stopped;
    expect((await desk.list({})).rows).toMatchObject([{ state: 'done' }]);
  });

  it('sends through the sender that is open what it had begun', async () => {
    const journal = new FillingFile();
    const { memory, opened } = counting(memoryTransport());
    const { kernel } = setUp({ outbound, routes, journal, memory });
    await kernel.start();
    journal.full = (_, step) => step === 'begin';
    const sent = kernel.sendNow(noteWritten, { text: 'one' });
    await whileFailing(journal, 1);
    const stopped = kernel.stop({ grace: 10_000 });
    journal.full = () => false;
    expect(await sent).toHaveLength(1);
    await stopped;
    expect(opened.count).toBe(1);
  });

  it('does not record as failed what was sent, when the journal has no time to record it', async () => {
    const journal = new FillingFile();
    const { kernel, memory, desk } = setUp({ outbound, routes, journal });
    await kernel.start();
    journal.full = (_, step) => step === 'settle';
    const sent = settled(kernel.sendNow(noteWritten, { text: 'one' }), { what: 'the end of the call' });
    await whileFailing(journal, 1);
    const stopped = kernel.stop({ grace: 0 });
    await expect(sent).rejects.toMatchObject({ code: 'WB_KERNEL_STOPPING' });
    journal.full = () => false;
    await stopped;
    expect(memory.takeAll('OUT')).toHaveLength(1);
    const [row] = (await desk.list({})).rows;
    expect(row).toMatchObject({ state: 'failed', reason: 'Whoever sent it ended before it was known how the send ended.' });
  });

  it('records the late reply that it was given', async () => {
    const journal = new FillingFile();
    const { kernel, memory, desk } = setUp({ outbound, routes, journal });
    await kernel.start();
    await expect(kernel.request(noteAsked, { text: 'question' }, { timeout: 1 })).rejects.toMatchObject({ outcome: 'unknown' });
    const question = await memory.take('OUT');
    journal.full = (_, step) => step === 'answered';
    memory.put(question.replyTo ?? '', { id: 'late', correlationId: question.id, body: note('answer') });
    await whileFailing(journal, 1);
    const stopped = kernel.stop({ grace: 10_000 });
    journal.full = () => false;
    await stopped;
    expect(await desk.show({ direction: 'out', entry: 'out', id: question.id })).toMatchObject({ state: 'failed', reply: { id: 'late' } });
  });

  it('has its handlers in hand ask through the sender that is open', async () => {
    const { memory, opened } = counting(memoryTransport());
    const released = Promise.withResolvers<void>();
    const answers: unknown[] = [];
    const handler = handle(writeNote, async (input, context) => {
      await released.promise;
      answers.push(await context.request(noteAsked, input));
    });
    const { kernel } = setUp({ outbound, routes, memory, handlers: [handler] });
    await kernel.start();
    memory.divert('OUT', ({ id, replyTo = '' }) => void memory.put(replyTo, { correlationId: id, body: note('answer') }));
    memory.put('IN', { body: note('question') });
    await eventually(() => kernel.status().inbound.some(({ inHand }) => inHand === 1), { what: 'the handler' });
    const stopped = kernel.stop({ grace: 10_000 });
    setTimeout(released.resolve, 20);
    await stopped;
    expect([answers, opened.count]).toEqual([[{ text: 'answer' }], 1]);
  });
});

/** The transport, with how often its sending side was opened. */
function counting(memory: Memory) {
  const opened = { count: 0 };
  const send = memory.transport.send as NonNullable<Memory['transport']['send']>;
  const open: typeof send.open = (...opening) => {
    opened.count++;
    return send.open(...opening);
  };
  return { memory: { ...memory, transport: defineTransport({ ...memory.transport, send: { ...send, open } }) }, opened };
}
