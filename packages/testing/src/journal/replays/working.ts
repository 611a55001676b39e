import type { By } from '@waybill/contract';
import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { anna, failureOf, inKey, only, parked } from '../fixtures.ts';
import type { JournalSubject } from '../subject.ts';
import { advance, chosen, claimedIds, park, parkMany, planOf, workOff } from './fixtures.ts';

const bert: By = { who: 'bert' };

export function askAboutReplays(ask: Ask, { reopen, crash }: JournalSubject): void {
  group('a replay of a set', () => {
    askHowItIsWorkedOff(ask);
    askHowItEnds(ask);
    askWhatItTells(ask);
    if (reopen) askWhoWorksItOff(ask);
    if (reopen && crash) askWhatOutlivesItsProgram(ask);
  });
}

function askHowItIsWorkedOff(ask: Ask): void {
  ask('makes its messages due again in portions, the oldest first, each once', async (bench) => {
    await parkMany(bench, 250);
    const replay = await chosen(bench);
    const first = await advance(bench, replay);
    expect(first).toMatchObject({ replay: { state: 'running', skipped: 0 }, dueIn: 0 });
    expect(first.replay.replayed).toBeLessThanOrEqual(100);
    const ids = Array.from({ length: 250 }, (_, index) => `m-${index}`);
    expect(await claimedIds(bench)).toEqual(ids.slice(0, first.replay.replayed));
    expect(await workOff(bench, replay)).toMatchObject({ state: 'done', replayed: 250, skipped: 0 });
    expect(await claimedIds(bench)).toEqual(ids.slice(first.replay.replayed));
    expect(await advance(bench, replay)).toEqual({ replay: await workOff(bench, replay) });
  });

  ask('gives them all their attempts, and each only once: what is parked again stays so', async (bench) => {
    await bench.settle('m-1', parked('m-1', { attempts: 5 }));
    const replay = await chosen(bench);
    await workOff(bench, replay);
    const job = only((await bench.claim()).jobs);
    expect(job.attempts).toBe(0);
    await bench.end(job, parked('m-1'));
    await bench.journal.replays.resume(replay.id);
    expect(await workOff(bench, replay)).toMatchObject({ state: 'done', replayed: 1 });
    expect(await bench.show('m-1')).toMatchObject({ state: 'parked' });
  });

  ask('skips what is no longer parked in the same place', async (bench) => {
    await park(bench, ['dropped', 'moved', 'replayed', 'stays']);
    const replay = await chosen(bench);
    await bench.journal.desk.drop([inKey('dropped')], anna);
    await bench.journal.desk.move([inKey('moved')], 'invoices', anna);
    await bench.journal.desk.replay([inKey('replayed')], anna);
    expect(await claimedIds(bench)).toEqual(['replayed']);
    expect(await workOff(bench, replay)).toMatchObject({ state: 'done', chosen: 4, replayed: 1, skipped: 3 });
    expect(await claimedIds(bench)).toEqual(['stays']);
    expect(await bench.show('moved', 'invoices')).toMatchObject({ state: 'parked' });
  });

  ask('keeps to its rate, and says when the next message may be replayed', async (bench) => {
    await parkMany(bench, 30);
    const replay = await chosen(bench, { rate: 10 });
    expect(replay.rate).toBe(10);
    const { replay: started, dueIn } = await advance(bench, replay);
    expect(started.replayed).toBe(1);
    expect(dueIn).toBeGreaterThan(50);
    expect(dueIn).toBeLessThanOrEqual(100);
    expect((await advance(bench, replay)).replay.replayed).toBe(1);
    await bench.pass(1_000);
    const { replayed } = await workOff(bench, replay);
    expect(replayed).toBeGreaterThanOrEqual(10);
    expect(replayed).toBeLessThanOrEqual(13);
    // What it did not do while nobody worked on it is not made up for.
    await bench.pass(60_000);
    expect((await workOff(bench, replay)).replayed).toBeLessThanOrEqual(replayed + 13);
  });

  ask('moves each message to the entry that it names, but for what is known there', async (bench) => {
    await park(bench, ['a', 'b', 'known']);
    await bench.store('known', {}, 'invoices');
    const replay = await chosen(bench, { to: 'invoices' });
    expect(await workOff(bench, replay)).toMatchObject({ state: 'done', to: 'invoices', replayed: 2, skipped: 1 });
    const { jobs } = await bench.claim({ entry: 'invoices' });
    expect(jobs.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'known']);
    expect(await bench.show('known')).toMatchObject({ state: 'parked' });
    expect(await bench.show('a', 'invoices')).toMatchObject({ replayed: { times: 1, replay: replay.id } });
  });
}

function askHowItEnds(ask: Ask): void {
  ask('replays nothing from when it is cancelled until it is resumed, and then what is left', async (bench) => {
    await parkMany(bench, 250);
    const { replays } = bench.journal;
    const replay = await chosen(bench);
    const { replayed } = (await advance(bench, replay)).replay;
    await claimedIds(bench);
    expect(await replays.cancel(replay.id, bert)).toMatchObject({ state: 'cancelled', replayed, cancelledBy: bert });
    expect(await advance(bench, replay)).toEqual({ replay: only(await replays.list()) });
    expect(await claimedIds(bench)).toEqual([]);
    expect(await replays.cancel(replay.id, anna)).toMatchObject({ state: 'cancelled', cancelledBy: bert });
    expect(await replays.resume(replay.id)).toMatchObject({ state: 'running', cancelledBy: undefined });
    expect(await workOff(bench, replay)).toMatchObject({ state: 'done', replayed: 250 });
    expect(await claimedIds(bench)).toHaveLength(250 - replayed);
  });

  ask('is over when it is done: it can be neither cancelled nor resumed', async (bench) => {
    await park(bench, ['a']);
    const { replays } = bench.journal;
    const done = await workOff(bench, await chosen(bench));
    expect(await replays.cancel(done.id, anna)).toEqual(done);
    expect(await replays.resume(done.id)).toEqual(done);
    expect(await Promise.all([replays.advance(99, anna), replays.cancel(99, anna), replays.resume(99)])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  ask('is forgotten when it ended long ago, or when nobody has worked on it for so long, and not before', async (bench) => {
    const { desk, replays } = bench.journal;
    await park(bench, ['a']);
    await bench.publish(['l-1'], { uncomposed: failureOf('too long') });
    const done = await workOff(bench, await chosen(bench, { of: { query: { direction: 'in' } } }));
    await chosen(bench);
    const later = await chosen(bench, { rate: 0.001 });
    await bench.pass(800);
    await workOff(bench, later);
    await desk.forget(1_000);
    expect(await replays.list()).toHaveLength(3);
    await bench.pass(800);
    for (let calls = 0; (await desk.forget(1_000)).more && calls < 1_000; calls += 1);
    expect((await replays.list()).map(({ id }) => id)).toEqual([later.id]);
    expect(await replays.advance(done.id, anna)).toBeUndefined();
  });
}

function askWhatItTells(ask: Ask): void {
  ask('marks what it replays with who did it, when, in which replay, and how often', async (bench) => {
    const { desk } = bench.journal;
    await park(bench, ['a']);
    expect((await bench.show('a'))?.replayed).toBeUndefined();
    const replay = await chosen(bench);
    await bench.pass(1_000);
    await workOff(bench, replay, bert);
    const shown = await bench.show('a');
    expect(shown?.replayed).toEqual({ times: 1, by: bert, at: shown?.changedAt, replay: replay.id });
    await bench.end(only((await bench.claim()).jobs), parked('a'));
    await desk.replay([inKey('a')], anna);
    expect((await bench.show('a'))?.replayed).toMatchObject({ times: 2, by: anna, replay: undefined });
    await desk.move([inKey('a')], 'invoices', anna);
    expect((await bench.show('a', 'invoices'))?.replayed).toMatchObject({ times: 2, by: anna });
  });

  ask('forgets the mark of a message that is dropped', async (bench) => {
    await park(bench, ['a']);
    await workOff(bench, await chosen(bench));
    await bench.end(only((await bench.claim()).jobs), parked('a'));
    await bench.journal.desk.drop([inKey('a')], anna);
    await park(bench, ['a']);
    expect((await bench.show('a'))?.replayed).toBeUndefined();
  });

  ask('records each portion with whoever did it, and names all of its messages', async (bench) => {
    await parkMany(bench, 150);
    const replay = await chosen(bench, { to: 'invoices' });
    expect(await bench.journal.control.records()).toEqual([]);
    await workOff(bench, replay, bert);
    const records = await bench.journal.control.records();
    expect(records.length).toBeGreaterThan(1);
    for (const record of records)
      expect(record).toMatchObject({ did: 'replay', by: bert, direction: 'in', entry: 'orders', to: 'invoices', replay: replay.id });
    expect(records.every(({ ids, rows }) => ids.length === rows)).toBe(true);
    expect(new Set(records.flatMap(({ ids }) => ids)).size).toBe(150);
  });

  ask('is listed, the newest first, a hundred or as many as are asked for, without a gap', async ({ journal: { replays } }) => {
    for (let number = 0; number < 120; number += 1) await replays.begin(planOf({ of: { keys: [] }, rate: number + 1 }));
    const first = await replays.list();
    expect(first).toHaveLength(100);
    expect(first[0]).toMatchObject({ state: 'done', by: anna, rate: 120, chosen: 0, replayed: 0, skipped: 0 });
    const rest = await replays.list({ before: first.at(-1)?.id });
    expect([...first, ...rest].map(({ rate }) => rate)).toEqual(Array.from({ length: 120 }, (_, index) => 120 - index));
    expect(await replays.list({ limit: 3 })).toEqual(first.slice(0, 3));
  });
}

function askWhoWorksItOff(ask: Ask): void {
  ask('is worked off by several at once, and each message is replayed once', async (bench) => {
    await parkMany(bench, 220);
    const other = await bench.reopen();
    const replay = await chosen(bench);
    await Promise.all([workOff(bench, replay), workOff(other, replay, bert)]);
    expect((await bench.journal.replays.list())[0]).toMatchObject({ state: 'done', replayed: 220, skipped: 0 });
    expect(await claimedIds(bench)).toHaveLength(220);
    const shown = await Promise.all(Array.from({ length: 220 }, (_, index) => bench.show(`m-${index}`)));
    expect(shown.filter((one) => one?.replayed?.times !== 1)).toEqual([]);
  });

  ask('has one rate, however many work on it, and one end', async (bench) => {
    await parkMany(bench, 30);
    const other = await bench.reopen();
    const replay = await chosen(bench, { rate: 10 });
    await workOff(bench, replay);
    await bench.pass(500);
    await workOff(bench, replay);
    expect((await workOff(other, replay)).replayed).toBeLessThanOrEqual(8);
    await other.journal.replays.cancel(replay.id, bert);
    await bench.pass(500);
    expect((await advance(bench, replay)).replay).toMatchObject({ state: 'cancelled', cancelledBy: bert });
  });
}

function askWhatOutlivesItsProgram(ask: Ask): void {
  ask('goes on where it was when the program that began it has died', async (bench) => {
    await parkMany(bench, 150);
    const first = await bench.reopen();
    const replay = await chosen(first);
    const { replayed } = (await advance(first, replay)).replay;
    await bench.crash(first);
    const second = await bench.reopen();
    expect((await second.journal.replays.list())[0]).toMatchObject({ id: replay.id, state: 'running', replayed });
    expect(await workOff(second, replay, bert)).toMatchObject({ state: 'done', replayed: 150 });
    expect(await claimedIds(bench)).toHaveLength(150);
  });
}
