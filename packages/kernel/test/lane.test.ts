import type { Settlement } from '@waybill/contract';
import { testClock } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import type { InHand } from '../src/inbound/in-hand.ts';
import { InProgress, Lane } from '../src/inbound/lane.ts';

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

describe('what is in progress', () => {
  const handOf = (id: string, digest: string) => ({ key: { entry: 'notes', id }, digest }) as InHand;

  function setUp() {
    const progress = new InProgress();
    const begun: string[] = [];
    const ends: ((settlement: Settlement) => void)[] = [];
    const join = (id: string, digest: string): Promise<Settlement> =>
      progress.join(handOf(id, digest), async (hand) => {
        begun.push(hand.digest);
        const settlement = await new Promise<Settlement>((resolve) => ends.push(resolve));
        progress.ended(hand);
        return settlement;
      });
    const end = async (outcome: 'accepted' | 'released') => {
      ends.shift()?.({ outcome });
      await turn();
    };
    return { progress, begun, join, end };
  }

  it('is not begun twice: the second delivery gets the settlement of the first', async () => {
    const { progress, begun, join, end } = setUp();
    const both = [join('a', 'one'), join('a', 'one')];
    await end('accepted');
    expect([await Promise.all(both), begun, progress.size]).toEqual([[{ outcome: 'accepted' }, { outcome: 'accepted' }], ['one'], 0]);
  });

  it('is begun anew for the second delivery when the first was given back', async () => {
    const { begun, join, end } = setUp();
    const [first, second] = [join('a', 'one'), join('a', 'one')];
    await end('released');
    expect([await first, begun]).toEqual([{ outcome: 'released' }, ['one', 'one']]);
    await end('accepted');
    expect(await second).toEqual({ outcome: 'accepted' });
  });

  it('keeps another body under the same id waiting, and settles nothing for it', async () => {
    const { begun, join, end } = setUp();
    const [first, second] = [join('a', 'one'), join('a', 'two')];
    expect(begun).toEqual(['one']);
    await end('accepted');
    expect([await first, begun]).toEqual([{ outcome: 'accepted' }, ['one', 'two']]);
    await end('released');
    expect(await second).toEqual({ outcome: 'released' });
  });
});
