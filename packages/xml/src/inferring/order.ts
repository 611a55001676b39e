import { end, start } from './seen.ts';

/** Which name comes directly behind which, from `start` to `end`. */
export type Next = ReadonlyMap<string, ReadonlySet<string>>;

const nothing: ReadonlySet<string> = new Set();

export function behind(next: Next, name: string): ReadonlySet<string> {
  return next.get(name) ?? nothing;
}

/** Whether some row from `start` to `end` goes without all of these names. */
export function canDoWithout(next: Next, names: ReadonlySet<string>): boolean {
  const seen = new Set([start]);
  // A set gives what is added to it while it is gone through, too.
  for (const name of seen) for (const one of behind(next, name)) if (!names.has(one)) seen.add(one);
  return seen.has(end);
}

/**
 * The names in classes: those that come in front of each other, by way of others or not, are in one. The classes are in the order in which their names
 * come, and where that says nothing, in the order of `names`.
 */
export function classesOf(next: Next, names: readonly string[]): readonly (readonly string[])[] {
  const reached = new Map(names.map((name) => [name, reachedFrom(next, name)]));
  const left = new Set(names);
  const classes: (readonly string[])[] = [];
  while (left.size > 0) {
    // One that nothing comes in front of but its own class.
    const first = [...left].find((name) => [...left].every((other) => !reached.get(other)!.has(name) || reached.get(name)!.has(other)))!;
    const members = [...left].filter((name) => name === first || (reached.get(first)!.has(name) && reached.get(name)!.has(first)));
    for (const member of members) left.delete(member);
    classes.push(members);
  }
  return classes;
}

/** All names that can come behind a name, by way of others or not. */
function reachedFrom(next: Next, name: string): ReadonlySet<string> {
  const seen = new Set(behind(next, name));
  for (const one of seen) for (const other of behind(next, one)) seen.add(other);
  return seen;
}
