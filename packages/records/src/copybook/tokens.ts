import { copybookFault, type SourcePlace } from './fault.ts';
import type { Source } from './source.ts';

export interface Token {
  readonly kind: 'word' | 'picture' | 'literal' | 'period';
  /** A word as it was written; a picture without the period behind it. */
  readonly text: string;
  /** In upper case, for comparing. */
  readonly key: string;
  readonly place: SourcePlace;
}

/** Words are what stands between blanks; a comma or semicolon at their end separates, a period ends an entry. */
export function tokensOf(source: Source): readonly Token[] {
  const tokens: Token[] = [];
  const { text } = source;
  const next = /\s+|[XNGZBxngzb]?(?:'(?:[^']|'')*'|"(?:[^"]|"")*")|[^\s'"]+|['"]/g;
  for (const { 0: found, index } of text.matchAll(next)) {
    const place = source.place(index);
    if (found === "'" || found === '"') throw copybookFault('A literal is not closed', place);
    if (found.trim() === '') continue;
    if (/['"]$/.test(found)) tokens.push({ kind: 'literal', text: found, key: found, place });
    else tokens.push(...wordsOf(found, place, isPicture(tokens), (length) => source.place(index + length)));
  }
  return tokens;
}

/** Whether the next word is a picture: only there may a word have commas and points inside. */
function isPicture(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1)?.key;
  const before = last === 'IS' ? tokens.at(-2)?.key : last;
  return before === 'PIC' || before === 'PICTURE';
}

function wordsOf(found: string, place: SourcePlace, picture: boolean, placeAt: (length: number) => SourcePlace): readonly Token[] {
  if (picture && found.toUpperCase() === 'IS') return [{ kind: 'word', text: found, key: 'IS', place }];
  let length = found.length;
  while (length > 0 && '.,;'.includes(found[length - 1]!)) length -= 1;
  const [word, end] = [found.slice(0, length), found.slice(length)];
  const tokens: Token[] = [];
  if (word !== '') tokens.push({ kind: picture ? 'picture' : 'word', text: word, key: word.toUpperCase(), place });
  if (end.includes('.')) tokens.push({ kind: 'period', text: '.', key: '.', place: placeAt(word.length) });
  return tokens;
}

/** A word of the entry that is being read, and the way on. */
export class Tokens {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** The place of the token before. */
  get before(): SourcePlace {
    return this.#tokens[Math.max(0, this.#at - 1)]?.place ?? { line: 1, column: 1 };
  }

  take(): Token | undefined {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  /** Takes the next token if it is one of these words; answers whether it was. */
  skip(...words: readonly string[]): boolean {
    const { next } = this;
    if (next?.kind !== 'word' || !words.includes(next.key)) return false;
    this.#at += 1;
    return true;
  }

  /** The next word, which has to be one. */
  word(what: string): Token {
    const token = this.take();
    if (token?.kind === 'word') return token;
    throw copybookFault(`Where ${what} is expected, there is ${token === undefined ? 'the end' : token.text}`, token?.place ?? this.before);
  }
}
