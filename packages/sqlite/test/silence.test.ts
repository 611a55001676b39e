import { describe, expect, it } from 'vitest';
import { Silence } from '../src/silence.ts';

function observer() {
  let time = 0;
  const silence = new Silence(() => time);
  const look = (after: number, beat: number, lease = 3_000): boolean => {
    time += after;
    return silence.look([{ id: 1, beat, lease }]).has(1);
  };
  return { look };
}

describe('an owner', () => {
  it('is silent when its beat has stood still for its lease', () => {
    const { look } = observer();
    const seen = [0, 500, 500, 500, 500, 500, 500].map((after) => look(after, 7));
    expect(seen).toEqual([false, false, false, false, false, false, true]);
  });

  it('is not silent after it has shown something new', () => {
    const { look } = observer();
    for (let beat = 0; beat < 20; beat += 1) expect(look(500, beat)).toBe(false);
    for (let count = 0; count < 5; count += 1) look(500, 19);
    expect(look(500, 20)).toBe(false);
    expect(look(500, 20)).toBe(false);
  });

  it('is not silent because the observer slept: of a long pause only a part counts', () => {
    const { look } = observer();
    look(0, 7);
    expect(look(3_600_000, 7)).toBe(false);
    expect(look(500, 8)).toBe(false);
  });

  it('is not silent at once however short its lease is', () => {
    const { look } = observer();
    look(0, 7, 100);
    expect(look(3_600_000, 7, 100)).toBe(false);
    expect(look(500, 7, 100)).toBe(true);
  });
});
