import type { CodePage } from '../content/code-page.ts';
import type { Content, Unit } from '../content/content.ts';

/** How what a layout says stands in bytes: the same for all fields of a format. */
export interface Physical {
  readonly page: CodePage;
  readonly unit: Unit;
  /** Of zoned numbers in ASCII. */
  readonly signs: 'translated' | 'native' | undefined;
  readonly nativeOrder: 'big' | 'little';
  /** Whether low-values fill fields as blanks do. */
  readonly lowValuesPad: boolean;
}

const blank = 32;

/** Whether a field holds nothing: blanks alone, or low-values alone where these are padding. */
export function isBlank({ units, hasNul }: Content, from: number, to: number, { lowValuesPad }: Physical): boolean {
  let at = from;
  while (at < to && units.charCodeAt(at) === blank) at += 1;
  if (at === to) return true;
  if (at > from || !hasNul || !lowValuesPad) return false;
  while (at < to && units.charCodeAt(at) === 0) at += 1;
  return at === to;
}

/** The end of a field without the blanks behind its value, and the low-values where these are padding. */
export function trimmedEnd({ units, hasNul }: Content, from: number, to: number, pad: number, { lowValuesPad }: Physical): number {
  const nul = hasNul && lowValuesPad ? 0 : pad;
  let end = to;
  for (; end > from; end -= 1) {
    const unit = units.charCodeAt(end - 1);
    if (unit !== pad && unit !== nul) return end;
  }
  return end;
}

export function trimmedStart({ units }: Content, from: number, to: number, pad: number): number {
  let start = from;
  while (start < to && units.charCodeAt(start) === pad) start += 1;
  return start;
}
