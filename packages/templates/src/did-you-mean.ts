/** `Did you mean "x"?`, or nothing when no candidate is near: equal but for case, or few edits away. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const limit = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > limit) continue;
    const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (edits <= limit && edits < Math.max(word.length, candidate.length) && (!best || edits < best.edits)) best = { candidate, edits };
  }
  return best ? `Did you mean "${best.candidate}"?` : '';
}

/** What is known, for a hint; nothing when there is none or too many to read. */
export function listKnown(candidates: readonly string[]): string {
  return candidates.length > 0 && candidates.length <= 24 ? `Known are: ${candidates.join(', ')}.` : '';
}

/** Insertions, deletions, replacements, and swaps of neighbours. */
function editsBetween(a: string, b: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (beforePrevious[j - 2] ?? 0) + 1 : changed;
      row[j] = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, swapped);
    }
    [beforePrevious, previous] = [previous, row];
  }
  return previous[b.length] ?? 0;
}
