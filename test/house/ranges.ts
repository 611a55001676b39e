/** The first number of a version. */
export function majorOf(version: string): number {
  return Number(/^(\d+)\./.exec(version)?.[1]);
}

/** Whether a caret range includes a version. Throws for ranges of another form, of which this repository has none. */
export function includes(range: string, version: string): boolean {
  const least = /^\^(\d+)\.(\d+)\.(\d+)$/.exec(range)?.slice(1).map(Number);
  if (least === undefined) throw new Error(`${range} is not of the form ^1.2.3.`);
  const given = version.split('.').map(Number);
  // Everything up to the first number that is not zero has to be the same; before 1.0.0 that is more than the major.
  const fixed = least.findIndex((number) => number > 0);
  const same = least.slice(0, fixed === -1 ? 3 : fixed + 1).every((number, index) => number === given[index]);
  const rest = least.findIndex((number, index) => number !== given[index]);
  return same && (rest === -1 || (given[rest] ?? 0) > (least[rest] ?? 0));
}
