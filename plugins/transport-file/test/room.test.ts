import { eventually } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Room } from '../src/receiving/room.ts';
import { openWorld } from './world.ts';

describe('room for bytes', () => {
  it('is given in the order of asking, and one always gets it', async () => {
    const room = new Room(10);
    const inside: string[] = [];
    const [large, small, other, last] = [{}, {}, {}, {}];
    const enter = (who: object, bytes: number, name: string) => room.enter(who, bytes).then(() => inside.push(name));
    await enter(large, 100, 'large');
    const rest = [enter(small, 4, 'small'), enter(other, 8, 'other'), enter(last, 1, 'last')];
    room.leave(large);
    await rest[0];
    expect(inside).toEqual(['large', 'small']);
    // Who never was inside makes no room.
    room.leave({});
    room.leave(large);
    room.leave(small);
    await Promise.all(rest);
    expect(inside).toEqual(['large', 'small', 'other', 'last']);
  });
});

describe('files that are in hand together', () => {
  it.each([
    ['1300B', 2],
    ['1B', 1],
    ['32MB', 8],
  ])('are so many as have room in %s: %i', async (inHandBytes, together) => {
    const world = await openWorld({ inHandBytes });
    for (let number = 0; number < 24; number++) await world.write(`${number}.xml`, 'x'.repeat(600));
    let [inHand, most] = [0, 0];
    const desk = await world.listen({ concurrency: 8 });
    desk.automatically((held) => {
      inHand += 1;
      most = Math.max(most, inHand);
      setTimeout(() => {
        inHand -= 1;
        held.accept();
      }, 20);
    });
    await eventually(() => desk.all.length === 24, { what: 'all files' });
    await desk.stop();
    expect(most).toBe(together);
    expect(await world.names()).toEqual(['rejected']);
  });
});
