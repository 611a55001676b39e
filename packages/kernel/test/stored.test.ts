import type { Settlement } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { countingFrom, promising, setUp, tellingTo } from './support/kernel.ts';
import { note, refused, writeNote } from './support/notes.ts';

/** A journal with stored messages of one order, so that they are claimed together. */
async function storedInLine(texts: readonly string[]): Promise<MemoryJournalFile> {
  const journal = new MemoryJournalFile();
  const opened = journal.open();
  for (const id of texts) {
    const message = { id, body: Buffer.from(note(id, { key: 'k' })), createdAt: 0, properties: {} };
    await opened.inbox.store({ entry: 'notes', id, digest: id, trace: id, orderKey: 'k', message });
  }
  return journal;
}

const inbound = { notes: { queue: 'IN', accept: 'stored', order: { by: 'key' } } };

describe('stored messages of one order', () => {
  it.each([
    ['wait behind one that is parked', 'blocks', ['bad']],
    ['go on past one that is parked where the entry says so', 'releases', ['bad', 'b', 'c']],
  ])('%s', async (_, parked, expected) => {
    const worked: string[] = [];
    const handlers = [
      handle(writeNote, ({ text }) => {
        worked.push(text);
        if (text === 'bad') throw refused();
      }),
    ];
    const journal = await storedInLine(['bad', 'b', 'c']);
    const { kernel, desk, outcomes } = setUp({ journal, handlers, inbound: { notes: { ...inbound.notes, parked } } });
    await kernel.start();
    await outcomes('parked');
    await outcomes('done', expected.length - 1);
    await kernel.stop({ grace: 1_000 });
    expect(worked).toEqual(expected);
    expect((await desk.list({ state: 'stored' })).rows).toHaveLength(3 - expected.length);
  });

  it.each(['stopped', 'paused'])('are given back untried behind the one in hand when their entry is %s', async (how) => {
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const worked: string[] = [];
    const handlers = [
      handle(writeNote, async ({ text }) => {
        worked.push(text);
        begun.resolve();
        await gate.promise;
      }),
    ];
    const { kernel, desk } = setUp({ journal: await storedInLine(['a', 'b', 'c']), handlers, inbound });
    await kernel.start();
    await begun.promise;
    const key = { direction: 'in', entry: 'notes' } as const;
    const ending = how === 'stopped' ? kernel.stop({ grace: 5_000 }) : kernel.desk.pause(key, { who: 'test' });
    if (how === 'paused') await ending;
    gate.resolve();
    await ending;
    await eventually(async () => (await desk.list({ state: 'done' })).rows.length === 1, { what: 'the message in hand to be done' });
    await kernel.stop({ grace: 1_000 });
    expect(worked).toEqual(['a']);
    expect((await desk.list({ state: 'stored' })).rows).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
  });
});

describe('a message whose transport says that it was handed out before', () => {
  it('is recorded before it is tried again', async () => {
    const memory = memoryTransport();
    const gate = Promise.withResolvers<void>();
    const handlers = [handle(writeNote, () => gate.promise)];
    const { kernel, desk, outcomes } = setUp({ handlers, memory: { ...memory, transport: countingFrom(2, memory.transport) } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(async () => (await desk.list({})).rows.length === 1, { what: 'the hand-out to be recorded' });
    gate.resolve();
    expect(await outcomes('done')).toMatchObject([{ id: 'a' }]);
  });
});

describe('after a crash, where the transport does not count', () => {
  it('twice as many hand-outs as there are places are recorded before they are tried, and no more', async () => {
    const journal = new MemoryJournalFile();
    const memory = memoryTransport();
    const recorded: (string | undefined)[][] = [];
    const handlers = [handle(writeNote, async () => void recorded.push((await desk.list({ state: 'waiting' })).rows.map(({ id }) => id)))];
    const { kernel, desk, outcomes } = setUp({
      journal,
      handlers,
      memory: { ...memory, transport: promising(memory.transport, { countsAttempts: false }) },
      inbound: { notes: { queue: 'IN', concurrency: 2 } },
    });
    journal.open().crash();
    await kernel.start();
    for (let number = 1; number <= 7; number += 1) {
      memory.put('IN', { id: `m${number}`, body: note('one') });
      await outcomes('done', number);
    }
    expect(recorded).toEqual([['m1'], ['m2'], ['m3'], ['m4'], [], [], []]);
  });
});

describe('a journal that cannot record', () => {
  it('has nothing new begun until it can', async () => {
    const journal = new MemoryJournalFile();
    const open = journal.open.bind(journal);
    let isFull = true;
    let failures = 0;
    journal.open = () => {
      const opened = open();
      const settle = opened.inbox.settle.bind(opened.inbox);
      opened.inbox.settle = async (step) => {
        if (!isFull) return settle(step);
        failures += 1;
        throw new Error('The disk is full.');
      };
      return opened;
    };
    const { kernel, memory, outcomes, written } = setUp({ journal });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(() => failures > 0, { what: 'the journal to fail' });
    memory.put('IN', { id: 'b', body: note('two') });
    await eventually(() => kernel.status().inbound[0]?.inHand === 2, { what: 'the second message to be in hand' });
    await eventually(() => failures > 2, { what: 'the journal to fail for a while' });
    expect(written).toEqual(['one']);
    isFull = false;
    await outcomes('done', 2);
    expect(written).toEqual(['one', 'two']);
  });
});

describe('replies that wait', () => {
  it('belong to their entry: they are not stranded', async () => {
    const journal = new MemoryJournalFile();
    const message = { id: 'r', body: Buffer.from('{}'), createdAt: 0, properties: {}, replyTo: 'BACK' };
    const leg = (entry: string) => ({ entry, event: '', type: '', trace: 't', message });
    const opened = journal.open();
    await opened.control.pause({ direction: 'out', entry: 'replies:notes' }, { who: 'test' });
    await opened.outbox.publish([leg('replies:notes'), leg('replies:gone')]);
    const { kernel } = setUp({ journal });
    await kernel.start();
    expect(kernel.status().stranded.map(({ entry }) => entry)).toEqual(['replies:gone']);
  });
});

describe('a journal that cannot record while the kernel stops', () => {
  it('has its message given back, without an error', async () => {
    const journal = new MemoryJournalFile();
    const open = journal.open.bind(journal);
    let failures = 0;
    journal.open = () => {
      const opened = open();
      opened.inbox.settle = () => {
        failures += 1;
        return Promise.reject(new Error('The disk is full.'));
      };
      return opened;
    };
    const memory = memoryTransport();
    const settlements: Settlement[] = [];
    const transport = tellingTo(settlements, memory.transport);
    const { kernel, lines } = setUp({ journal, memory: { ...memory, transport } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(() => failures > 0, { what: 'the journal to fail' });
    await kernel.stop({ grace: 1 });
    expect(settlements).toEqual([{ outcome: 'released' }]);
    expect(lines.map(({ text }) => text)).not.toContain('message could not be settled, it comes again');
  });
});
