import { type Choose, madeUpText } from './made-up.ts';
import { Problem, type TextType, trim } from './text-type.ts';

export interface TextOptions {
  /** Least and largest number of characters. Default: any. */
  readonly min?: number;
  readonly max?: number;
  /** True for ids and the like: blanks around them, which a pretty printer may have put there, do not belong to the value. Default false: blanks are data. */
  readonly trim?: boolean;
  /** For codes that are the same in either case: the value has only letters of this one. Default: letters stay as they are. */
  readonly letters?: 'upper' | 'lower';
  /** Shown in samples and docs. */
  readonly example?: string;
  /** True for passwords and the like. */
  readonly secret?: boolean;
}

/** Text, taken as it is, blanks included, unless it says `trim`. */
export function text({ min, max, trim: trims = false, letters, example, secret = false }: TextOptions = {}): TextType<string> {
  const [least, most] = [min ?? 0, max ?? Number.POSITIVE_INFINITY];
  const check = (value: string): string | Problem => {
    if (typeof value !== 'string') return new Problem('is not text');
    if (value.length >= least && value.length <= most) return value;
    return lengthProblem(value, least, most) ?? value;
  };
  const trimmed = trims ? trim : (value: string) => value;
  const normal = letters === undefined ? trimmed : (value: string) => inLetters(trimmed(value), letters);
  const takes = trims || letters !== undefined;
  return {
    facets: { kind: 'text', min, max, trims, letters },
    secret,
    read: takes ? (value) => check(normal(value)) : check,
    write: letters === undefined ? check : (value) => check(typeof value === 'string' ? inLetters(value, letters) : value),
    makeUp: (choose) => madeUpText(choose, { min: least, max: most, example, normal }),
  };
}

function inLetters(value: string, letters: 'upper' | 'lower'): string {
  return letters === 'upper' ? value.toUpperCase() : value.toLowerCase();
}

function lengthProblem(value: string, min: number, max: number): Problem | undefined {
  // Characters, not UTF-16 units: an emoji counts once.
  const length = Array.from(value).length;
  if (length > max) return new Problem(`has ${length} characters; at most ${max} are allowed`);
  if (length < min) return new Problem(length === 0 ? 'is empty' : `has ${length} characters; at least ${min} are needed`);
  return undefined;
}

/** One of a few fixed words. Blanks around the word are ignored. */
export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words): TextType<Words[number]> {
  const known = new Set<string>(words);
  const take = (value: string): Words[number] | Problem => (known.has(value) ? value : new Problem(`is not one of ${words.join(', ')}`));
  return {
    facets: { kind: 'words', words },
    secret: false,
    read: (value) => (known.has(value) ? value : take(trim(value))),
    write: take,
    makeUp: (choose) => words[choose(words.length)] as Words[number],
  };
}

/** Two words that mean yes and no. Read as a boolean. */
export function flag(words: { readonly yes: string; readonly no: string }): TextType<boolean> {
  const { yes, no } = words;
  return {
    facets: { kind: 'flag', yes, no },
    secret: false,
    read: (value) => {
      const word = trim(value);
      if (word === yes) return true;
      return word === no ? false : new Problem(`is not one of ${yes}, ${no}`);
    },
    write: (value) => (typeof value === 'boolean' ? (value ? yes : no) : new Problem('is not true or false')),
    makeUp: (choose) => choose(2) === 0,
  };
}

export interface MatchingOptions {
  /** What the pattern is in words, for the table of a message. */
  readonly says: string;
  /** Has to match the whole text. */
  readonly pattern: RegExp;
  /** Completes "The value …" when the pattern does not match. */
  readonly problem: string;
  readonly makeUp: (choose: Choose) => string;
}

/** Text that has to match a pattern once blanks around it are gone; the value is the text. */
export function matching({ says, pattern, problem, makeUp }: MatchingOptions): TextType<string> {
  const take = (value: string): string | Problem => {
    if (typeof value !== 'string') return new Problem(problem);
    if (pattern.test(value)) return value;
    const trimmed = trim(value);
    return pattern.test(trimmed) ? trimmed : notTaken(trimmed, problem);
  };
  return { facets: { kind: 'pattern', pattern: pattern.source, says }, secret: false, read: take, write: take, makeUp };
}

/** Why a trimmed text that has to have something in it is not taken. */
export function notTaken(trimmed: string, problem: string): Problem {
  return trimmed === '' ? new Problem('is empty', 'Leave the element out when there is no value.') : new Problem(problem);
}
