import type { Encoding } from './catalogue.ts';

/** The name of an encoding that is at most two edits away from what was written; undefined when there is none, or nothing to compare. */
export function nearest(written: string, catalogue: readonly Encoding[]): string | undefined {
  if (written.length > 40) return undefined;
  let best: string | undefined;
  let least = 3;
  for (const name of catalogue.flatMap((each) => [each.name, ...each.aliases])) {
    const edits = editsBetween(written.toLowerCase(), name);
    if (edits < least && edits < name.length / 2) [best, least] = [name, edits];
  }
  return best;
}

/** Insert, delete, replace, or swap two neighbours. */
function editsBetween(a: string, b: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const plain = Math.min(previous[j]! + 1, row[j - 1]! + 1, replaced);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(swapped ? Math.min(plain, beforePrevious[j - 2]! + 1) : plain);
    }
    [beforePrevious, previous] = [previous, row];
  }
  return previous[b.length]!;
}
