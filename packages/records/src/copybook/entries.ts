import { parseClause } from './clauses.ts';
import { copybookFault, type SourcePlace } from './fault.ts';
import type { Token } from './tokens.ts';

/** What one entry of a copybook says: a level number, a name and clauses. */
export interface Entry {
  readonly level: number;
  /** Undefined: FILLER, or nothing. */
  readonly name: string | undefined;
  readonly place: SourcePlace;
  picture?: { readonly text: string; readonly place: SourcePlace };
  usage?: { readonly word: string; readonly place: SourcePlace };
  redefines?: { readonly name: string; readonly place: SourcePlace };
  occurs?: OccursClause;
  sign?: { readonly leading: boolean; readonly separate: boolean };
  justified?: true;
  sync?: true;
  blankWhenZero?: true;
}

export interface OccursClause {
  readonly min: number;
  readonly max: number;
  /** Name and the groups that it is `OF`, as written. */
  readonly depending: readonly string[] | undefined;
  readonly place: SourcePlace;
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

/** Entries of the levels 1 to 49 and 77. Conditions (88) and other names (66) take no room. */
export function entriesOf(tokens: readonly Token[]): readonly Entry[] {
  const rest = new Tokens(tokens);
  const entries: Entry[] = [];
  while (rest.next !== undefined) {
    const entry = entryOf(rest);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

function entryOf(tokens: Tokens): Entry | undefined {
  const first = tokens.word('a level number');
  const level = /^\d{1,2}$/.test(first.text) ? Number(first.text) : 0;
  const isKnown = (level >= 1 && level <= 49) || level === 66 || level === 77 || level === 88;
  if (!isKnown)
    throw copybookFault(`Where a level number (01 to 49, 66, 77, 88) is expected, there is ${first.text}`, first.place, unknownHint(first));
  const name = nameOf(tokens);
  if (level === 66 || level === 88) {
    skipEntry(tokens, name ?? first.text);
    return undefined;
  }
  const entry: Entry = { level, name: name?.toUpperCase() === 'FILLER' ? undefined : name, place: first.place };
  while (tokens.next?.kind !== 'period') {
    checkNotEnded(tokens, name ?? first.text);
    parseClause(entry, tokens);
  }
  tokens.take();
  return entry;
}

function unknownHint({ key }: Token): string | undefined {
  if (key === 'COPY' || key === 'EXEC' || key === 'REPLACE') return `${key} is not carried out: put in what it stands for.`;
  return undefined;
}

const clauseWords =
  /^(PIC|PICTURE|USAGE|OCCURS|REDEFINES|RENAMES|VALUES?|SIGN|LEADING|TRAILING|BLANK|JUST|JUSTIFIED|SYNC|SYNCHRONIZED|GLOBAL|EXTERNAL|DISPLAY|BINARY|PACKED-DECIMAL|COMP(UTATIONAL)?(-\w)?)$/;

/** Names of data have no quotes; whatever begins a clause is no name. */
function nameOf(tokens: Tokens): string | undefined {
  const { next } = tokens;
  if (next?.kind !== 'word' || clauseWords.test(next.key)) return undefined;
  if (!/^[A-Z0-9_-]*[A-Z][A-Z0-9_-]*$/i.test(next.text)) {
    if (/^\d{1,2}$/.test(next.text)) return undefined;
    throw copybookFault(`${next.text} cannot be a name`, next.place);
  }
  tokens.take();
  return next.text;
}

/** A level number where a clause should stand: the period before it is missing. */
function checkNotEnded(tokens: Tokens, name: string): void {
  const { next, before } = tokens;
  if (next === undefined) throw copybookFault(`The entry ${name} does not end with a period`, before);
  if (/^\d{1,2}$/.test(next.text)) {
    throw copybookFault(`The entry ${name} does not end with a period before ${next.text} in line ${next.place.line}`, before);
  }
}

function skipEntry(tokens: Tokens, name: string): void {
  for (;;) {
    const token = tokens.take();
    if (token === undefined) throw copybookFault(`The entry ${name} does not end with a period`, tokens.before);
    if (token.kind === 'period') return;
    // The name of an entry that lacks its period would be taken for one of its values.
    if (token.kind === 'word' && /^(PIC|PICTURE|OCCURS|REDEFINES)$/.test(token.key)) {
      throw copybookFault(`The entry ${name} has ${token.text}, which belongs to another one: a period is missing`, token.place);
    }
  }
}
