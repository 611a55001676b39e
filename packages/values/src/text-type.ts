import type { Choose } from './made-up.ts';

/** Why a text or a value cannot be taken: a clause that completes "The value …". */
export class Problem {
  readonly says: string;
  readonly hint: string | undefined;

  constructor(says: string, hint?: string) {
    this.says = says;
    this.hint = hint;
  }
}

/** What a type of text says of itself, for whoever draws a table, a schema or a layout of it. Lengths count characters. */
export type Facets =
  | {
      readonly kind: 'text';
      readonly min?: number | undefined;
      readonly max?: number | undefined;
      /** Blanks around it do not belong to it. */
      readonly trims: boolean;
      readonly letters?: 'upper' | 'lower' | undefined;
    }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'flag'; readonly yes: string; readonly no: string }
  /** At most so many digits, of which at most `scale` stand behind the point, and as many as are left before it. */
  | { readonly kind: 'number'; readonly digits: number; readonly scale: number }
  | { readonly kind: 'time'; readonly form: 'date-time' | 'YYYYMMDD' | 'YYYY-MM-DD' | 'HHMMSS' | 'db2' }
  /** An ECMAScript pattern that the whole text matches, what that is in words, and the most characters of such a text. */
  | { readonly kind: 'pattern'; readonly pattern: string; readonly says: string; readonly max: number };

/** What the text of an element, an attribute or a field may be, and the value it stands for. */
export interface TextType<Value> {
  readonly facets: Facets;
  /** True: the value never appears in an error message. */
  readonly secret: boolean;
  read(text: string): Value | Problem;
  write(value: Value): string | Problem;
  /** A valid value, made up; `choose` always answering 0 gives the plainest one. */
  makeUp(choose: Choose): Value;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a text type whose value nobody needs to know here.
export type AnyTextType = TextType<any>;

/** The facets in words, for the table of a message: `text, at most 32 characters`, `C | S`. */
export function describe(facets: Facets): string {
  switch (facets.kind) {
    case 'text':
      return describeText(facets);
    case 'words':
      return facets.words.join(' | ');
    case 'flag':
      return `${facets.yes} | ${facets.no}`;
    case 'number':
      return describeNumber(facets);
    case 'time':
      return {
        'date-time': 'date and time, ISO 8601',
        YYYYMMDD: 'date, YYYYMMDD',
        'YYYY-MM-DD': 'date, YYYY-MM-DD',
        HHMMSS: 'time of day, HHMMSS',
        db2: 'date and time, yyyy-mm-dd-hh.mm.ss.nnnnnn',
      }[facets.form];
    case 'pattern':
      return facets.says;
  }
}

function describeText({ min = 0, max, letters }: Extract<Facets, { kind: 'text' }>): string {
  const least = min === 1 ? ['not empty'] : [`at least ${min} characters`];
  const bounds = [...(min > 0 ? least : []), ...(max === undefined ? [] : [`at most ${max} characters`])];
  return ['text', ...bounds, ...(letters ? [`${letters} case`] : [])].join(', ');
}

function describeNumber({ digits, scale }: Extract<Facets, { kind: 'number' }>): string {
  if (scale === 0) return `whole number, at most ${digits} digits`;
  return `decimal number, at most ${digits - scale} digits before the point and ${scale} behind it`;
}
