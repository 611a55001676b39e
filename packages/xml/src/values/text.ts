/** Why a text or a value cannot be taken: a clause that completes "The value …". */
export class Problem {
  readonly says: string;
  readonly hint: string | undefined;

  constructor(says: string, hint?: string) {
    this.says = says;
    this.hint = hint;
  }
}

/** Decides between `count` possibilities, 0 ≤ answer < `count`. Values are made up by asking it. */
export type Choose = (count: number) => number;

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
  const makeUp = (choose: Choose): string => madeUpText(choose, { min, max, trims, example });
  return {
    // A getter, since only documentation asks for it: making the text at every start would cost time.
    get describe() {
      return describeText(min, max);
    },
    secret,
    read: trims ? (value) => check(trim(value)) : check,
    write: check,
    makeUp,
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

/** The characters that a writer has to escape come first, so that small numbers already choose them. */
const alphabet = ['a', '<', '&', '>', '"', "'", ']]>', ' ', '\n', '\t', '\r', 'é', '漢', '😀', '1', 'Z', '\u0085', '\u2028'];

interface MadeUp {
  readonly min: number;
  readonly max: number;
  readonly trims: boolean;
  readonly example: string | undefined;
}

function madeUpText(choose: Choose, { min, max, trims, example }: MadeUp): string {
  const plain = example ?? 'text'.padEnd(min, '-').slice(0, max);
  const length = choose(12);
  if (length === 0) return plain;
  let made = '';
  for (let count = 0; count < length; count += 1) made += alphabet[choose(alphabet.length)];
  const cut = Array.from(made).slice(0, max).join('');
  const text = trims ? trim(cut) : cut;
  return text + 'x'.repeat(Math.max(0, min - Array.from(text).length));
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

const xmlBlanks = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** Without the blanks of XML at both ends. Other white space stays: it is data. */
export function trim(value: string): string {
  return value.replace(xmlBlanks, '');
}
