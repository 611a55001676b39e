/** A value without what is written where nobody says it: languages of texts, and the program of the sender. */
export function withoutDefaults(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutDefaults(each));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== 'language' && !(key === 'parties' && name === 'userAgent'));
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutDefaults(each, name)]));
}
