import { expect } from 'vitest';
import { type Ask, type Bench, group } from '../bench.ts';
import { inboundLane, type Lane, outboundLane } from './lane.ts';

export function askAboutOrder(ask: Ask): void {
  for (const direction of ['in', 'out'] as const) {
    group(`order by key, ${direction}bound`, () => {
      const lane = () => (direction === 'in' ? inboundLane() : outboundLane());
      askAboutHeads(ask, lane);
      askAboutParked(ask, lane);
      askAboutRuns(ask, lane);
      askAboutBytes(ask, lane);
      askAboutMany(ask, lane);
    });
  }
}

function askAboutHeads(ask: Ask, lane: () => Lane): void {
  ask('hands out the oldest of each key only, and the next one when that has ended', async (bench) => {
    const { put, claim, finish } = lane();
    for (const [id, key] of [
      ['a-1', 'a'],
      ['a-2', 'a'],
      ['b-1', 'b'],
      ['x', undefined],
      ['y', undefined],
    ] as const)
      await put(bench, id, key);
    expect(await claim(bench)).toEqual(['a-1', 'b-1', 'x', 'y']);
    expect(await claim(bench)).toEqual([]);
    await finish('a-1');
    expect(await claim(bench)).toEqual(['a-2']);
    await finish('b-1');
    expect(await claim(bench)).toEqual([]);
  });

  ask('lets what follows wait while the one before it waits for its next attempt', async (bench) => {
    const { put, claim, finish, postpone } = lane();
    for (const id of ['a-1', 'a-2']) await put(bench, id, 'a');
    await claim(bench);
    await postpone('a-1', 500);
    expect(await claim(bench)).toEqual([]);
    await bench.pass(500);
    expect(await claim(bench)).toEqual(['a-1']);
    await finish('a-1');
    expect(await claim(bench)).toEqual(['a-2']);
  });

  ask('hands out what was given back before what follows', async (bench) => {
    const { put, claim, release } = lane();
    for (const id of ['a-1', 'a-2']) await put(bench, id, 'a');
    await claim(bench);
    await release('a-1');
    expect(await claim(bench)).toEqual(['a-1']);
  });

  ask('lets what follows go on when the one before it is moved away', async (bench) => {
    const { put, claim, move, park } = lane();
    for (const id of ['a-1', 'a-2']) await put(bench, id, 'a');
    await claim(bench);
    await park('a-1', true);
    await move(bench, 'a-1');
    expect(await claim(bench)).toEqual(['a-2']);
  });
}

function askAboutParked(ask: Ask, lane: () => Lane): void {
  ask('lets what follows wait behind one that is parked and blocks, until that is replayed and ended', async (bench) => {
    const { put, claim, finish, park, replay } = lane();
    for (const id of ['a-1', 'a-2']) await put(bench, id, 'a');
    await put(bench, 'b-1', 'b');
    await claim(bench);
    await park('a-1', true);
    await finish('b-1');
    expect(await claim(bench)).toEqual([]);
    await replay(bench, 'a-1');
    expect(await claim(bench)).toEqual(['a-1']);
    await finish('a-1');
    expect(await claim(bench)).toEqual(['a-2']);
  });

  ask('lets what follows go on when one that blocks is dropped', async (bench) => {
    const { put, claim, park, drop } = lane();
    for (const id of ['a-1', 'a-2']) await put(bench, id, 'a');
    await claim(bench);
    await park('a-1', true);
    await drop(bench, 'a-1');
    expect(await claim(bench)).toEqual(['a-2']);
  });

  ask('lets what follows pass one that is parked and does not block', async (bench) => {
    const { put, claim, park } = lane();
    for (const id of ['a-1', 'a-2']) await put(bench, id, 'a');
    await claim(bench);
    await park('a-1', false);
    expect(await claim(bench)).toEqual(['a-2']);
  });

  ask('gives what is replayed its old place, before what was recorded later', async (bench) => {
    const { put, claim, finish, park, replay, release } = lane();
    for (const id of ['a-1', 'a-2', 'a-3']) await put(bench, id, 'a');
    await claim(bench);
    await park('a-1', false);
    expect(await claim(bench)).toEqual(['a-2']);
    await release('a-2');
    await replay(bench, 'a-1');
    expect(await claim(bench)).toEqual(['a-1']);
    await finish('a-1');
    expect(await claim(bench)).toEqual(['a-2']);
  });
}

function askAboutRuns(ask: Ask, lane: () => Lane): void {
  ask('hands out a run: the oldest of a key and what follows, as many as asked for', async (bench) => {
    const { put, claim, finish } = lane();
    for (const id of ['a-1', 'a-2', 'a-3']) await put(bench, id, 'a');
    for (const id of ['b-1', 'b-2']) await put(bench, id, 'b');
    expect(await claim(bench, { run: 2 })).toEqual(['a-1', 'a-2', 'b-1', 'b-2']);
    for (const id of ['a-1', 'a-2']) await finish(id);
    expect(await claim(bench, { run: 2 })).toEqual(['a-3']);
  });

  ask('counts the rows of all runs towards the limit', async (bench) => {
    const { put, claim } = lane();
    for (const id of ['a-1', 'a-2', 'a-3', 'a-4']) await put(bench, id, 'a');
    expect(await claim(bench, { run: 10, limit: 3 })).toEqual(['a-1', 'a-2', 'a-3']);
  });

  ask('hands the rest of a run out in order when it was given back after a failure', async (bench) => {
    const { put, claim, finish, postpone, release } = lane();
    for (const id of ['a-1', 'a-2', 'a-3']) await put(bench, id, 'a');
    await claim(bench, { run: 3 });
    await finish('a-1');
    await postpone('a-2', 500);
    await release('a-3');
    expect(await claim(bench, { run: 3 })).toEqual([]);
    await bench.pass(500);
    expect(await claim(bench, { run: 3 })).toEqual(['a-2', 'a-3']);
  });

  ask('ends a run before one that cannot be handed out', async (bench) => {
    const { put, claim, finish, park, postpone, replay } = lane();
    for (const id of ['a-1', 'a-2', 'a-3']) await put(bench, id, 'a');
    await claim(bench);
    await park('a-1', false);
    await claim(bench);
    await postpone('a-2', 500);
    await replay(bench, 'a-1');
    expect(await claim(bench, { run: 3 })).toEqual(['a-1']);
    await finish('a-1');
    expect(await claim(bench, { run: 3 })).toEqual([]);
    await bench.pass(500);
    expect(await claim(bench, { run: 3 })).toEqual(['a-2', 'a-3']);
  });
}

function askAboutBytes(ask: Ask, lane: () => Lane): void {
  const bodies = async (bench: Bench, { put }: Lane, sizes: Readonly<Record<string, number>>, orderKey?: string) => {
    for (const [id, size] of Object.entries(sizes)) await put(bench, id, orderKey, size);
  };

  ask('hands out no more bytes than were asked for, and says that more is due', async (bench) => {
    const ours = lane();
    await bodies(bench, ours, { a: 400_000, b: 600_000, c: 1 });
    await bodies(bench, ours, { 'd-1': 400_000, 'd-2': 600_000, 'd-3': 1 }, 'd');
    expect(await ours.claim(bench, { bytes: 1_000_000 })).toEqual(['a', 'b']);
    expect(ours.dueIn()).toBe(0);
    expect(await ours.claim(bench, { bytes: 999_999, run: 5 })).toEqual(['c', 'd-1']);
    expect(await ours.claim(bench)).toEqual([]);
    await ours.finish('d-1');
    expect(await ours.claim(bench, { bytes: 600_001, run: 5 })).toEqual(['d-2', 'd-3']);
  });

  ask('hands out one that is larger than all that were asked for, with no other, and none before its turn', async (bench) => {
    const ours = lane();
    await bodies(bench, ours, { a: 10, b: 300_000, c: 10 });
    await bodies(bench, ours, { 'd-1': 300_000, 'd-2': 10 }, 'd');
    const claims: (readonly string[])[] = [];
    for (let round = 0; round < 5; round += 1) {
      claims.push(await ours.claim(bench, { bytes: 1_000, run: 5 }));
      if (round === 3) await ours.finish('d-1');
    }
    expect(claims).toEqual([['a'], ['b'], ['c'], ['d-1'], ['d-2']]);
  });
}

function askAboutMany(ask: Ask, lane: () => Lane): void {
  ask('keeps the order of many keys, whoever claims how much', async (bench) => {
    const { put, claim, finish, release, postpone } = lane();
    const keys = Array.from({ length: 8 }, (_, index) => `key-${index}`);
    for (let number = 0; number < 12; number += 1) for (const key of keys) await put(bench, `${key}/${number}`, key);
    const ended: string[] = [];
    for (let round = 0; ended.length < 96 && round < 1000; round += 1) {
      const ids = await claim(bench, { limit: 1 + (round % 7), run: 1 + (round % 3) });
      // Every fifth round fails at its first one, and gives back the rest.
      const failsAt = round % 5 === 4 ? 0 : ids.length;
      for (const id of ids.slice(0, failsAt)) await finish(id).then(() => ended.push(id));
      for (const [index, id] of ids.slice(failsAt).entries()) await (index === 0 ? postpone(id, 10) : release(id));
      if (ids.length === 0) await bench.pass(10);
    }
    for (const key of keys) {
      const numbers = ended.filter((id) => id.startsWith(`${key}/`)).map((id) => Number(id.split('/')[1]));
      expect(numbers).toEqual(Array.from({ length: 12 }, (_, number) => number));
    }
  });
}
