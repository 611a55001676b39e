import { expect } from 'vitest';
import { type Ask, group } from '../bench.ts';
import { anna, done, failureOf, inKey, outKey, parked } from '../fixtures.ts';
import { advance, chosen, claimedIds, park, parkMany, planOf, workOff } from './fixtures.ts';

export function askAboutChoosing(ask: Ask): void {
  group('the set of a replay', () => {
    askWhatIsChosen(ask);
    askHowItIsChosen(ask);
  });
}

function askWhatIsChosen(ask: Ask): void {
  ask('is what was parked when it began, and nothing that was parked or changed since', async (bench) => {
    const { desk, replays } = bench.journal;
    await park(bench, ['before', 'replayed', 'edited', 'dropped']);
    await bench.settle('done', done);
    await bench.pass(10);
    const begun = await replays.begin(planOf());
    await bench.pass(10);
    await park(bench, ['after']);
    await desk.edit(inKey('edited'), Uint8Array.of(1), anna);
    await desk.drop([inKey('dropped')], anna);
    await desk.replay([inKey('replayed')], anna);
    await claimedIds(bench);
    const replay = await workOff(bench, begun);
    expect(replay).toMatchObject({ state: 'done', chosen: 1, replayed: 1, skipped: 0 });
    expect(await claimedIds(bench)).toEqual(['before']);
  });

  ask('is what answers its query, in both directions', async (bench) => {
    await park(bench, ['a', 'b']);
    await bench.settle('other', parked('other'), { store: '10152' });
    await bench.publish(['l-1'], { uncomposed: failureOf('too long') });
    const inbound = await chosen(bench, { of: { query: { direction: 'in', store: '10151' } } });
    expect(inbound).toMatchObject({ state: 'running', chosen: 2, query: { direction: 'in', store: '10151' } });
    expect(await chosen(bench, { of: { query: { businessKey: { name: 'order', value: 'b' } } } })).toMatchObject({ chosen: 1 });
    expect(await chosen(bench, { of: { query: { code: 'WB_PACK_FAILED' } } })).toMatchObject({ state: 'done', chosen: 0 });
    const all = await chosen(bench);
    expect(all).toMatchObject({ chosen: 4 });
    expect(await workOff(bench, all)).toMatchObject({ state: 'done', replayed: 4 });
    expect((await bench.claimLegs()).jobs).toHaveLength(1);
  });

  ask('can be messages that are named, at once; those that are not parked are not in it', async (bench) => {
    await park(bench, ['a', 'b', 'c']);
    await bench.settle('done', done);
    const keys = ['c', 'done', 'a', 'a', 'unknown'].map((id) => inKey(id));
    const begun = await bench.journal.replays.begin(planOf({ of: { keys } }));
    expect(begun).toMatchObject({ state: 'running', chosen: 2, query: undefined });
    expect(await workOff(bench, begun)).toMatchObject({ state: 'done', replayed: 2, skipped: 0 });
    expect(await claimedIds(bench)).toEqual(['a', 'c']);
    const none = await bench.journal.replays.begin(planOf({ of: { keys: [outKey('a'), inKey('done')] } }));
    expect(none).toMatchObject({ state: 'done', chosen: 0 });
  });
}

function askHowItIsChosen(ask: Ask): void {
  ask('is made in portions, and nothing is replayed meanwhile', async (bench) => {
    await parkMany(bench, 1_100);
    const begun = await bench.journal.replays.begin(planOf());
    expect(begun).toMatchObject({ state: 'choosing', chosen: 0 });
    expect(await advance(bench, begun)).toMatchObject({ replay: { state: 'choosing', replayed: 0 }, dueIn: 0 });
    let { replay } = await advance(bench, begun);
    for (let steps = 0; replay.state === 'choosing' && steps < 1_000; steps += 1) ({ replay } = await advance(bench, begun));
    expect(replay).toMatchObject({ state: 'running', chosen: 1_100, replayed: 0 });
    expect(await claimedIds(bench)).toEqual([]);
  });

  ask('can be cancelled while it is made, and is completed once it is resumed', async (bench) => {
    await parkMany(bench, 1_100);
    const { replays } = bench.journal;
    const begun = await replays.begin(planOf());
    await advance(bench, begun);
    await replays.cancel(begun.id, anna);
    const cancelled = (await advance(bench, begun)).replay;
    expect(cancelled.state).toBe('cancelled');
    expect((await advance(bench, begun)).replay).toEqual(cancelled);
    expect(await replays.resume(begun.id)).toMatchObject({ state: 'choosing' });
    expect(await workOff(bench, begun)).toMatchObject({ state: 'done', chosen: 1_100, replayed: 1_100 });
  });

  ask('is made once for each request, however often it is begun', async (bench) => {
    await park(bench, ['a']);
    const plan = planOf();
    const { replays } = bench.journal;
    const first = await replays.begin(plan);
    expect(await replays.begin(plan)).toEqual(first);
    expect(await replays.begin(planOf())).toMatchObject({ id: first.id + 1 });
    expect(await replays.list()).toHaveLength(2);
  });
}
