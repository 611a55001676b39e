import { type Journal, WaybillError } from '@waybill/contract';
import { type HandlerContext, handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { promising, sendingBy, setUp } from './support/kernel.ts';
import { countNotes, note, noteWritten, refused, writeNote } from './support/notes.ts';

type Part = 'inbox' | 'outbox';

/** A journal file whose steps fail while `full` says so, as on a full disk. */
class FillingFile extends MemoryJournalFile {
  full: (part: Part, step: string) => boolean = () => false;
  failures = 0;

  override open(): ReturnType<MemoryJournalFile['open']> {
    const journal = super.open();
    const failing = (part: Part) => {
      const inner = journal[part] as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
      return new Proxy(inner, {
        get: (target, step: string) => {
          return (...args: readonly unknown[]) => {
            if (!this.full(part, step)) return (target[step] as (...args: readonly unknown[]) => unknown).apply(target, args as unknown[]);
            this.failures++;
            return Promise.reject(new WaybillError('WB_TEST_FULL', 'There is no space left.', { retryable: true }));
          };
        },
      });
    };
    const parts = { inbox: failing('inbox'), outbox: failing('outbox') } as unknown as Pick<Journal, Part>;
    return Object.assign(Object.create(journal) as typeof journal, parts, {
      lease: journal.lease.bind(journal),
      watch: journal.watch.bind(journal),
      close: journal.close.bind(journal),
      desk: journal.desk,
      followsCrash: journal.followsCrash,
    });
  }
}

const counted = (run: (context: HandlerContext) => void = () => undefined) => {
  const runs = { count: 0 };
  const handlers = [
    handle(writeNote, (_, context) => {
      runs.count++;
      run(context);
    }),
  ];
  return { runs, handlers };
};

describe('a journal that cannot record', () => {
  it('has its step repeated until it is recorded, and the work is not done again for it', async () => {
    const journal = new FillingFile();
    const { runs, handlers } = counted();
    const { kernel, memory, outcomes, lines } = setUp({ journal, handlers });
    await kernel.start();
    journal.full = (_, step) => step === 'settle';
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(() => journal.failures > 1, { what: 'the step to be repeated' });
    expect(kernel.status()).toMatchObject({ degraded: true, journal: { state: 'failing', code: 'WB_TEST_FULL' } });
    journal.full = () => false;
    await outcomes('done');
    expect(runs.count).toBe(1);
    expect(kernel.status()).toMatchObject({ degraded: false, journal: { state: 'ok' } });
    expect(lines.filter(({ text }) => text.startsWith('the journal cannot record'))).toHaveLength(1);
  });

  it('is held against no message: nothing is parked for it, however long it lasts', async () => {
    const journal = new FillingFile();
    const { runs, handlers } = counted();
    const inbound = { notes: { queue: 'IN', retry: { attempts: 1 } } };
    const { kernel, memory, outcomes, seen } = setUp({ journal, handlers, inbound });
    await kernel.start();
    journal.full = () => true;
    for (let number = 0; number < 20; number++) memory.put('IN', { id: `m${number}`, body: note('one') });
    await eventually(() => journal.failures > 30, { what: 'the journal to fail for a while' });
    journal.full = () => false;
    await outcomes('done', 20);
    expect(seen.filter(({ outcome }) => outcome === 'parked')).toEqual([]);
    expect(runs.count).toBe(20);
  });

  it('has no message sent twice because of it', async () => {
    const journal = new FillingFile();
    const route = { event: 'note.written', message: 'Written', to: ['out'] };
    const { kernel, memory, outcomes } = setUp({ journal, outbound: { out: { queue: 'OUT' } }, routes: [route] });
    await kernel.start();
    journal.full = (part, step) => part === 'outbox' && step === 'settle';
    await kernel.publish(noteWritten, { text: 'one' });
    await eventually(() => journal.failures > 1, { what: 'the step to be repeated' });
    journal.full = () => false;
    await outcomes('sent');
    expect(memory.takeAll('OUT')).toHaveLength(1);
  });

  it('is told to a sender who waits, who may come again', async () => {
    const journal = new FillingFile();
    const memory = memoryTransport();
    const { kernel, outcomes } = setUp({
      journal,
      memory: { ...memory, transport: promising(memory.transport, { waits: true, countsAttempts: false }) },
    });
    await kernel.start();
    journal.full = (_, step) => step === 'settle';
    memory.put('IN', { id: 'a', body: note('one') });
    await eventually(() => journal.failures > 0, { what: 'the journal to fail' });
    memory.put('IN', { id: 'b', body: note('two') });
    await eventually(() => kernel.status().inbound[0]?.inHand === 1, { what: 'the second message to be given back' });
    journal.full = () => false;
    expect((await outcomes('done', 2)).map(({ id }) => id).toSorted((a, b) => a.localeCompare(b))).toEqual(['a', 'b']);
  });
});

describe('an observer that throws', () => {
  it('harms neither the message nor the observers beside it', async () => {
    const { kernel, memory, outcomes, lines, written } = setUp();
    kernel.observe(() => {
      throw new TypeError('oops');
    });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('done');
    await eventually(() => memory.size('IN') === 0, { what: 'the message to be settled' });
    expect(written).toEqual(['one']);
    expect(lines.map(({ text }) => text)).toContain('an observer threw an error, which has no effect on the message');
  });
});

describe('an application that hangs', () => {
  const inbound = { notes: { queue: 'IN', order: 'serial', timeout: '1ms', retry: { attempts: 1 }, parked: 'releases' } };

  it('in its check of credentials is given up in time, and the entry goes on', async () => {
    let calls = 0;
    const application = {
      handlers: [handle(writeNote, () => undefined)],
      authenticate: () => (++calls === 1 ? new Promise<never>(() => undefined) : { name: 'erp' }),
    };
    const { kernel, memory, outcomes } = setUp({ handlers: [], options: { application }, inbound });
    await kernel.start();
    for (const id of ['a', 'b']) memory.put('IN', { id, body: note(id, { credentials: { logonId: 'erp' } }) });
    expect(await outcomes('parked')).toMatchObject([{ id: 'a', code: 'WB_COMMAND_TIMEOUT' }]);
    expect(await outcomes('done')).toMatchObject([{ id: 'b' }]);
  });

  it('in a promise of another library is given up in time', async () => {
    // A promise of another realm or library is no Promise of ours.
    // oxlint-disable-next-line unicorn/no-thenable -- that is what this test is about
    const thenable = { then: () => undefined };
    const { kernel, memory, outcomes } = setUp({ handlers: [handle(writeNote, () => thenable as never)], inbound });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_COMMAND_TIMEOUT' }]);
  });
});

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

describe('a sender', () => {
  it('that hangs does not keep free places of its destination idle', async () => {
    const memory = memoryTransport();
    const transport = sendingBy(memory.transport, (message, send) =>
      Buffer.from(message.body).toString().includes('slow') ? new Promise(() => undefined) : send(message),
    );
    const route = { event: 'note.written', message: 'Written', to: ['out'] };
    const outbound = { out: { queue: 'OUT', concurrency: 4, timeout: '1h' } };
    const { kernel, outcomes } = setUp({ outbound, routes: [route], memory: { ...memory, transport } });
    await kernel.start();
    for (const text of ['slow 1', 'slow 2', 'slow 3']) await kernel.publish(noteWritten, { text });
    for (let number = 0; number < 20; number++) await kernel.publish(noteWritten, { text: `fast ${number}` });
    expect(await outcomes('sent', 20)).toHaveLength(20);
  });
});
