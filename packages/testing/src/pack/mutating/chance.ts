/** Answers by chance, and for the same seed the same: a whole number below `count`. (mulberry32) */
export type Chance = (count: number) => number;

export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  return (count) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
}

export const oneOf = <T>(list: readonly T[], chance: Chance): T => list[chance(list.length)] as T;
