import { setImmediate } from 'node:timers/promises';
import { defineMessagePack, type Settlement } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport, type PutMessage } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { changed, promising, setUp, tellingTo } from './support/kernel.ts';
import { busy, countNotes, note, notesPack, refused, writeNote } from './support/notes.ts';

// What a transport, and a sender who waits, is told.

const count = JSON.stringify({ kind: 'Count' });

/** A kernel whose transport keeps what it is told. */
function telling(setup: Parameters<typeof setUp>[0] = {}, guarantees: Parameters<typeof promising>[1] = {}) {
  const memory = memoryTransport();
  const settlements: Settlement[] = [];
  const transport = promising(tellingTo(settlements, memory.transport), guarantees);
  return { ...setUp({ ...setup, memory: { ...memory, transport } }), settlements };
}

describe('the transport of a message that is parked', () => {
  it('is told that it was refused, and hands it out no more', async () => {
    const { kernel, memory, outcomes, settlements } = telling({ handlers: [handle(writeNote, () => Promise.reject(refused()))] });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('parked');
    await eventually(() => settlements.length === 1, { what: 'the settlement' });
    expect(settlements).toMatchObject([{ outcome: 'rejected', fault: { code: 'WB_NOTE_REFUSED' } }]);
  });

  it('gets the error reply for its sender again when the message comes again', async () => {
    const { kernel, memory, outcomes } = telling({ handlers: [handle(countNotes, () => Promise.reject(refused()))] });
    await kernel.start();
    for (const outcome of ['parked', 'duplicate']) {
      memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
      await outcomes(outcome);
      const reply = await memory.take('BACK');
      expect(JSON.parse(Buffer.from(reply.body).toString())).toEqual({ kind: 'Counted', failed: 'WB_NOTE_REFUSED' });
    }
  });
});

describe('a message that is only ever sent out', () => {
  it('is not answered, though its pack would', async () => {
    const pack = defineMessagePack({ ...notesPack, reply: () => ({ body: '{}', contentType: 'application/json', type: 'Counted' }) });
    const { kernel, memory, outcomes } = telling({ pack });
    await kernel.start();
    memory.put('IN', { id: 'q', body: JSON.stringify({ kind: 'Counted', count: 1 }), replyTo: 'BACK' });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_MESSAGE_NOT_ACCEPTED' }]);
    expect(memory.size('BACK')).toBe(0);
  });
});

describe('a message without an id of its own', () => {
  it('is kept by the journal for its retry: its transport would bring it as another one', async () => {
    let runs = 0;
    const handlers = [
      handle(writeNote, () => {
        if (++runs < 3) throw busy();
      }),
    ];
    const { kernel, memory, outcomes, settlements } = telling({ handlers });
    await kernel.start();
    memory.put('IN', { id: undefined, body: note('one') } as unknown as PutMessage);
    await outcomes('done');
    expect([runs, settlements]).toEqual([3, [{ outcome: 'accepted', stored: true, id: expect.any(String) as string }]]);
  });
});

describe('a delivery with a defect', () => {
  it('is parked, and reaches no handler', async () => {
    const memory = memoryTransport();
    const transport = changed(memory.transport, async (...opening) => {
      const listener = await (memory.transport.receive as NonNullable<typeof memory.transport.receive>).open(...opening);
      const defect = refused();
      return { ...listener, run: (deliver, stop) => listener.run((delivery) => deliver({ ...delivery, defect }), stop) };
    });
    const { kernel, outcomes, written } = setUp({ memory: { ...memory, transport } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_NOTE_REFUSED', type: 'Note@1' }]);
    expect(written).toEqual([]);
  });
});

describe('a sender who waits', () => {
  function waiting(setup: Parameters<typeof setUp>[0] = {}) {
    const memory = memoryTransport({ waits: true });
    return setUp({ ...setup, memory });
  }

  it('is told how its message failed and when to come again, and its attempts are counted', async () => {
    const attempts: number[] = [];
    const handlers = [
      handle(writeNote, (_, { attempt }) => {
        attempts.push(attempt);
        throw busy();
      }),
    ];
    const { kernel, memory, desk } = waiting({ handlers });
    await kernel.start();
    for (let tried = 0; tried < 2; tried += 1) {
      const settlement = await memory.exchange('IN', { id: 'a', body: note('one') });
      expect(settlement).toMatchObject({ outcome: 'retry', fault: { code: 'WB_NOTE_BUSY' } });
    }
    expect(attempts).toEqual([1, 2]);
    expect((await desk.list({ state: 'parked' })).rows).toEqual([]);
  });

  it('who was told to come again holds up nobody of the same order', async () => {
    const handlers = [
      handle(writeNote, ({ text }) => {
        if (text === 'bad') throw busy();
      }),
    ];
    const { kernel, memory } = waiting({ handlers, inbound: { notes: { queue: 'IN', order: { by: 'key' } } } });
    await kernel.start();
    expect(await memory.exchange('IN', { id: 'a', body: note('bad', { key: 'k' }) })).toMatchObject({ outcome: 'retry' });
    expect(await memory.exchange('IN', { id: 'b', body: note('good', { key: 'k' }) })).toEqual({ outcome: 'accepted' });
  });

  it('is told to come again while an earlier message of the same order is not finished', async () => {
    const journal = new MemoryJournalFile();
    const message = { id: 'first', body: Buffer.from(note('one', { key: 'k' })), createdAt: 0, properties: {} };
    const opened = journal.open();
    await opened.inbox.store({ entry: 'notes', id: 'first', digest: 'd', trace: 't', orderKey: 'k', message });
    const gate = Promise.withResolvers<void>();
    const handlers = [handle(writeNote, ({ text }) => (text === 'one' ? gate.promise.then(() => Promise.reject(refused())) : undefined))];
    const { kernel, memory, outcomes } = waiting({ journal, handlers, inbound: { notes: { queue: 'IN', order: { by: 'key' } } } });
    await kernel.start();
    gate.resolve();
    await outcomes('parked');
    const settlement = await memory.exchange('IN', { id: 'second', body: note('two', { key: 'k' }) });
    expect(settlement).toMatchObject({ outcome: 'retry', fault: { code: 'WB_MESSAGE_WAITS' } });
    expect(await memory.exchange('IN', { id: 'other', body: note('two', { key: 'l' }) })).toEqual({ outcome: 'accepted' });
  });
});

/** A journal whose kernel falls silent, as a suspended process does: then another opening has what it had. */
function leavable() {
  let later = 0;
  const journal = new MemoryJournalFile({ clock: { now: () => Date.now() + later } });
  const open = journal.open.bind(journal);
  const opened: ReturnType<MemoryJournalFile['open']>[] = [];
  journal.open = () => {
    const one = open();
    opened.push(one);
    return one;
  };
  const fallSilent = () => {
    for (const one of opened) one.suspend();
    later = 60_000;
    return open();
  };
  return { journal, open, fallSilent };
}

describe('a message that another process has taken over', () => {
  it('is given back by the one that had it, which does not record it', async () => {
    const { journal, fallSilent } = leavable();
    const memory = memoryTransport({ exclusive: false });
    const gate = Promise.withResolvers<void>();
    const settlements: Settlement[] = [];
    const { kernel, seen } = setUp({
      journal,
      handlers: [handle(writeNote, () => gate.promise)],
      inbound: { notes: { queue: 'IN', order: 'serial' } },
      memory: { ...memory, transport: tellingTo(settlements, memory.transport) },
    });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(() => kernel.status().inbound[0]?.inHand === 1, { what: 'the message to be in hand' });
    const lease = await fallSilent().lease('notes');
    expect(lease).toBeDefined();
    gate.resolve();
    await eventually(() => settlements.length > 0, { what: 'the settlement' });
    expect(settlements[0]).toEqual({ outcome: 'released' });
    expect(seen.map(({ outcome }) => outcome)).toEqual(['released']);
    expect(kernel.status().inbound).toMatchObject([{ state: 'standing-by' }]);
  });

  it('is the last of those that were claimed with it: they may be somebody else’s, too', async () => {
    const { journal, open, fallSilent } = leavable();
    for (const id of ['one', 'two']) {
      const message = { id, body: Buffer.from(note(id, { key: 'k' })), createdAt: 0, properties: {} };
      await open().inbox.store({ entry: 'notes', id, digest: id, trace: id, orderKey: 'k', message });
    }
    const gate = Promise.withResolvers<void>();
    const texts: string[] = [];
    const handlers = [handle(writeNote, ({ text }) => (texts.push(text), gate.promise))];
    const { kernel, outcomes } = setUp({ journal, handlers, inbound: { notes: { queue: 'IN', order: { by: 'key' } } } });
    await kernel.start();
    await eventually(() => texts.length > 0, { what: 'the handler' });
    const other = fallSilent();
    const claim = async () => (await other.inbox.claim({ entry: 'notes', limit: 2, run: 2 })).jobs;
    for (const { entry, id, digest, trace, token } of await claim())
      await other.inbox.settle({ entry, id, digest, trace, token, ending: { outcome: 'done', legs: [] } });
    expect(await claim()).toMatchObject([{ id: 'two' }]);
    gate.resolve();
    await outcomes('duplicate');
    await setImmediate();
    expect(texts).toEqual(['one']);
  });
});
