import { type Choose, madeUpDecimal, madeUpText } from './made-up.ts';

/** Why a text or a value cannot be taken: a clause that completes "The value …". */
export class Problem {
  readonly says: string;
  readonly hint: string | undefined;

  constructor(says: string, hint?: string) {
    this.says = says;
    this.hint = hint;
  }
}

/** What the text of an element or attribute may be, and the value it stands for. */
export interface TextType<Value> {
  /** For the documentation table: `text, at most 32 characters`, `C | S`. */
  readonly describe: string;
  /** True: the value never appears in an error message. */
  readonly secret: boolean;
  read(text: string): Value | Problem;
  write(value: Value): string | Problem;
  /** A valid value, made up; `choose` always answering 0 gives the plainest one. */
  makeUp(choose: Choose): Value;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a text type whose value nobody needs to know here.
export type AnyTextType = TextType<any>;

export interface TextOptions {
  /** Least and largest number of characters. Default: any. */
  readonly min?: number;
  readonly max?: number;
  /** True for ids and the like: blanks around them, which a pretty printer may have put there, do not belong to the value. Default false: blanks are data. */
  readonly trim?: boolean;
  /** Shown in samples and docs. */
  readonly example?: string;
  /** True for passwords and the like. */
  readonly secret?: boolean;
}

/** Text, taken as it is, blanks included, unless it says `trim`. */
export function text(options: TextOptions = {}): TextType<string> {
  const { min = 0, max = Number.POSITIVE_INFINITY, trim: trims = false, example, secret = false } = options;
  const check = (value: string): string | Problem => {
    if (typeof value !== 'string') return new Problem('is not text');
    if (value.length >= min && value.length <= max) return value;
    return lengthProblem(value, min, max) ?? value;
  };
  const normal = trims ? trim : (value: string) => value;
  return {
    // A getter, since only documentation asks for it: making the text at every start would cost time.
    get describe() {
      return describeText(min, max);
    },
    secret,
    read: trims ? (value) => check(trim(value)) : check,
    write: check,
    makeUp: (choose) => madeUpText(choose, { min, max, example, normal }),
  };
}

function lengthProblem(value: string, min: number, max: number): Problem | undefined {
  // Characters, not UTF-16 units: an emoji counts once.
  const length = Array.from(value).length;
  if (length > max) return new Problem(`has ${length} characters; at most ${max} are allowed`);
  if (length < min) return new Problem(length === 0 ? 'is empty' : `has ${length} characters; at least ${min} are needed`);
  return undefined;
}

function describeText(min: number, max: number): string {
  const bounds = [
    ...(min > 0 ? [min === 1 ? 'not empty' : `at least ${min} characters`] : []),
    ...(max < Infinity ? [`at most ${max} characters`] : []),
  ];
  return ['text', ...bounds].join(', ');
}

/** One of a few fixed words. Blanks around the word are ignored. */
export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words): TextType<Words[number]> {
  const known = new Set<string>(words);
  const take = (value: string): Words[number] | Problem => (known.has(value) ? value : new Problem(`is not one of ${words.join(', ')}`));
  return {
    describe: words.join(' | '),
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
    describe: `${yes} | ${no}`,
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

/** Text that has to match a pattern once blanks around it are gone; the value is the text. */
export function matching(options: {
  readonly describe: string;
  readonly pattern: RegExp;
  /** Completes "The value …" when the pattern does not match. */
  readonly problem: string;
  readonly makeUp: (choose: Choose) => string;
}): TextType<string> {
  const { describe, pattern, problem, makeUp } = options;
  const take = (value: string): string | Problem => {
    if (typeof value !== 'string') return new Problem(problem);
    if (pattern.test(value)) return value;
    const trimmed = trim(value);
    if (pattern.test(trimmed)) return trimmed;
    return new Problem(trimmed === '' ? 'is empty' : problem, trimmed === '' ? 'Leave the element out when there is no value.' : undefined);
  };
  return { describe, secret: false, read: take, write: take, makeUp };
}

export interface DecimalOptions {
  /** As in DECIMAL(20,5), the default: the digits in all, of which `scale` are kept for those behind the point. */
  readonly digits?: number;
  /** Most digits behind the point. Default 5. */
  readonly scale?: number;
  readonly example?: string;
}

/** An exact decimal number (`-12.50`). The value is its text: amounts are never floats, and trailing zeros stay. */
export function decimalText(options: DecimalOptions = {}): TextType<string> {
  const { digits = 20, scale = 5, example = '12.50' } = options;
  const base = matching({
    describe: `decimal number, at most ${digits - scale} digits before the point and ${scale} behind it`,
    pattern: /^[+-]?[0-9]+(?:\.[0-9]+)?$/,
    problem: 'is not a decimal number such as 12.50',
    makeUp: (choose) => madeUpDecimal(choose, { digits, scale, example }),
  });
  const check = (value: string | Problem): string | Problem =>
    value instanceof Problem ? value : (sizeProblem(value, digits, scale) ?? value);
  return {
    ...base,
    read: (value) => (isSmallDecimal(value, digits, scale) ? value : check(base.read(value))),
    write: (value) => check(base.write(value)),
  };
}

/** Recognises what most documents hold, at a fraction of the cost of the pattern: digits, perhaps a point, more digits. */
function isSmallDecimal(value: string, digits: number, scale: number): boolean {
  let point = -1;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code >= 48 && code <= 57) continue;
    if (code !== 46 || point >= 0) return false;
    point = index;
  }
  if (point < 0) return value.length > 0 && value.length <= digits - scale;
  const fraction = value.length - point - 1;
  return point > 0 && point <= digits - scale && fraction > 0 && fraction <= scale;
}

function sizeProblem(value: string, digits: number, scale: number): Problem | undefined {
  const point = value.indexOf('.');
  const sign = value.charCodeAt(0) < 48 ? 1 : 0;
  const whole = (point < 0 ? value.length : point) - sign;
  const fraction = point < 0 ? 0 : value.length - point - 1;
  if (fraction > scale) return new Problem(`has ${fraction} digits behind the point; at most ${scale} are allowed`);
  if (whole > digits - scale) return new Problem(`has ${whole} digits before the point; at most ${digits - scale} are allowed`);
  return undefined;
}

/** A whole number as text, so that no digit of a 19-digit key is lost. */
export function integerText(options: { readonly digits?: number; readonly example?: string } = {}): TextType<string> {
  const { digits = 19, example = '1' } = options;
  return matching({
    describe: `whole number, at most ${digits} digits`,
    pattern: new RegExp(`^[+-]?[0-9]{1,${digits}}$`),
    problem: `is not a whole number of at most ${digits} digits`,
    makeUp: (choose) => {
      const made = choose(10 ** Math.min(digits, 9));
      return made === 0 ? example : String(choose(3) === 1 ? -made : made);
    },
  });
}

const xmlBlanks = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** Without the blanks of XML at both ends. Other white space stays: it is data. */
export function trim(value: string): string {
  // Most texts have none, which two codes tell much faster than the pattern.
  return value.charCodeAt(0) > 32 && value.charCodeAt(value.length - 1) > 32 ? value : value.replace(xmlBlanks, '');
}
