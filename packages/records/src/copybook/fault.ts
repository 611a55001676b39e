import { layoutErrors } from '../errors.ts';

/** A place in a copybook, both counted from 1; tabs count as the blanks that they stand for. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

export function copybookFault(says: string, { line, column }: SourcePlace, hint?: string): Error {
  return layoutErrors.WB_RECORD_COPYBOOK(`${says}.`, { at: `${line}:${column}`, hint });
}
