import { testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Lane } from '../src/inbound/lane.ts';

/** Lets every promise that is ready continue. */
const turn = () => testClock().advance(0);

describe('a lane', () => {
  function setUp(places: number) {
    const lane = new Lane(places);
    const inside: string[] = [];
    const enter = (name: string, key?: string): void => {
      const wait = lane.enter(key);
      if (wait) void wait.then(() => inside.push(name));
      else inside.push(name);
    };
    return { lane, inside, enter };
  }

  it('has as many inside as it has places, and serves who waits in the order of coming', async () => {
    const { lane, inside, enter } = setUp(2);
    for (const name of ['a', 'b', 'c', 'd', 'e']) enter(name);
    expect([inside, lane.inside]).toEqual([['a', 'b'], 2]);
    lane.leave(undefined);
    await turn();
    expect(inside).toEqual(['a', 'b', 'c']);
    lane.leave(undefined);
    await turn();
    expect([inside, lane.inside]).toEqual([['a', 'b', 'c', 'd'], 2]);
  });

  it('has one of a key inside, and serves the others of the key in the order of coming', async () => {
    const { lane, inside, enter } = setUp(4);
    for (const name of ['k1', 'k2', 'k3']) enter(name, 'k');
    enter('l1', 'l');
    expect(inside).toEqual(['k1', 'l1']);
    lane.leave('k');
    await turn();
    expect(inside).toEqual(['k1', 'l1', 'k2']);
    enter('k4', 'k');
    lane.leave('k');
    await turn();
    expect(inside).toEqual(['k1', 'l1', 'k2', 'k3']);
  });

  it('has a place again for each that has left, also of keys that nobody waits for', async () => {
    const { lane, inside, enter } = setUp(1);
    for (let count = 0; count < 1_000; count += 1) {
      enter(`${count}`, `${count % 3}`);
      lane.leave(`${count % 3}`);
    }
    await turn();
    expect([inside.length, lane.inside]).toEqual([1_000, 0]);
  });
});
