import type { Occurs } from './nodes.ts';

const marks: Readonly<Record<string, Occurs>> = {
  '?': { min: 0, max: 1 },
  '*': { min: 0, max: Number.POSITIVE_INFINITY },
  '+': { min: 1, max: Number.POSITIVE_INFINITY },
};

export const once: Occurs = { min: 1, max: 1 };
export const perhaps: Occurs = { min: 0, max: 1 };

/** `Comment?` is a name and how often it may occur: `?` at most once, `*` any number of times, `+` at least once, nothing exactly once. */
export function wireName(spec: string): { readonly name: string; readonly occurs: Occurs } {
  const occurs = marks[spec.at(-1) ?? ''];
  const name = occurs === undefined ? spec : spec.slice(0, -1);
  if (name.trim() === '' || name !== name.trim())
    throw new TypeError(`"${spec}" is not the name of a node: it is empty or has blanks around it.`);
  return { name, occurs: occurs ?? once };
}

/** For a node whose value has one place. Throws a `TypeError` for a name with `*` or `+`. */
export function single(spec: string): ReturnType<typeof wireName> {
  const named = wireName(spec);
  if (named.occurs.max > 1)
    throw new TypeError(`"${spec}" may occur more than once, and its value has one place: declare a list or a vector.`);
  return named;
}

/** For a node whose values are a list. Throws a `TypeError` for a name without `*` or `+`. */
export function several(spec: string, max: number | undefined): ReturnType<typeof wireName> {
  const { name, occurs } = wireName(spec);
  if (occurs.max === 1) throw new TypeError(`"${spec}" is a list or a vector, so its name has to end in * or +.`);
  return { name, occurs: { min: occurs.min, max: max ?? occurs.max } };
}
