/** What a value looks like where a template prints it. Objects and lists have no look: printing one is a slip. */
export function printed(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  throw new Error(
    `${Array.isArray(value) ? 'a list' : 'an object'} cannot be printed; name one of its fields, or use a filter such as join`,
  );
}
