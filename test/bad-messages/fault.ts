/** A message that has to be refused, and what has to be said about it. */
export interface Fault {
  readonly what: string;
  readonly body: Uint8Array | string;
  readonly code: string;
  /** The place, as people have to be told of it. */
  readonly at: RegExp;
  /** True where no reply can be composed: the type cannot be told, or it is none to be answered. */
  readonly unanswerable?: boolean | undefined;
  /** True where a handler has to be called to find out. */
  readonly byHandler?: boolean | undefined;
}

/** For faults that have no place. */
export const nowhere = /^/;

/** Line and column, where the path is not what the test is about. */
export const anywhere = /\d+:\d+/;

/** A place by the end of its path. */
export function place(path: string): RegExp {
  return new RegExp(`${path.replaceAll(/[.[\]]/g, '\\$&')}, \\d+:\\d+`);
}

/** The text with one part replaced. Throws where the part is missing: the message would be a good one. */
export function damaged(text: string, part: string | RegExp, by: string): string {
  const result = text.replace(part, () => by);
  if (result === text) throw new Error(`the sample has no ${String(part)}`);
  return result;
}

/** The text with a part twice, one behind the other. */
export function doubled(text: string, part: RegExp): string {
  const [found = ''] = part.exec(text) ?? [];
  return damaged(text, part, found + found);
}
