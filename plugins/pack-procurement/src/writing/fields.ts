/** What callers hand in, of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

/** Throws a `TypeError` for what has no fields. */
export function fieldsIn(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new TypeError('It is no object.');
}
