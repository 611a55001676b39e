import { CommandError, defineTransport, type FaultKind } from '@waybill/contract';
import { type HandlerContext, handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, recordingLog } from '@waybill/testing';
import http, { type HttpConnection } from '@waybill/transport-http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKernel } from '../src/kernel.ts';
import { lastingJournal } from './support/kernel.ts';
import { note, notesPack, writeNote } from './support/notes.ts';

/** A kernel with one inbound entry over HTTP, and a client of it. */
async function serve(
  entry: object,
  run: (input: unknown, context: HandlerContext) => void = () => undefined,
  journal = new MemoryJournalFile(),
) {
  let connection: HttpConnection | undefined;
  const watched = defineTransport({
    ...http,
    connect: async (site, context) => {
      connection = await http.connect(site, context);
      return connection;
    },
  });
  const kernel = createKernel({
    manifest: {
      plugins: [],
      journal: { use: 'lasting' },
      connections: { web: { transport: 'http', listen: { port: 0 } } },
      inbound: { notes: { connection: 'web', path: '/notes', auth: 'none', retry: { first: '1ms', most: '2ms' }, ...entry } },
    },
    plugins: [watched, notesPack, lastingJournal(journal)],
    handlers: [handle(writeNote, run)],
    log: recordingLog().log,
  });
  onTestFinished(() => kernel.stop({ grace: 1_000 }));
  await kernel.start();
  const at = (path: string) => `http://127.0.0.1:${connection?.address?.port}${path}`;
  return {
    kernel,
    post: async (id: string, text = 'one') => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': id };
      const response = await fetch(at('/notes'), { method: 'POST', headers, body: note(text) });
      await response.arrayBuffer();
      return [response.status, response.headers.get('location'), response.headers.get('retry-after')];
    },
    stateOf: async (address: unknown) => ((await (await fetch(at(String(address)))).json()) as { state: string }).state,
  };
}

describe('a message that was stored for a sender over HTTP', () => {
  it('is answered with its address as often as it is sent, also when it is done with', async () => {
    let handled = 0;
    const { post, stateOf } = await serve({ accept: 'stored' }, () => void handled++);
    const first = await post('a');
    const [status, address] = first;
    expect([status, address]).toEqual([202, '/notes/a']);
    await eventually(async () => (await stateOf(address)) === 'done', { what: 'the message to be done with' });
    expect(await post('a')).toEqual(first);
    expect(handled).toBe(1);
  });
});

describe('a sender over HTTP', () => {
  it.each([
    ['conflict', undefined, [409, null, null]],
    ['conflict', true, [409, null, '1']],
    ['forbidden', undefined, [403, null, null]],
    ['invalid', undefined, [422, null, null]],
    ['unavailable', undefined, [503, null, '1']],
  ] as const)('is told by the status that its message is %s (may pass: %s)', async (kind: FaultKind, retryable, answer) => {
    const { post } = await serve({}, () => {
      throw new CommandError('WB_NOTE_REFUSED', 'The handler does not want it.', { kind, retryable });
    });
    expect(await post('a')).toEqual(answer);
  });

  it('who comes again with the same id has its earlier failures counted for the handler', async () => {
    const attempts: number[] = [];
    const { post } = await serve({}, (_, { attempt }) => {
      attempts.push(attempt);
      if (attempt < 3) throw new CommandError('WB_NOTE_BUSY', 'Come again.', { retryable: true });
    });
    for (const expected of [503, 503, 204]) expect((await post('a'))[0]).toBe(expected);
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('is told of a conflict when it uses an id again for another message', async () => {
    const { post } = await serve({});
    expect(await post('a')).toEqual([204, null, null]);
    expect(await post('a', 'another')).toEqual([409, null, null]);
    expect(await post('a')).toEqual([204, null, null]);
  });
});

describe('an entry over HTTP that is paused', () => {
  const notes = { direction: 'in', entry: 'notes' } as const;

  it('tells its senders to come again', async () => {
    const { kernel, post } = await serve({});
    expect((await post('a'))[0]).toBe(204);
    await kernel.desk.pause(notes, { who: 'anna' });
    expect((await post('b'))[0]).toBe(503);
    await kernel.desk.resume(notes, { who: 'anna' });
    await eventually(async () => (await post('b'))[0] === 204, { what: 'the entry to receive again' });
  });

  it('does so too where the kernel started while it was paused', async () => {
    const journal = new MemoryJournalFile();
    await journal.open().control.pause(notes, { who: 'anna' });
    const { kernel, post } = await serve({}, undefined, journal);
    expect(kernel.status().inbound).toMatchObject([{ state: 'paused', reason: 'paused by anna' }]);
    expect((await post('a'))[0]).toBe(503);
    await kernel.desk.resume(notes, { who: 'anna' });
    await eventually(async () => (await post('a'))[0] === 204, { what: 'the entry to receive' });
  });
});
