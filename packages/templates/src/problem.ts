/** Something that is wrong in a folder of templates, with its place. Problems are collected and told together. */
export interface Problem {
  /** The path below the folder; undefined where the declaration of the pack is wrong. */
  readonly file?: string | undefined;
  /** Counted from 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** What is wrong, as a sentence. */
  readonly what: string;
}

/** `order-received.html.liquid:4:12`; the path alone where no line is known. */
export function placeOf({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>): string {
  return [file ?? 'the declaration', ...(line === undefined ? [] : [line, column ?? 1])].join(':');
}

/** Where a character stands in a text; both counted from 1. */
export function positionOf(text: string, index: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, index);
  return { line: before.split('\n').length, column: index - before.lastIndexOf('\n') };
}
