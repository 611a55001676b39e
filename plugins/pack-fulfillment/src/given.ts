type UndefinedKeys<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];
type Given<T> = { [K in Exclude<keyof T, UndefinedKeys<T>>]: T[K] } & { [K in UndefinedKeys<T>]?: Exclude<T[K], undefined> };

/**
 * The object without the keys that are undefined, since commands and events leave out what is missing. It is the same object
 * where nothing is undefined.
 */
export function given<T extends object>(value: T): Given<T> {
  for (const key of Object.keys(value)) if (value[key as keyof T] === undefined) return withoutUndefined(value);
  return value;
}

function withoutUndefined<T extends object>(value: T): Given<T> {
  const result: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) if (value[key] !== undefined) result[key] = value[key];
  return result as Given<T>;
}
