import { madeUpDecimal, madeUpText } from './made-up.ts';
import { Problem, type TextType } from './text-type.ts';

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

/** Why a trimmed text that has to have something in it is not taken. */
export function notTaken(trimmed: string, problem: string): Problem {
  return trimmed === '' ? new Problem('is empty', 'Leave the element out when there is no value.') : new Problem(problem);
}

export interface DecimalOptions {
  /** As in DECIMAL(20,5), the default: the digits in all, of which `scale` are kept for those behind the point. */
  readonly digits?: number;
  /** Most digits behind the point. Default 5. */
  readonly scale?: number;
  readonly example?: string;
}

/**
 * An exact decimal number. The value is its text, since amounts are never floats: digits, perhaps a minus before them, perhaps a
 * point with digits behind it (`-12.50`). Read in every form that XML Schema's decimal, Oracle (`.5`), COBOL (`000240`) and DB2 (`240.000000`)
 * write; zeros and signs that mean nothing are left out, those behind the point stay as long as there is room for them.
 */
export function decimalText({ digits = 20, scale = 5, example = '12.50' }: DecimalOptions = {}): TextType<string> {
  const problem = 'is not a decimal number such as 12.50';
  const take = (value: string): string | Problem =>
    typeof value === 'string' && isSmallDecimal(value, digits, scale) ? value : readNumber(value, { digits, scale, problem });
  return {
    facets: { kind: 'number', digits, scale },
    secret: false,
    read: take,
    write: take,
    makeUp: (choose) => madeUpDecimal(choose, { digits, scale, example }),
  };
}

/** A whole number as text, so that no digit of a 19-digit key is lost. Read and normalised as `decimalText` does it, but without a point. */
export function integerText({
  digits = 19,
  example = '1',
}: {
  readonly digits?: number;
  readonly example?: string;
} = {}): TextType<string> {
  const problem = `is not a whole number of at most ${digits} digits`;
  const take = (value: string): string | Problem => readNumber(value, { digits, scale: 0, problem });
  return {
    facets: { kind: 'number', digits, scale: 0 },
    secret: false,
    read: take,
    write: take,
    makeUp: (choose) => {
      const made = choose(10 ** Math.min(digits, 9));
      return made === 0 ? example : String(choose(3) === 1 ? -made : made);
    },
  };
}

/**
 * The number of something in a database, as text: digits, of which zeros in front and a plus mean nothing when it is read. What would be read
 * otherwise than it is written is refused: `007` and `7` may be two things to whoever writes.
 */
export function reference({
  digits = 19,
  example = '12007',
}: {
  readonly digits?: number;
  readonly example?: string;
} = {}): TextType<string> {
  const problem = new Problem(`is not a reference number of at most ${digits} digits`);
  const read = (value: string): string | Problem => {
    const [, sent] = /^\+?([0-9]+)$/.exec(trim(value)) ?? [];
    if (sent === undefined) return problem;
    const digitsOf = sent.replace(/^0+(?=[0-9])/, '');
    return digitsOf.length > digits ? problem : digitsOf;
  };
  return {
    facets: { kind: 'number', digits, scale: 0 },
    secret: false,
    read,
    write: (value) => {
      if (typeof value !== 'string' || read(value) instanceof Problem) return problem;
      return read(value) === value ? value : new Problem('is not a reference number without zeros, signs and blanks around it');
    },
    makeUp: (choose) => {
      const made = choose(10 ** Math.min(digits, 9));
      return made === 0 ? example : String(made);
    },
  };
}

// Zeros in front are cut off later: an expression that does it tries each of them anew where the text is no number.
const number = /^([+-]?)([0-9]*)(?:\.([0-9]*))?$/;

function readNumber(value: string, size: { readonly digits: number; readonly scale: number; readonly problem: string }): string | Problem {
  if (typeof value !== 'string') return new Problem('is not text', 'Amounts are text, so that no digit is lost: write "12.50", not 12.5.');
  const trimmed = trim(value);
  const [, sign, digits = '', behind = ''] = number.exec(trimmed) ?? [];
  if (sign === undefined || !/[0-9]/.test(trimmed) || (size.scale === 0 && trimmed.includes('.'))) return notTaken(trimmed, size.problem);
  // Zeros beyond what there is room for lose nothing.
  const fraction = behind.length > size.scale ? withoutZerosBehind(behind) : behind;
  const whole = withoutZerosInFront(digits);
  if (fraction.length > size.scale) return new Problem(`has ${fraction.length} digits behind the point; at most ${size.scale} are allowed`);
  const room = size.digits - size.scale;
  if (whole.length > room) {
    if (size.scale === 0) return new Problem(size.problem);
    return new Problem(`has ${whole.length} digits before the point; at most ${room} are allowed`);
  }
  const isZero = whole === '' && withoutZerosBehind(fraction) === '';
  return `${sign === '-' && !isZero ? '-' : ''}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Recognises what most documents hold, at a fraction of the cost of the pattern: digits, perhaps a point, more digits. */
function isSmallDecimal(value: string, digits: number, scale: number): boolean {
  // A zero in front stands there alone.
  if (value.charCodeAt(0) === 48 && value.length > 1 && value.charCodeAt(1) !== 46) return false;
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

/** As an expression it would take the square of the zeros that stand inside. */
export function withoutZerosBehind(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end -= 1;
  return digits.slice(0, end);
}

function withoutZerosInFront(digits: string): string {
  let start = 0;
  while (digits.charCodeAt(start) === 48) start += 1;
  return digits.slice(start);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

/** Without the blanks of XML at both ends. Other white space stays: it is data. */
export function trim(value: string): string {
  // Most texts have none, which two codes tell.
  if (value.charCodeAt(0) > 32 && value.charCodeAt(value.length - 1) > 32) return value;
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value.charCodeAt(start))) start += 1;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}
