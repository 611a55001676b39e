import { CommandError, handle, TransportError } from '@waybill/contract';
import { eventually, memoryJournal, memoryTransport, stays } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../src/clock.ts';
import { changed, countingFrom, setUp } from './support/kernel.ts';
import { busy, countNotes, note, noteWritten, refused, writeNote } from './support/notes.ts';

describe('a message that the handler takes', () => {
  it('reaches the handler once, with what the kernel knows about it', async () => {
    const seen: object[] = [];
    const handlers = [
      handle(writeNote, (input, { messageId, attempt, entry, messageType, store, principal }) => {
        seen.push({ input, messageId, attempt, entry, messageType, store, principal });
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { queue: 'IN', store: '7' } } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    const [done] = await outcomes('done');
    expect(seen).toEqual([
      { input: { text: 'one' }, messageId: 'a', attempt: 1, entry: 'notes', messageType: 'Note@1', store: '7', principal: undefined },
    ]);
    expect(done).toMatchObject({ direction: 'in', name: 'notes', connection: 'local', type: 'Note@1', subject: 'note.write', store: '7' });
  });

  it('is not handled again when it is delivered again', async () => {
    const { kernel, memory, written, outcomes } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('done');
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('duplicate');
    expect(written).toEqual(['one']);
  });

  it('is remembered by the next kernel on the same journal', async () => {
    const journal = memoryJournal();
    const first = setUp({ journal });
    await first.kernel.start();
    first.memory.put('IN', { id: 'a', body: note('one') });
    await first.outcomes('done');
    await first.kernel.stop();
    const second = setUp({ journal });
    await second.kernel.start();
    second.memory.put('IN', { id: 'a', body: note('one') });
    await second.outcomes('duplicate');
    expect(second.written).toEqual([]);
  });

  it('leaves no body in the journal unless the entry archives', async () => {
    const { kernel, memory, outcomes, journal } = setUp({ inbound: { plain: { queue: 'A' }, kept: { queue: 'B', archive: true } } });
    await kernel.start();
    memory.put('A', { id: 'a', body: note('one') });
    memory.put('B', { id: 'b', body: note('two') });
    await outcomes('done', 2);
    expect((await journal.show({ direction: 'in', name: 'plain', id: 'a' }))?.message).toBeUndefined();
    const kept = await journal.show({ direction: 'in', name: 'kept', id: 'b' });
    expect(Buffer.from(kept?.message?.body ?? []).toString()).toBe(note('two'));
  });
});

describe('a message that wants an answer', () => {
  const handlers = [handle(countNotes, () => ({ count: 3 }))];
  const count = JSON.stringify({ kind: 'Count' });

  it('gets the reply of its pack, with its own id as correlation id', async () => {
    const { kernel, memory } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    const reply = await memory.take('BACK');
    expect(reply.correlationId).toBe('q');
    expect(JSON.parse(Buffer.from(reply.body).toString())).toEqual({ kind: 'Counted', count: 3 });
  });

  it('gets the recorded reply when it comes again, without a second run', async () => {
    let runs = 0;
    const { kernel, memory } = setUp({ handlers: [handle(countNotes, () => ({ count: ++runs }))] });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    const first = await memory.take('BACK');
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    const second = await memory.take('BACK');
    expect(second.body).toEqual(first.body);
    expect(second.id).toBe(first.id);
    expect(runs).toBe(1);
  });

  it('gets a typed error reply when the handler refuses, and is parked', async () => {
    const { kernel, memory, outcomes } = setUp({
      handlers: [
        handle(countNotes, () => {
          throw refused();
        }),
      ],
    });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    const reply = await memory.take('BACK');
    expect(JSON.parse(Buffer.from(reply.body).toString())).toEqual({ kind: 'Counted', failed: 'WB_NOTE_REFUSED' });
    expect(await outcomes('parked')).toHaveLength(1);
  });

  it('is refused where the entry accepts messages as stored', async () => {
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { queue: 'IN', accept: 'stored' } } });
    await kernel.start();
    memory.put('IN', { id: 'q', body: count, replyTo: 'BACK' });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_REPLY_NEEDS_PROCESSED' }]);
  });
});

describe('a handler that fails', () => {
  const failing = (error: () => Error) => [
    handle(writeNote, () => {
      throw error();
    }),
  ];

  it('with a final error has its message parked at once, with the original bytes and the reason', async () => {
    const { kernel, memory, outcomes } = setUp({ handlers: failing(refused) });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    const [parked] = await outcomes('parked');
    expect(parked).toMatchObject({ code: 'WB_NOTE_REFUSED', attempt: 1 });
    const entry = await kernel.parked.show({ direction: 'in', name: 'notes', id: 'a' });
    expect(entry).toMatchObject({ state: 'parked', type: 'Note@1', failures: [{ code: 'WB_NOTE_REFUSED' }] });
    expect(Buffer.from(entry?.message?.body ?? []).toString()).toBe(note('one'));
  });

  it('with a retryable error runs again as often as the entry says, then its message is parked with every attempt', async () => {
    const attempts: number[] = [];
    const handlers = [
      handle(writeNote, (_, { attempt }) => {
        attempts.push(attempt);
        throw busy();
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('parked');
    expect(attempts).toEqual([1, 2, 3]);
    const entry = await kernel.parked.show({ direction: 'in', name: 'notes', id: 'a' });
    expect(entry?.failures.map(({ code }) => code)).toEqual(['WB_NOTE_BUSY', 'WB_NOTE_BUSY', 'WB_NOTE_BUSY']);
  });

  it('with a foreign error is tried again, since nobody knows whether that helps', async () => {
    let runs = 0;
    const handlers = [
      handle(writeNote, () => {
        if (++runs < 3) throw new TypeError('oops');
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('done');
    expect(runs).toBe(3);
  });

  it('by taking too long is given up for this attempt, and cannot publish any more', async () => {
    const late: unknown[] = [];
    const handlers = [
      handle(writeNote, async (input, context) => {
        await new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve()));
        try {
          context.publish(noteWritten, input);
        } catch (error) {
          late.push(error);
        }
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { queue: 'IN', timeout: '1ms', retry: { attempts: 1 } } } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_COMMAND_TIMEOUT' }]);
    await eventually(() => late.length === 1, { what: 'the late publish to be refused' });
    expect(late).toMatchObject([{ code: 'WB_KERNEL_STATE' }]);
  });

  it('by answering nonsense has its message parked', async () => {
    const handlers = [handle(countNotes, () => ({ count: 'many' }) as never)];
    const { kernel, memory, outcomes } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { id: 'q', body: JSON.stringify({ kind: 'Count' }) });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_COMMAND_BAD_OUTPUT' }]);
  });
});

describe('a bad message', () => {
  it.each([
    ['that no pack knows', 'hello', 'WB_MESSAGE_UNRECOGNISED'],
    ['that cannot be read', '{"kind":"Note",', 'WB_NOTE_NOT_JSON'],
    ['whose input does not fit the command', note('one', { number: 'x' }), 'WB_COMMAND_BAD_INPUT'],
    ['of a type that only goes out', JSON.stringify({ kind: 'Written', text: 'x' }), 'WB_MESSAGE_NOT_ACCEPTED'],
    ['on which the pack breaks', '"broken pack"', 'WB_PACK_FAILED'],
    ['whose command nobody serves', JSON.stringify({ kind: 'Count' }), 'WB_COMMAND_UNHANDLED'],
    ['with credentials that nobody can check', note('one', { credentials: { logonId: 'x' } }), 'WB_AUTH_NO_AUTHENTICATOR'],
  ])('%s is parked with a clear code and does not reach a handler', async (_, body, code) => {
    const { kernel, memory, outcomes, written } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'a', body });
    expect(await outcomes('parked')).toMatchObject([{ code }]);
    expect(written).toEqual([]);
    expect(memory.size('IN')).toBe(0);
  });

  it('does not hold up the good ones around it', async () => {
    const { kernel, memory, outcomes, written } = setUp();
    await kernel.start();
    memory.put('IN', { body: note('one') });
    memory.put('IN', { body: 'nonsense' });
    memory.put('IN', { body: note('two') });
    await outcomes('done', 2);
    expect(written).toEqual(['one', 'two']);
  });

  it('under an id that another body used before is kept beside it', async () => {
    const { kernel, memory, outcomes, written } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('done');
    memory.put('IN', { id: 'a', body: note('two') });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_MESSAGE_ID_REUSED' }]);
    expect(written).toEqual(['one']);
    expect(await kernel.parked.list()).toMatchObject([{ name: 'notes', id: expect.stringMatching(/^a#/) as string }]);
  });

  it('that was handed out many times without any outcome is parked untried', async () => {
    const memory = memoryTransport();
    const { kernel, outcomes, written } = setUp({ memory: { ...memory, transport: countingFrom(99, memory.transport) } });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    expect(await outcomes('parked')).toMatchObject([{ code: 'WB_ATTEMPTS_SPENT' }]);
    expect(written).toEqual([]);
  });
});

describe('credentials and rights', () => {
  const application = (password: string) => ({
    handlers: [handle(writeNote, () => undefined)],
    authenticate: ({ logonId, password: given }: { readonly logonId?: string | undefined; readonly password?: string | undefined }) =>
      given === password && logonId ? { name: logonId } : undefined,
  });
  const signed = (password: string) => note('one', { credentials: { logonId: 'erp', password } });

  it.each([
    ['right ones are taken', signed('good'), {}, 'done', undefined],
    ['wrong ones are refused', signed('bad'), {}, 'parked', 'WB_AUTH_REFUSED'],
    ['wrong ones do not matter where the entry ignores them', signed('bad'), { credentials: 'ignore' }, 'done', undefined],
    ['whoever is named may send', signed('good'), { allow: { erp: ['Note'] } }, 'done', undefined],
    ['whoever is not named may not', signed('good'), { allow: { other: ['Note'] } }, 'parked', 'WB_AUTH_NOT_ALLOWED'],
    ['nobody in particular may send what everybody may', note('one'), { allow: { '*': ['Note'] } }, 'done', undefined],
    ['nobody in particular may not send more', note('one'), { allow: { erp: 'all' } }, 'parked', 'WB_AUTH_NOT_ALLOWED'],
  ])('%s', async (_, body, entry, outcome, code) => {
    const options = { application: application('good') };
    const { kernel, memory, outcomes } = setUp({ handlers: [], options, inbound: { notes: { queue: 'IN', ...entry } } });
    await kernel.start();
    memory.put('IN', { body });
    expect(await outcomes(outcome)).toMatchObject([{ code }]);
  });
});

describe('an entry', () => {
  it('never has more messages in hand than its concurrency', async () => {
    let running = 0;
    let most = 0;
    const handlers = [
      handle(writeNote, async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { queue: 'IN', concurrency: 3 } } });
    await kernel.start();
    for (let number = 0; number < 30; number++) memory.put('IN', { body: note(`${number}`) });
    await outcomes('done', 30);
    expect(most).toBe(3);
  });

  it('in serial order keeps that order across retries', async () => {
    const tries: string[] = [];
    const handlers = [
      handle(writeNote, ({ text }, { attempt }) => {
        tries.push(`${text}${attempt}`);
        if (text === 'b' && attempt < 3) throw busy();
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers, inbound: { notes: { queue: 'IN', order: 'serial' } } });
    await kernel.start();
    for (const text of ['a', 'b', 'c']) memory.put('IN', { body: note(text) });
    await outcomes('done', 3);
    expect(tries).toEqual(['a1', 'b1', 'b2', 'b3', 'c1']);
  });

  it('that accepts messages as stored is done with them before the handler runs, and works on them with retries', async () => {
    let runs = 0;
    const handlers = [
      handle(writeNote, () => {
        if (++runs < 3) throw busy();
      }),
    ];
    const { kernel, memory, outcomes, seen } = setUp({ handlers, inbound: { notes: { queue: 'IN', accept: 'stored' } } });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await outcomes('done');
    expect(seen.map(({ outcome }) => outcome)).toEqual(['stored', 'retry', 'retry', 'done']);
  });

  it('that accepts messages as stored works on what an earlier kernel left', async () => {
    const journal = memoryJournal();
    const inbound = { notes: { queue: 'IN', accept: 'stored', retry: { attempts: 3, first: '1h', most: '1h' } } };
    const first = setUp({ journal, inbound, handlers: [handle(writeNote, () => Promise.reject(busy()))] });
    await first.kernel.start();
    first.memory.put('IN', { body: note('one') });
    await first.outcomes('retry');
    await first.kernel.stop();
    const later = { ...systemClock, now: () => Date.now() + 2 * 3_600_000 };
    const second = setUp({ journal, inbound, options: { clock: later } });
    await second.kernel.start();
    expect(await second.outcomes('done')).toMatchObject([{ attempt: 2 }]);
    expect(second.written).toEqual(['one']);
  });

  it('lists only messages that somebody handles', async () => {
    const { kernel } = setUp({ inbound: { notes: { queue: 'IN', messages: ['Count'] } } });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_HANDLER_MISSING', at: 'inbound.notes.messages' });
    expect(kernel.state).toBe('failed');
  });
});

describe('a parked message', () => {
  it('is handled when it is replayed after the cause is gone', async () => {
    let works = false;
    const handlers = [
      handle(writeNote, () => {
        if (!works) throw refused();
      }),
    ];
    const { kernel, memory, outcomes } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    await outcomes('parked');
    works = true;
    expect(await kernel.parked.replay({ direction: 'in', name: 'notes', id: 'a' })).toBe(true);
    await outcomes('done');
    expect(await kernel.parked.list()).toEqual([]);
  });

  it('can be corrected before it is replayed', async () => {
    const { kernel, memory, outcomes, written } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'a', body: 'nonsense' });
    await outcomes('parked');
    await kernel.parked.replay({ direction: 'in', name: 'notes', id: 'a' }, { body: Buffer.from(note('corrected')) });
    await outcomes('done');
    expect(written).toEqual(['corrected']);
  });

  it('can be dropped', async () => {
    const { kernel, memory, outcomes } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'a', body: 'nonsense' });
    await outcomes('parked');
    expect(await kernel.parked.drop({ direction: 'in', name: 'notes', id: 'a' })).toBe(true);
    expect(await kernel.parked.list()).toEqual([]);
  });
});

describe('a listener that fails', () => {
  it('is opened again, and its neighbours do not notice', async () => {
    const memory = memoryTransport();
    const { kernel, outcomes, written } = setUp({ memory, inbound: { notes: { queue: 'IN' }, others: { queue: 'OTHER' } } });
    await kernel.start();
    memory.breakConnections();
    memory.put('IN', { body: note('one') });
    memory.put('OTHER', { body: note('two') });
    await outcomes('done', 2);
    expect(written.toSorted()).toEqual(['one', 'two']);
    await eventually(() => !kernel.status().degraded, { what: 'everything to be well again' });
  });

  it('with a final error at the start stops the start', async () => {
    const memory = memoryTransport();
    const refusing = changed(memory.transport, () => Promise.reject(new TransportError('WB_TEST_NO', 'No.')));
    const { kernel } = setUp({ memory: { ...memory, transport: refusing } });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'WB_TEST_NO' });
    expect(kernel.state).toBe('failed');
  });
});

describe('a kernel that is stopped', () => {
  it('settles what is in hand and takes nothing more', async () => {
    const release = Promise.withResolvers<void>();
    const handlers = [handle(writeNote, () => release.promise)];
    const { kernel, memory, outcomes } = setUp({ handlers });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await eventually(() => kernel.status().inbound[0]?.inHand === 1, { what: 'the message to be in hand' });
    const stopped = kernel.stop();
    memory.put('IN', { body: note('two') });
    await stays(() => kernel.state === 'draining', { what: 'the kernel to wait for what is in hand' });
    release.resolve();
    await stopped;
    expect(kernel.state).toBe('stopped');
    expect(await outcomes('done')).toHaveLength(1);
    expect(memory.size('IN')).toBe(1);
  });

  it('gives up what does not settle in time, and its message is there for the next start', async () => {
    const handlers = [
      handle(
        writeNote,
        (_, { signal }) =>
          new Promise<void>((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(new CommandError('WB_NOTE_ABORTED', 'Stopped.', { retryable: true }))),
          ),
      ),
    ];
    const { kernel, memory } = setUp({ handlers, inbound: { notes: { queue: 'IN', order: 'serial' } } });
    await kernel.start();
    memory.put('IN', { body: note('one') });
    await eventually(() => kernel.status().inbound[0]?.inHand === 1, { what: 'the message to be in hand' });
    await kernel.stop({ grace: 1 });
    expect(memory.size('IN')).toBe(1);
  });
});
