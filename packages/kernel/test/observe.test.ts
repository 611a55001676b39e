import { silentLog } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Pauses } from '../src/desk/pauses.ts';
import { type Observation, Observers } from '../src/observe.ts';

const seen = (id: string) => ({ id }) as Observation;

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
