import type { SeenValues } from './seen.ts';

/** That fewer values than these repeat says nothing. */
const fewestCounts = 4;

/** What the values of a place may mean: that there is one only, or a set of words. It is for a person to decide. */
export function notesOnValues({ count, different }: SeenValues): readonly string[] {
  if (different === undefined || count < fewestCounts || different.size * 2 > count) return [];
  const words = [...different].map((word) => JSON.stringify(word));
  if (words.length === 1) return [`It was ${words[0]} in all ${count} places: it may be fixed.`];
  return [`It had ${words.length} values in ${count} places: ${words.join(', ')}. It may be one of a set.`];
}
