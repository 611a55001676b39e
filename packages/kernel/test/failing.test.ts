import { CommandError, handle } from '@waybill/contract/application';
import { eventually, memoryTransport } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { countingFrom, setUp } from './support/kernel.ts';
import { busy, countNotes, note, noteWritten, refused, writeNote } from './support/notes.ts';

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
    const entry = await kernel.desk.show({ direction: 'in', entry: 'notes', id: 'a' });
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
    const entry = await kernel.desk.show({ direction: 'in', entry: 'notes', id: 'a' });
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

  it('is kept with the place of its fault, where the error has one that its sentence does not name', async () => {
    const misplaced = () => new CommandError('WB_NOTE_REFUSED', 'There is no such shelf', { at: 'shelf/3' });
    const { kernel, memory, outcomes } = setUp({
      handlers: [
        handle(writeNote, () => {
          throw misplaced();
        }),
      ],
    });
    await kernel.start();
    memory.put('IN', { id: 'a', body: note('one') });
    expect(await outcomes('parked')).toMatchObject([{ reason: 'There is no such shelf. At shelf/3.' }]);
    expect((await kernel.desk.list({ state: 'parked' })).rows).toMatchObject([{ reason: 'There is no such shelf. At shelf/3.' }]);
    memory.put('IN', { id: 'b', body: note('one', { number: 'x' }) });
    const [, second] = await outcomes('parked', 2);
    expect(second?.reason?.match(/number/g)).toHaveLength(1);
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
    expect((await kernel.desk.list({ state: 'parked' })).rows).toMatchObject([
      { entry: 'notes', id: expect.stringMatching(/^a#/) as string },
    ]);
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
    expect(await kernel.desk.replay([{ direction: 'in', entry: 'notes', id: 'a' }], { who: 'test' })).toHaveLength(1);
    await outcomes('done');
    expect((await kernel.desk.list({ state: 'parked' })).rows).toEqual([]);
  });

  it('can be corrected before it is replayed', async () => {
    const { kernel, memory, outcomes, written } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'a', body: 'nonsense' });
    await outcomes('parked');
    const key = { direction: 'in', entry: 'notes', id: 'a' } as const;
    expect(await kernel.desk.edit(key, Buffer.from(note('corrected')), { who: 'test' })).toBe(true);
    await kernel.desk.replay([key], { who: 'test' });
    await outcomes('done');
    expect(written).toEqual(['corrected']);
  });

  it('can be dropped', async () => {
    const { kernel, memory, outcomes } = setUp();
    await kernel.start();
    memory.put('IN', { id: 'a', body: 'nonsense' });
    await outcomes('parked');
    expect(await kernel.desk.drop([{ direction: 'in', entry: 'notes', id: 'a' }], { who: 'test' })).toHaveLength(1);
    expect((await kernel.desk.list({ state: 'parked' })).rows).toEqual([]);
  });
});
