import { CommandError, type ReplayPlan } from '@waybill/contract';
import { handle } from '@waybill/contract/application';
import { eventually, MemoryJournalFile, testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { setUp } from './support/kernel.ts';
import { note, noteWritten, writeNote } from './support/notes.ts';

const anna = { who: 'anna', why: 'the back end is there again' };
const inbound = { notes: { queue: 'IN' }, others: { queue: 'OTHERS' } };
const query = { direction: 'in', entry: 'notes' } as const;

/** A kernel that parks what comes until it is told that all is well. */
function failing({ at = testClock() } = {}) {
  const state = { isWell: false };
  const done: string[] = [];
  const handler = handle(writeNote, (input, context) => {
    if (!state.isWell) throw new CommandError('WB_TEST_NO', 'Not now.');
    done.push(`${context.entry} ${input.text}`);
  });
  const made = setUp({ inbound, handlers: [handler], journal: new MemoryJournalFile({ clock: at }), options: { clock: at } });
  const park = async (count: number): Promise<void> => {
    for (let one = 1; one <= count; one++) made.memory.put('IN', { id: `m-${one}`, body: note(`${one}`) });
    await made.outcomes('parked', count);
    state.isWell = true;
  };
  const begin = (plan: Partial<ReplayPlan> = {}) => made.kernel.desk.replays.begin({ request: 'r-1', by: anna, of: { query }, ...plan });
  return { ...made, at, done, park, begin };
}

describe('a replay of a set at the desk of a kernel', () => {
  it('makes all that answers a query due again, and this process works on it at once', async () => {
    const { kernel, done, park, begin, outcomes } = failing();
    await kernel.start();
    await park(3);
    const { replays } = kernel.desk;
    const ended = await replays.workOff(await begin(), anna);
    expect(ended).toMatchObject({ state: 'done', chosen: 3, replayed: 3, skipped: 0, by: anna });
    // The clock stands still: nobody but the desk has woken the entry.
    await outcomes('done', 3);
    expect(done.toSorted()).toEqual(['notes 1', 'notes 2', 'notes 3']);
    expect(await replays.list()).toEqual([ended]);
    expect(await kernel.desk.records()).toMatchObject([{ did: 'replay', by: anna, rows: 3, replay: ended?.id }]);
  });

  it('moves its messages to another entry where that is said', async () => {
    const { kernel, done, park, begin, outcomes } = failing();
    await kernel.start();
    await park(1);
    await kernel.desk.replays.workOff(await begin({ to: 'others' }), anna);
    await outcomes('done');
    expect(done).toEqual(['others 1']);
  });

  it('keeps to its rate, on the clock of the kernel', async () => {
    const { kernel, at, park, begin } = failing();
    await kernel.start();
    await park(3);
    const replayed = async () => (await kernel.desk.replays.list())[0]?.replayed;
    const ended = kernel.desk.replays.workOff(await begin({ rate: 1 }), anna);
    await eventually(async () => (await replayed()) === 1, { what: 'the first message to be replayed' });
    await at.advance(900);
    expect(await replayed()).toBe(1);
    await at.advance(1_200);
    expect(await ended).toMatchObject({ state: 'done', replayed: 3 });
  });

  it('ends when it is cancelled or its signal aborts, and goes on when it is resumed', async () => {
    const { kernel, at, park, begin } = failing();
    await kernel.start();
    await park(3);
    const { replays } = kernel.desk;
    const replay = await begin({ rate: 0.001 });
    const cancelled = replays.workOff(replay, anna);
    await eventually(async () => (await replays.list())[0]?.replayed === 1, { what: 'the first message to be replayed' });
    await replays.cancel(replay.id, { who: 'bert' });
    await at.advance(600);
    expect(await cancelled).toMatchObject({ state: 'cancelled', replayed: 1, cancelledBy: { who: 'bert' } });
    const stop = new AbortController();
    const resumed = await replays.resume(replay.id);
    expect(resumed).toMatchObject({ state: 'running' });
    const aborted = resumed && replays.workOff(resumed, anna, stop.signal);
    stop.abort();
    expect(await aborted).toMatchObject({ state: 'cancelled', cancelledBy: anna });
    expect((await kernel.desk.list({ state: 'parked' })).rows).toHaveLength(2);
  });

  it('is told before, with what happened already, and nothing is changed by that', async () => {
    const { kernel, memory, desk, outcomes } = setUp({
      outbound: { out: { queue: 'OUT' } },
      routes: [{ event: 'note.written', message: 'Written', to: ['out'] }],
    });
    await kernel.start();
    memory.trouble('OUT', 'refused');
    await kernel.publish(noteWritten, { text: 'one' });
    const [parked] = await outcomes('parked');
    const { replays } = kernel.desk;
    const preview = await replays.dryRun({ query: {} });
    expect(preview).toMatchObject({
      planned: 1,
      messages: [{ row: { id: parked?.id, state: 'parked' }, attempts: 1, legs: [], recipients: [], hasReply: false }],
    });
    const named = { direction: 'out', entry: 'out', id: parked?.id ?? '' } as const;
    expect(await replays.dryRun({ keys: [named, { ...named, id: 'nobody' }] })).toEqual(preview);
    expect([await replays.list(), (await desk.list({ state: 'parked' })).rows.length]).toEqual([[], 1]);
  });

  it('is refused while the kernel does not run, and says when there is no such replay', async () => {
    const { kernel, park, begin } = failing();
    await expect(kernel.desk.replays.list()).rejects.toMatchObject({ code: 'WB_KERNEL_STATE' });
    await kernel.start();
    await park(1);
    const replay = await begin();
    expect(await kernel.desk.replays.workOff({ ...replay, id: 99 }, anna)).toBeUndefined();
    await kernel.stop();
    await expect(kernel.desk.replays.workOff(replay, anna)).rejects.toMatchObject({ code: 'WB_KERNEL_STATE' });
  });
});
