import { fillingOf, type Node } from '@waybill/mapping';

type Holder = Readonly<Record<string, unknown>>;

/** A copy without what is at these paths: `customer.email`, `items[].comment`. */
export function without(value: object, paths: readonly string[]): object {
  return paths.reduce<unknown>((rest, path) => drop(rest, path.split('.')), value) as object;
}

function drop(value: unknown, [step = '', ...rest]: readonly string[]): unknown {
  const key = step.replace(/\[\]$/, '');
  if (!isHolder(value) || !(key in value)) return value;
  const { [key]: inner, ...others } = value;
  if (rest.length === 0) return others;
  const kept: unknown = step.endsWith('[]') && Array.isArray(inner) ? inner.map((each: unknown) => drop(each, rest)) : drop(inner, rest);
  return { ...value, [key]: kept };
}

/** A copy of what the nodes have a place for. */
export function withPlacesOnly(value: object, nodes: readonly Node[]): object {
  const kept: Record<string, unknown> = {};
  for (const { path, given } of fillingOf(nodes).filled) {
    const found = path.reduce<unknown>((holder, key) => (isHolder(holder) ? holder[key] : undefined), value);
    if (found === undefined) continue;
    let holder = kept;
    for (const key of path.slice(0, -1)) holder = (holder[key] ??= {}) as Record<string, unknown>;
    holder[path.at(-1) as string] = given.kind === 'object' ? inner(found, given.has) : found;
  }
  return kept;
}

function inner(value: unknown, nodes: readonly Node[]): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => inner(each, nodes));
  return isHolder(value) ? withPlacesOnly(value, nodes) : value;
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
