import { describe, expect, it } from 'vitest';
import { userData } from '../../src/index.ts';

describe('the check that user data names no field twice', () => {
  it('looks at each field a few times at most, however many there are', () => {
    const count = 5000;
    let looks = 0;
    const fields = new Proxy(
      Array.from({ length: count }, (_, index) => ({ name: `field-${index}`, text: '' })),
      {
        get: (all, key, self) => {
          looks += 1;
          return Reflect.get(all, key, self) as unknown;
        },
      },
    );
    expect(userData().check?.({ fields })).toBeUndefined();
    expect(looks).toBeGreaterThan(count - 1);
    expect(looks).toBeLessThan(4 * count);
  });
});
