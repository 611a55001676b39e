import type { Log } from '@waybill/contract';
import { type HandlerContext, handle } from '@waybill/contract/application';
import { eventually, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { FillingFile } from './support/filling-file.ts';
import { promising, sendingBy, setUp } from './support/kernel.ts';
import { note, noteWritten, writeNote } from './support/notes.ts';

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
    // Those in hand have failed once each, and the first of them some more times: they are repeated one after the other.
    await eventually(() => journal.failures > 10, { what: 'the journal to fail for a while' });
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

describe('a log that throws', () => {
  const broken: Log = {
    debug: () => fail(),
    info: () => fail(),
    warn: () => fail(),
    error: () => fail(),
    child: () => broken,
  };
  const fail = () => {
    throw new Error('no space left');
  };

  it('costs lines, and no message', async () => {
    const warned = new Promise((resolve) => process.once('warning', resolve));
    let attempts = 0;
    const handler = handle(writeNote, () => {
      if (++attempts === 1) throw new Error('not now');
    });
    const { kernel, memory, outcomes } = setUp({ handlers: [handler], options: { log: broken } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('done');
    expect(attempts).toBe(2);
    await kernel.stop();
    expect(kernel.state).toBe('stopped');
    expect(await warned).toMatchObject({ code: 'WB_LOG_FAILED', message: expect.stringContaining('no space left') as string });
  });
});
