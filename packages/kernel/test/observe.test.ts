import type { Tally } from '@waybill/contract';
import { silentLog } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Pauses } from '../src/desk/pauses.ts';
import { type Observation, Observers, Tallies } from '../src/observe.ts';

const seen = (id: string) => ({ id }) as Observation;
const tally = (minute: number): Tally => ({ direction: 'in', entry: 'notes', outcome: 'done', minute, count: 1 });

describe('an observer', () => {
  it('hears nothing after its end, and the others go on', () => {
    const observers = new Observers();
    const heard: string[] = [];
    const end = observers.add(({ id }) => heard.push(`first ${id}`));
    const endSecond = observers.add(({ id }) => heard.push(`second ${id}`));
    observers.tell(seen('a'), silentLog);
    end();
    expect(observers.isWatched).toBe(true);
    observers.tell(seen('b'), silentLog);
    endSecond();
    expect([heard, observers.isWatched]).toEqual([['first a', 'second a', 'second b'], false]);
  });
});

describe('the numbers that the journal does not take', () => {
  it('are kept up to ten thousand of them, the newest', () => {
    const tallies = new Tallies();
    tallies.giveBack(Array.from({ length: 9_999 }, (_, minute) => tally(minute + 5)));
    tallies.giveBack(Array.from({ length: 5 }, (_, minute) => tally(minute)));
    const kept = tallies.take();
    expect([kept.length, kept[0]?.minute, kept.at(-1)?.minute]).toEqual([10_000, 4, 10_003]);
    expect(tallies.take()).toEqual([]);
  });
});

describe('a pause', () => {
  it('is of one entry in one direction', () => {
    const pauses = new Pauses();
    const [inbound, outbound, other] = [pauses.of('in', 'erp'), pauses.of('out', 'erp'), pauses.of('in', 'shop')];
    const paused = { direction: 'in', entry: 'erp', by: { who: 'anna' }, since: 0 } as const;
    expect(pauses.update([paused])).toMatchObject([{ direction: 'in', entry: 'erp' }]);
    expect([inbound, outbound, other].map(({ isOn }) => isOn)).toEqual([true, false, false]);
    expect(pauses.update([paused])).toEqual([]);
    expect(pauses.update([])).toEqual([{ direction: 'in', entry: 'erp', paused: undefined }]);
    expect([inbound.isOn, inbound.began.aborted]).toEqual([false, false]);
  });
});
