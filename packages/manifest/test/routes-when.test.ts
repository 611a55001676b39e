import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, good, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

const route = '"to": ["orders"] }';
const more = (when: string, rest = '') =>
  `, { "event": "parcel.ordered", "message": "Parcel_Order@2.0", "to": ["orders"], "store": "7"${rest}, "when": ${when} }`;
const withRoutes = (...whens: readonly string[]) => good.replace(route, route + whens.map((when) => more(when)).join(''));

function problemsOf(text: string) {
  const result = workshop.check(text);
  return 'problems' in result ? result.problems.map(({ code, path, hint }) => [code, path, hint]) : [];
}

describe('the "when" of a route', () => {
  it('is a list of values for each key, however it was written', () => {
    const { routes } = accepted(workshop.check(withRoutes('{ "buyer": "a" }', '{ "buyer": ["b", "c"], "order": "1" }')));
    expect(routes.map(({ when }) => when)).toEqual([undefined, undefined, { buyer: ['a'] }, { buyer: ['b', 'c'], order: ['1'] }]);
  });

  it.each(['{}', '"a"', '{ "buyer": 7 }', '{ "buyer": [] }', '{ "buyer": "" }', '{ "buyer": ["a", "a"] }', '{ "buyer": { "is": "a" } }'])(
    'is not %s',
    (when) => {
      expect(problemsOf(withRoutes(when)).map(([, path]) => path)).toEqual([expect.stringMatching(/^routes\[2\]\.when/)]);
    },
  );

  it('is found when it is misspelt', () => {
    expect(problemsOf(withRoutes('{ "buyer": "a" }').replace('"when"', '"wen"'))).toEqual([
      ['WB_MANIFEST_UNKNOWN_KEY', 'routes[2].wen', 'Did you mean "when"?'],
    ]);
  });

  it('keeps two routes apart that want different values of a key, and no others', () => {
    expect(problemsOf(withRoutes('{ "buyer": "a" }', '{ "buyer": "b" }'))).toEqual([]);
    for (const other of ['{ "buyer": ["b", "a"] }', '{ "order": "1" }'])
      expect(problemsOf(withRoutes('{ "buyer": "a" }', other))).toEqual([
        ['WB_ROUTE_DUPLICATE', 'routes[3]', 'Remove one of the two, or give them different stores, priorities or values of "when".'],
      ]);
  });
});
