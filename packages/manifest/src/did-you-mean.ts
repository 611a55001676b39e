/**
 * The candidate that somebody who wrote `word` most probably meant; undefined when none is near. Near means: equal but
 * for upper and lower case, or few edits away (one in short words, up to three in long ones). Swapping two neighbouring
 * letters counts as one edit.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly cost: number } | undefined;
  for (const candidate of new Set(candidates)) {
    const cost = costOf(word, candidate);
    if (cost !== undefined && (best === undefined || cost < best.cost)) best = { candidate, cost };
  }
  return best?.candidate;
}

/** Undefined when the two are too different. A different first letter is the less likely slip and decides ties. */
function costOf(word: string, candidate: string): number | undefined {
  if (word === candidate) return undefined;
  const [written, meant] = [word.toLowerCase(), candidate.toLowerCase()];
  const limit = Math.min(3, Math.max(1, Math.floor(Math.max(written.length, meant.length) / 4)));
  if (Math.abs(written.length - meant.length) > limit || written.length > 200) return undefined;
  const edits = editDistance(written, meant);
  if (edits > limit || edits >= Math.max(written.length, meant.length)) return undefined;
  return edits + (written[0] === meant[0] ? 0 : 0.5);
}

/** Optimal string alignment: insert, delete, replace, swap neighbours. */
function editDistance(a: string, b: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const plain = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = swapped ? Math.min(plain, (beforePrevious[j - 2] ?? 0) + 1) : plain;
    }
    [beforePrevious, previous] = [previous, row];
  }
  return previous[b.length] ?? 0;
}

/** `Did you mean "x"?`, or undefined when nothing is near. */
export function suggestion(word: string, candidates: Iterable<string>): string | undefined {
  const meant = didYouMean(word, candidates);
  return meant === undefined ? undefined : `Did you mean "${meant}"?`;
}

/** `Known are: a, b, c.` for a hint; undefined when there are none or too many to read. */
export function listKnown(what: string, names: readonly string[]): string | undefined {
  if (names.length === 0 || names.length > 24) return undefined;
  return `${what}: ${names.join(', ')}.`;
}
