import { type JournalDirection } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import type { KernelStatus } from '../src/desk/status.ts';
import { promising, setUp } from './support/kernel.ts';
import { note, noteWritten, refused, writeNote } from './support/notes.ts';

const anna = { who: 'anna', why: 'the shop moves' };
const notes = { direction: 'in', entry: 'notes' } as const;
const out = { direction: 'out', entry: 'out' } as const;
const outbound = { out: { queue: 'OUT' } };
const routes = [{ event: 'note.written', message: 'Written@1', to: ['out'] }];

type Kernel = ReturnType<typeof setUp>['kernel'];

const inState = ({ kernel }: { readonly kernel: Kernel }, state: string) =>
  eventually(() => kernel.status().inbound[0]?.state === state, { what: `the entry to be ${state}` });
const outState = ({ kernel }: { readonly kernel: Kernel }, state: string) =>
  eventually(() => kernel.status().outbound[0]?.state === state, { what: `the destination to be ${state}` });

/** A journal that already has something, put there while nobody worked on it. */
async function stored(journal: MemoryJournalFile, id: string): Promise<void> {
  const message = { id, body: Buffer.from(note(id)), createdAt: 0, properties: {} };
  await journal.open().inbox.store({ entry: 'notes', id, digest: id, trace: id, message });
}

describe('an inbound entry that is paused', () => {
  it('receives nothing and works on nothing that is stored, until it is resumed', async () => {
    const one = setUp();
    const { kernel, memory, journal, written, lines } = one;
    await kernel.start();
    await kernel.desk.pause(notes, anna);
    await inState(one, 'paused');
    expect(kernel.status()).toMatchObject({ inbound: [{ reason: 'paused by anna: the shop moves' }], degraded: false });
    memory.put('IN', { id: 'a', body: note('a') });
    await stored(journal, 'b');
    // What is stored wakes the kernel; a message on another entry would be through long before.
    await kernel.desk.resume(out, anna);
    expect(await kernel.desk.counts()).toMatchObject([{ ...notes, waiting: 1 }]);
    expect(written).toEqual([]);
    await kernel.desk.resume(notes, { who: 'bert' });
    await eventually(() => written.length === 2, { what: 'both messages' });
    expect(kernel.status().inbound).toMatchObject([{ state: 'receiving', reason: undefined }]);
    expect(lines.filter(({ text }) => /^entry (paused|resumed)/.test(text))).toMatchObject([
      { fields: { ...notes, ...anna }, text: 'entry paused, nothing is received until it is resumed' },
      { fields: notes, text: 'entry resumed' },
    ]);
  });

  it('is resumed although its lease could not be released at first', async () => {
    const journal = new MemoryJournalFile();
    const open = journal.open.bind(journal);
    let failures = 0;
    journal.open = () => {
      const opened = open();
      const take = opened.lease.bind(opened);
      opened.lease = async (entry) => {
        const lease = await take(entry);
        const release = async () => {
          if (++failures === 1) throw new Error('The journal cannot be reached.');
          await lease?.release();
        };
        return lease && { token: lease.token, lost: lease.lost, release };
      };
      return opened;
    };
    const memory = memoryTransport();
    const transport = promising(memory.transport, { exclusive: false });
    const one = setUp({ journal, memory: { ...memory, transport }, inbound: { notes: { queue: 'IN', order: 'serial' } } });
    await one.kernel.start();
    await inState(one, 'receiving');
    await one.kernel.desk.pause(notes, anna);
    await inState(one, 'paused');
    await one.kernel.desk.resume(notes, anna);
    await inState(one, 'receiving');
    memory.put('IN', { id: 'a', body: note('a') });
    await eventually(() => one.written.length === 1, { what: 'the message' });
    expect(failures).toBeGreaterThan(1);
  });

  it('ends the work that it has in hand', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const handler = handle(writeNote, () => {
      begun.resolve();
      return gate.promise;
    });
    const one = setUp({ handlers: [handler] });
    await one.kernel.start();
    one.memory.put('IN', { id: 'a', body: note('a') });
    await begun.promise;
    await one.kernel.desk.pause(notes, anna);
    gate.resolve();
    await one.outcomes('done');
    await inState(one, 'paused');
    expect(one.seen.map(({ outcome }) => outcome)).toEqual(['done']);
  });

  it('is released to nobody: the lease of a serial entry is free, and the standby obeys, too', async () => {
    const journal = new MemoryJournalFile();
    const inbound = { notes: { queue: 'IN', order: 'serial' } };
    const first = setUp({ journal, inbound });
    const second = setUp({ journal, inbound, memory: first.memory });
    await first.kernel.start();
    await second.kernel.start();
    await first.kernel.desk.pause(notes, anna);
    await inState(first, 'paused');
    await inState(second, 'paused');
    const lease = await journal.open().lease('notes');
    expect(lease).toBeDefined();
    await lease?.release();
    await second.kernel.desk.resume(notes, anna);
    first.memory.put('IN', { body: note('a') });
    await eventually(() => first.written.length + second.written.length === 1, { what: 'the message' });
  });
});

describe('an outbound entry that is paused', () => {
  it('sends nothing until it is resumed, and keeps what is published', async () => {
    const one = setUp({ outbound, routes });
    const { kernel, memory, outcomes } = one;
    await kernel.start();
    await kernel.desk.pause(out, anna);
    expect(kernel.status()).toMatchObject({ outbound: [{ state: 'paused', reason: 'paused by anna: the shop moves' }], degraded: false });
    await kernel.publish(noteWritten, { text: 'a' });
    expect(await kernel.desk.counts()).toMatchObject([{ ...out, waiting: 1 }]);
    expect(memory.takeAll('OUT')).toEqual([]);
    await kernel.desk.resume(out, anna);
    await outcomes('sent');
    expect(kernel.status().outbound).toMatchObject([{ state: 'open', reason: undefined }]);
  });

  it('refuses what is to be sent at once, and records nothing of it', async () => {
    const { kernel } = setUp({ outbound, routes });
    await kernel.start();
    await kernel.desk.pause(out, anna);
    const sending = kernel.sendNow(noteWritten, { text: 'a' });
    await expect(sending).rejects.toMatchObject({ code: 'WB_DESTINATION_PAUSED', kind: 'unavailable' });
    expect((await kernel.desk.list()).rows).toEqual([]);
  });
});

describe('a pause', () => {
  it.each([
    ['in', 'notes'],
    ['out', 'out'],
  ] as const)('is obeyed by every kernel of the journal (%s)', async (direction: JournalDirection, entry) => {
    const journal = new MemoryJournalFile();
    const first = setUp({ journal, outbound, routes });
    const second = setUp({ journal, outbound, routes });
    await first.kernel.start();
    await second.kernel.start();
    const state = direction === 'in' ? inState : outState;
    await first.kernel.desk.pause({ direction, entry }, anna);
    await Promise.all([state(first, 'paused'), state(second, 'paused')]);
    expect(first.lines.filter(({ fields }) => fields['who'] === 'anna')).toHaveLength(1);
    await second.kernel.desk.resume({ direction, entry }, anna);
    await Promise.all([first, second].map((one) => state(one, direction === 'in' ? 'receiving' : 'open')));
  });

  it('comes from a desk that has no kernel, and before a kernel starts', async () => {
    const journal = new MemoryJournalFile();
    const { control } = journal.open();
    await control.pause(notes, anna);
    const one = setUp({ journal });
    await one.kernel.start();
    expect(one.kernel.status().inbound).toMatchObject([{ state: 'paused' }]);
    await control.resume(notes, anna);
    await inState(one, 'receiving');
    await control.pause(notes, anna);
    await inState(one, 'paused');
  });

  it('stays when the kernel starts again', async () => {
    const journal = new MemoryJournalFile();
    const before = setUp({ journal, outbound, routes });
    await before.kernel.start();
    await before.kernel.desk.pause(out, anna);
    await before.kernel.stop();
    const after = setUp({ journal, outbound, routes });
    await after.kernel.start();
    await after.kernel.publish(noteWritten, { text: 'a' });
    expect(after.kernel.status().outbound).toMatchObject([{ state: 'paused' }]);
    await after.kernel.desk.resume(out, anna);
    await after.outcomes('sent');
  });

  it('keeps nobody from stopping', async () => {
    const one = setUp({ outbound, routes });
    await one.kernel.start();
    await one.kernel.desk.pause(notes, anna);
    await one.kernel.desk.pause(out, anna);
    await one.kernel.stop();
    expect(one.kernel.status()).toMatchObject({ state: 'stopped' });
  });
});

describe('the desk of a kernel', () => {
  it('shows what is paused, and who did what', async () => {
    const { kernel, memory, outcomes } = setUp({ handlers: [handle(writeNote, () => Promise.reject(refused()))] });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('a') });
    await outcomes('parked');
    await kernel.desk.drop([{ ...notes, id: 'a' }], { who: 'bert' });
    await kernel.desk.pause({ direction: 'out', entry: 'elsewhere' }, anna);
    expect((await kernel.overview()).paused).toMatchObject([{ direction: 'out', entry: 'elsewhere', by: anna }]);
    expect(await kernel.desk.records()).toMatchObject([
      { did: 'pause', entry: 'elsewhere', by: anna },
      { did: 'drop', ...notes, by: { who: 'bert' }, ids: ['a'], rows: 1 },
    ]);
  });

  it('shows every process with its status, until it stops', async () => {
    const journal = new MemoryJournalFile();
    const first = setUp({ journal });
    const second = setUp({ journal });
    await first.kernel.start();
    await second.kernel.start();
    const statuses = async () => (await first.kernel.desk.processes()).map(({ status }) => status as KernelStatus);
    await eventually(async () => (await statuses()).filter(({ state }) => state === 'running').length === 2, {
      what: 'both to say that they run',
    });
    const running = { manifest: 'test', inbound: [{ name: 'notes', state: 'receiving' }] };
    expect(await statuses()).toMatchObject([running, running]);
    await second.kernel.stop();
    expect(await statuses()).toHaveLength(1);
  });

  it('shows how often each outcome was seen, once the kernel has written it', async () => {
    const work = handle(writeNote, ({ text }, context) =>
      text === 'bad' ? Promise.reject(refused()) : context.publish(noteWritten, { text }),
    );
    const { kernel, memory, outcomes, journal } = setUp({ handlers: [work], outbound, routes });
    await kernel.start();
    for (const text of ['a', 'b', 'bad']) memory.put('IN', { id: text, body: note(text) });
    await outcomes('sent', 2);
    await outcomes('parked');
    await kernel.stop();
    const tallies = await journal.open().control.tallies({ since: 0 });
    const sums = Map.groupBy(tallies, ({ direction, entry, outcome }) => `${direction} ${entry} ${outcome}`);
    const counts = [...sums].map(([what, all]) => [what, all.reduce((sum, { count }) => sum + count, 0)] as const);
    expect(counts.toSorted(([one], [other]) => (one < other ? -1 : 1))).toEqual([
      ['in notes done', 2],
      ['in notes parked', 1],
      ['out out sent', 2],
    ]);
  });
});
