import type { CheckedRoute } from '@waybill/manifest';
import { describe, expect, it } from 'vitest';
import { routesWhen } from '../src/packs/routes-when.ts';

const route = (to: readonly string[], when?: CheckedRoute['when'], name = 'Sent') =>
  ({ event: 'a.b', message: { name, version: '1' }, to: to.map((one) => ({ name: one })), when }) as unknown as CheckedRoute;
const destinations = (routes: readonly CheckedRoute[]) => routes.map(({ to }) => to.map(({ name }) => name));

describe('the routes that take an event', () => {
  it('are all of them where none says when, and nothing is copied then', () => {
    const routes = [route(['a']), route(['b'])];
    expect(routesWhen(routes, undefined)).toBe(routes);
  });

  it('are those for one of the values of a key, where the event has several', () => {
    const routes = [route(['a'], { order: ['1'] }), route(['b'], { order: ['2', '3'] }), route(['c'], { order: ['4'] })];
    expect(destinations(routesWhen(routes, { order: ['1', '3'] }))).toEqual([['a'], ['b']]);
  });

  it('bring a message to a destination once, also where several want different values that the event has', () => {
    const routes = [route(['a'], { order: ['1'] }), route(['a', 'b'], { order: ['2'] }), route(['a'], { order: ['2'] }, 'Other')];
    expect(destinations(routesWhen(routes, { order: ['1', '2'] }))).toEqual([['a'], ['b'], ['a']]);
  });

  it('are none of those for a key that the event has not, however it is called', () => {
    expect(routesWhen([route(['a'], { constructor: ['x'] }), route(['b'], { order: ['1'] })], {})).toEqual([]);
    expect(routesWhen([route(['a'], { order: ['1'] })], undefined)).toEqual([]);
  });
});
