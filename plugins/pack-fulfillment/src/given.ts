type UndefinedKeys<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];
type Given<T> = { [K in Exclude<keyof T, UndefinedKeys<T>>]: T[K] } & { [K in UndefinedKeys<T>]?: Exclude<T[K], undefined> };

/** The object without the keys that are undefined: what is missing in a message is missing in its value. */
export function given<T extends object>(value: T): Given<T> {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const each = value[key as keyof T];
    if (each !== undefined) result[key] = each;
  }
  return result as Given<T>;
}

/** The object, or undefined where none of its keys is given: an element without children is left out. */
export function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.values(value).some((each) => each !== undefined) ? value : undefined;
}
