import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { promising, setUp } from './support/kernel.ts';
import { countNotes, note, noteWritten, refused, writeNote } from './support/notes.ts';

describe('a message that comes again while it is being worked on', () => {
  it('is not worked on twice, and gets the settlement of the first', async () => {
    const gate = Promise.withResolvers<void>();
    const runs: string[] = [];
    const handlers = [handle(writeNote, ({ text }) => (runs.push(text), gate.promise))];
    const { kernel, memory, outcomes } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(() => runs.length === 1, { what: 'the handler to run' });
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(() => kernel.status().inbound[0]?.inHand === 1, { what: 'both to be one piece of work' });
    gate.resolve();
    await outcomes('done');
    await eventually(() => memory.size('IN') === 0, { what: 'both to be settled' });
    expect(runs).toEqual(['one']);
  });
});

describe('two kernels that get one id at the same time', () => {
  it('record one of two bodies, and park the other as a reused id', async () => {
    const journal = new MemoryJournalFile();
    const gate = Promise.withResolvers<void>();
    const handlers = [handle(writeNote, (input, context) => gate.promise.then(() => context.publish(noteWritten, input)))];
    const more = { outbound: { out: { queue: 'OUT' } }, routes: [{ event: 'note.written', message: 'Written', to: ['out'] }] };
    const kernels = [setUp({ journal, handlers, ...more }), setUp({ journal, handlers, ...more })];
    for (const [index, { kernel, memory }] of kernels.entries()) {
      await kernel.start();
      memory.put('IN', { id: 'a', body: note(`body ${index}`) });
      await eventually(() => kernel.status().inbound[0]?.inHand === 1, { what: 'the message to be in hand' });
    }
    gate.resolve();
    await eventually(() => kernels.flatMap(({ seen }) => seen.filter(({ direction }) => direction === 'in')).length === 2, {
      what: 'both to end',
    });
    const ends = kernels.flatMap(({ seen }) =>
      seen.filter(({ direction }) => direction === 'in').map(({ outcome, code }) => [outcome, code]),
    );
    expect(ends.toSorted(([a = ''], [b = '']) => a.localeCompare(b))).toEqual([
      ['done', undefined],
      ['parked', 'WB_MESSAGE_ID_REUSED'],
    ]);
    await eventually(() => kernels.some(({ memory }) => memory.size('OUT') === 1), { what: 'the event of the one that was recorded' });
    expect(kernels.flatMap(({ memory }) => memory.takeAll('OUT'))).toHaveLength(1);
  });
});

describe('a request that was parked', () => {
  it('gets its answer when it is replayed, though nobody has it in hand any more', async () => {
    let isMended = false;
    const handlers = [
      handle(countNotes, () => {
        if (!isMended) throw refused();
        return { count: 3 };
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { id: 'q', body: JSON.stringify({ kind: 'Count' }), replyTo: 'BACK' });
    await outcomes('parked');
    await memory.take('BACK');
    isMended = true;
    await kernel.desk.replay([{ direction: 'in', entry: 'notes', id: 'q' }], { who: 'test' });
    const reply = await memory.take('BACK');
    expect(reply.correlationId).toBe('q');
    expect(JSON.parse(Buffer.from(reply.body).toString())).toEqual({ kind: 'Counted', count: 3 });
  });
});

describe('a message that ends the process', () => {
  it('is given up after as many deaths as it has attempts, when it is stored', async () => {
    const journal = new MemoryJournalFile();
    const inbound = { notes: { queue: 'IN', accept: 'stored', retry: { attempts: 3 } } };
    const first = setUp({ journal, inbound, handlers: [handle(writeNote, () => new Promise(() => undefined))] });
    await first.kernel.start();
    first.memory.put('IN', { id: 'deadly', body: note('boom') });
    await eventually(async () => (await first.desk.list({ id: 'deadly' })).rows[0]?.state === 'stored', {
      what: 'the message to be stored',
    });
    await first.kernel.stop({ grace: 0 });
    // Each opening takes the message in hand and then ends as a process that is killed.
    for (let death = 0; death < 3; death++) {
      const dying = journal.open();
      expect((await dying.inbox.claim({ entry: 'notes', limit: 9 })).jobs).toMatchObject([{ id: 'deadly', unresolved: death }]);
      dying.crash();
    }
    const { kernel, outcomes, written } = setUp({ journal, inbound });
    await kernel.start();
    expect(await outcomes('parked')).toMatchObject([{ id: 'deadly', code: 'WB_ATTEMPTS_SPENT' }]);
    expect(written).toEqual([]);
  });

  it('is counted from its second hand-out on where its transport does not count', async () => {
    const journal = new MemoryJournalFile();
    const memory = memoryTransport();
    const transport = promising(memory.transport, { countsAttempts: false });
    const { kernel, desk } = setUp({
      journal,
      memory: { ...memory, transport },
      handlers: [handle(writeNote, () => new Promise(() => undefined))],
    });
    journal.open().crash();
    await kernel.start();
    memory.put('IN', { id: 'deadly', body: note('boom') });
    await eventually(async () => (await desk.list({ id: 'deadly' })).rows.length === 1, { what: 'the hand-out to be recorded' });
    expect((await desk.list({ id: 'deadly' })).rows).toMatchObject([{ state: 'waiting', attempts: 0 }]);
  });
});

describe('messages of which one may have ended the process', () => {
  /** Counts how many run at the same time, and lets them end one by one. */
  function gate() {
    const running = new Set<string>();
    const ends: (() => void)[] = [];
    let most = 0;
    const handler = handle(writeNote, async ({ text }) => {
      running.add(text);
      most = Math.max(most, running.size);
      await new Promise<void>((resolve) => ends.push(resolve));
      running.delete(text);
    });
    return { handler, running, endOne: () => ends.shift()?.(), most: () => most };
  }

  it('are tried one after the other when they are handed out again, and recorded before', async () => {
    const journal = new MemoryJournalFile();
    const first = setUp({ journal, handlers: [handle(writeNote, () => new Promise(() => undefined))] });
    await first.kernel.start();
    for (const id of ['a', 'b', 'c']) first.memory.put('IN', { id, body: note(id) });
    await eventually(() => first.kernel.status().inbound[0]?.inHand === 3, { what: 'all to be in hand' });
    first.memory.breakConnections();
    await first.kernel.stop({ grace: 0 });
    const { handler, running, endOne, most } = gate();
    const second = setUp({ journal, memory: first.memory, handlers: [handler] });
    await second.kernel.start();
    for (const id of ['a', 'b', 'c']) {
      await eventually(() => running.has(id), { what: `${id} to be tried` });
      expect((await second.desk.list({ state: 'waiting' })).rows.map((row) => row.id)).toEqual([id]);
      endOne();
    }
    await second.outcomes('done', 3);
    expect(most()).toBe(1);
  });

  it('are tried one after the other when they are stored', async () => {
    const journal = new MemoryJournalFile();
    const inbound = { notes: { queue: 'IN', accept: 'stored' } };
    const first = setUp({ journal, inbound, handlers: [handle(writeNote, () => new Promise(() => undefined))] });
    await first.kernel.start();
    for (const id of ['a', 'b', 'c']) first.memory.put('IN', { id, body: note(id) });
    await eventually(async () => (await first.desk.list({ state: 'stored' })).rows.length === 3, { what: 'all to be stored' });
    await first.kernel.stop({ grace: 0 });
    const dying = journal.open();
    expect((await dying.inbox.claim({ entry: 'notes', limit: 9 })).jobs).toHaveLength(3);
    dying.crash();
    const { handler, running, endOne, most } = gate();
    const second = setUp({ journal, inbound, handlers: [handler] });
    await second.kernel.start();
    for (const id of ['a', 'b', 'c']) {
      await eventually(() => running.has(id), { what: `${id} to be tried` });
      endOne();
    }
    await second.outcomes('done', 3);
    expect(most()).toBe(1);
  });
});

describe('messages of an entry that the manifest does not have', () => {
  it('are told at the start, shown by status, and can be moved', async () => {
    const journal = new MemoryJournalFile();
    const failing = setUp({ journal, inbound: { old: { queue: 'IN' } }, handlers: [handle(writeNote, () => Promise.reject(refused()))] });
    await failing.kernel.start();
    failing.memory.put('IN', { id: 'a', body: note('one') });
    await failing.outcomes('parked');
    await failing.kernel.stop();
    const { kernel, outcomes, lines, written } = setUp({ journal, inbound: { fresh: { queue: 'IN' } } });
    await kernel.start();
    expect(kernel.status()).toMatchObject({ degraded: true, stranded: [{ direction: 'in', entry: 'old', parked: 1 }] });
    expect(lines.find(({ text }) => text.includes('the manifest does not have'))).toMatchObject({ fields: { entry: 'old', parked: 1 } });
    const key = { direction: 'in', entry: 'old', id: 'a' } as const;
    expect(await kernel.desk.move([key], 'fresh', { who: 'test' })).toHaveLength(1);
    await kernel.desk.replay([{ ...key, entry: 'fresh' }], { who: 'test' });
    await outcomes('done');
    expect(written).toEqual(['one']);
    expect(await kernel.overview()).toMatchObject({ stranded: [], degraded: false });
  });
});
