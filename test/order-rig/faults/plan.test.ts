import { describe, expect, it } from 'vitest';
import { everyKind, planOf } from './plan.ts';

const options = { processes: 3, faults: Object.fromEntries(everyKind.map((kind) => [kind, 4])) };

describe('a plan of faults', () => {
  it('is the same for the same seed', () => {
    expect(planOf(4711, options)).toEqual(planOf(4711, options));
  });

  it('is another one for another seed', () => {
    expect(planOf(4712, options)).not.toEqual(planOf(4711, options));
  });

  it('has so many of each kind as were asked for', () => {
    const counts = Object.fromEntries(
      [...Map.groupBy(planOf(1, options), ({ kind }) => kind)].map(([kind, found]) => [kind, found.length]),
    );
    expect(counts).toEqual(options.faults);
  });
});
