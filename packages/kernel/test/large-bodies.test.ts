import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport, stays } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { sendingBy, setUp } from './support/kernel.ts';
import { note, writeNote } from './support/notes.ts';

/** Of 32 MB, three of them have room; the one that is claimed with what is left goes beyond it. */
const body = Buffer.from(note('x'.repeat(9 * 1024 ** 2)));
const together = 4;
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const messageOf = (id: string) => ({ id, body, createdAt: 0, properties: {} });

/** Whoever enters stays until the gate is opened. */
function newGate() {
  const gate = Promise.withResolvers<void>();
  let inside = 0;
  const enter = async (): Promise<void> => {
    inside += 1;
    await gate.promise;
    inside -= 1;
  };
  const openWhenFull = async (): Promise<void> => {
    await eventually(() => inside === together, { what: 'as many as have room' });
    await stays(() => inside === together, { what: 'nobody else inside' });
    gate.resolve();
  };
  return { enter, openWhenFull };
}

describe('large messages that the journal has for one entry', () => {
  it('are handled a few at a time, however many places there are', async () => {
    const journal = new MemoryJournalFile();
    const { inbox } = journal.open();
    for (const id of ids) await inbox.store({ entry: 'notes', id, digest: id, trace: id, message: messageOf(id) });
    const { enter, openWhenFull } = newGate();
    const inbound = { notes: { queue: 'IN', accept: 'stored', concurrency: 64 } };
    const { kernel, outcomes } = setUp({ journal, inbound, handlers: [handle(writeNote, enter)] });
    await kernel.start();
    await openWhenFull();
    expect(await outcomes('done', ids.length)).toHaveLength(ids.length);
  });

  it('are sent a few at a time, however many places there are', async () => {
    const journal = new MemoryJournalFile();
    const leg = { entry: 'out', event: 'note.written', type: 'Written@1', trace: '1' };
    await journal.open().outbox.publish(ids.map((id) => ({ ...leg, message: messageOf(id) })));
    const { enter, openWhenFull } = newGate();
    const memory = memoryTransport();
    const transport = sendingBy(memory.transport, async () => {
      await enter();
      return {};
    });
    const outbound = { out: { queue: 'OUT', concurrency: 64 } };
    const { kernel, outcomes } = setUp({ journal, outbound, inbound: {}, handlers: [], memory: { ...memory, transport } });
    await kernel.start();
    await openWhenFull();
    expect(await outcomes('sent', ids.length)).toHaveLength(ids.length);
  });
});
