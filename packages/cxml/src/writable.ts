import { replaceUnwritable } from '@waybill/xml';

/** A value without what XML cannot hold, and where something was. */
export interface WritableValue<Value> {
  readonly value: Value;
  /** Paths of the texts that were changed: `lines[2].description`. */
  readonly replaced: readonly string[];
}

/**
 * The same value with U+FFFD in place of every character that XML cannot hold: control characters, halves of surrogate pairs. A catalogue may hold them, and one of them would
 * lose the whole cart. What was changed is told, so that somebody is warned.
 */
export function writable<Value>(value: Value): WritableValue<Value> {
  const replaced: string[] = [];
  const made = without(value, '', replaced) as Value;
  return { value: replaced.length === 0 ? value : made, replaced };
}

function without(value: unknown, path: string, replaced: string[]): unknown {
  if (typeof value === 'string') {
    const text = replaceUnwritable(value);
    if (text !== value) replaced.push(path);
    return text;
  }
  if (Array.isArray(value)) return value.map((each, index) => without(each, `${path}[${index}]`, replaced));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, without(each, path === '' ? key : `${path}.${key}`, replaced)]),
  );
}
