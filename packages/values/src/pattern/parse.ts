import { Problem } from '../text-type.ts';

/** What a pattern asks for, part by part. */
export type Part =
  /** One character, as ECMAScript writes it: `A`, `\d`, `[A-Z_]`. */
  | { readonly kind: 'one'; readonly of: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'choice'; readonly parts: readonly Part[] }
  /** `max` is infinite for `*`, `+` and `{2,}`. */
  | { readonly kind: 'repeat'; readonly part: Part; readonly min: number; readonly max: number };

/**
 * Reads a pattern: characters, classes, groups, alternatives and repetitions, written and meant as in ECMAScript with the flag `u`. What has to
 * look ahead or back is refused, and so is what means nothing for a pattern of a whole text.
 */
export function parsePattern(source: string): Part | Problem {
  try {
    return new Parser(source).whole();
  } catch (error) {
    if (error instanceof Fault) return new Problem(error.message, error.hint);
    throw error;
  }
}

class Fault extends Error {
  readonly hint: string | undefined;

  constructor(says: string, hint: string | undefined) {
    super(says);
    this.hint = hint;
  }
}

const repetition = /^(?:[*+?]|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})/;
const escape = /^\\(?:[dDwWsS]|[pP]\{[\w=]+\}|u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[tnr]|[\^$\\.*+?()[\]{}|/-])/;
const set = /^\[(?:\\.|[^\\\]])*\]/su;

class Parser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  whole(): Part {
    const part = this.#choice();
    if (this.#at < this.#source.length) throw this.#fault('closes a group that is not open');
    return part;
  }

  get #rest(): string {
    return this.#source.slice(this.#at);
  }

  #choice(): Part {
    const parts = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    return parts.length === 1 ? (parts[0] as Part) : { kind: 'choice', parts };
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at] as string)) parts.push(this.#repeated());
    return parts.length === 1 ? (parts[0] as Part) : { kind: 'sequence', parts };
  }

  #repeated(): Part {
    const part = this.#atom();
    const [written, least, comma, most] = repetition.exec(this.#rest) ?? [];
    if (written === undefined) return part;
    const [min, max] = written.startsWith('{') ? bounds(Number(least), comma, most) : (marks[written] as readonly [number, number]);
    if (max < min) throw this.#fault(`repeats at least ${min} and at most ${max} times`);
    this.#at += written.length;
    if (repetition.test(this.#rest))
      throw this.#fault('repeats a repetition', 'A whole text matches or does not, so that there is nothing to be greedy about.');
    return { kind: 'repeat', part, min, max };
  }

  #atom(): Part {
    const sign = this.#source[this.#at] as string;
    if (sign === '(') return this.#group();
    if (repetition.test(this.#rest)) throw this.#fault('repeats nothing');
    if (sign === '^' || sign === '$') throw this.#fault(`has "${sign}"`, 'The whole text has to match in any case: leave it out.');
    if (sign === ']' || sign === '}' || sign === '{')
      throw this.#fault(`has a lone "${sign}"`, `Write \\${sign} for the character itself.`);
    const of = this.#one(sign);
    try {
      new RegExp(of, 'u').test('');
    } catch {
      throw this.#fault(`has ${of}, which is no character`);
    }
    this.#at += of.length;
    return { kind: 'one', of };
  }

  #one(sign: string): string {
    if (sign === '\\') {
      const [written] = escape.exec(this.#rest) ?? [];
      if (written !== undefined) return written;
      const hint = 'Known are \\d, \\w, \\s, their opposites, \\p{…}, \\u{…}, and \\ before a character that would mean something else.';
      throw this.#fault(`has ${this.#rest.slice(0, 2)}`, hint);
    }
    if (sign === '[') return set.exec(this.#rest)?.[0] ?? this.#open('[');
    return String.fromCodePoint(this.#source.codePointAt(this.#at) as number);
  }

  #group(): Part {
    const begins = this.#rest.startsWith('(?:') ? 3 : 1;
    if (begins === 1 && this.#rest.startsWith('(?'))
      throw this.#fault(`has ${this.#rest.slice(0, 3)}`, 'Nothing looks ahead or back, and groups have no names: write ( or (?:.');
    const start = this.#at;
    this.#at += begins;
    const part = this.#choice();
    if (this.#source[this.#at] !== ')') {
      this.#at = start;
      return this.#open('(');
    }
    this.#at += 1;
    return part;
  }

  #open(sign: string): never {
    throw this.#fault(`opens "${sign}" and does not close it`);
  }

  #fault(says: string, hint?: string): Fault {
    return new Fault(`${says} at character ${Array.from(this.#source.slice(0, this.#at)).length + 1}`, hint);
  }
}

const marks: Readonly<Record<string, readonly [min: number, max: number]>> = {
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
  '?': [0, 1],
};

/** `{3}`, `{3,}`, `{3,5}` */
function bounds(least: number, comma: string | undefined, most: string | undefined): readonly [number, number] {
  if (comma === undefined) return [least, least];
  return [least, most === undefined ? Number.POSITIVE_INFINITY : Number(most)];
}
