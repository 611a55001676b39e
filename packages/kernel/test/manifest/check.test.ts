import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, good, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = new Workshop();
});
afterAll(() => workshop.close());

describe('a good manifest', () => {
  it('is accepted', () => {
    expect(accepted(workshop.check(good))).toMatchObject({ name: 'harbour-store' });
  });
});
