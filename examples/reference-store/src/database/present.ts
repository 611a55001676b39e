type Given<Value> = Exclude<Value, undefined | null>;

/** `Source` with the fields that may be undefined or null made optional. */
export type Present<Source> = {
  [Key in keyof Source as Source[Key] extends Given<Source[Key]> ? Key : never]: Source[Key];
} & {
  [Key in keyof Source as Source[Key] extends Given<Source[Key]> ? never : Key]?: Given<Source[Key]>;
};

/** Leaves out what is undefined or null: where a database says NULL, a command or an event has no field. */
export function present<Source extends object>(source: Source): Present<Source> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== null)) as Present<Source>;
}

/** A value as it stands in a column; undefined stays undefined. */
export function toJson(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

export function fromJson(text: string | null): unknown {
  return text === null ? undefined : JSON.parse(text);
}

/** A boolean as it stands in a column. */
export function toFlag(value: boolean): number;
export function toFlag(value: boolean | undefined): number | undefined;
export function toFlag(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
