import type { Entry, OccursClause } from './entry.ts';
import { copybookFault, type SourcePlace } from './fault.ts';
import type { Token, Tokens } from './tokens.ts';

type Parse = (entry: Entry, tokens: Tokens, word: Token) => void;

/** Reads one clause of an entry. */
export function parseClause(entry: Entry, tokens: Tokens): void {
  const word = tokens.word('a clause');
  const parse = Object.hasOwn(clauses, word.key) ? clauses[word.key] : /^COMP(UTATIONAL)?(-\w)?$/.test(word.key) ? setUsage : undefined;
  if (parse === undefined) {
    throw copybookFault(
      `${word.text} is no clause that is known here`,
      word.place,
      'Known are PIC, USAGE, OCCURS, REDEFINES, SIGN, SYNC, JUST, BLANK, VALUE.',
    );
  }
  parse(entry, tokens, word);
}

const setUsage: Parse = (entry, _tokens, word) => {
  once(entry.usage, 'USAGE', word.place);
  entry.usage = { word: word.key.replace('COMPUTATIONAL', 'COMP'), place: word.place };
};

const setPicture: Parse = (entry, tokens, word) => {
  once(entry.picture, 'PIC', word.place);
  tokens.skip('IS');
  const picture = tokens.take();
  if (picture?.kind !== 'picture') throw copybookFault('PIC has no picture', word.place);
  entry.picture = { text: picture.text, place: picture.place };
};

const setSign: Parse = (entry, tokens, word) => {
  tokens.skip('IS');
  const where = word.key === 'SIGN' ? tokens.word('LEADING or TRAILING') : word;
  if (where.key !== 'LEADING' && where.key !== 'TRAILING')
    throw copybookFault(`SIGN is ${where.text}, not LEADING or TRAILING`, where.place);
  const separate = tokens.skip('SEPARATE');
  if (separate) tokens.skip('CHARACTER');
  entry.sign = { leading: where.key === 'LEADING', separate };
};

const setRedefines: Parse = (entry, tokens, word) => {
  const { text, place } = tokens.word('the name that is redefined');
  once(entry.redefines, 'REDEFINES', word.place);
  entry.redefines = { name: text, place };
};

/** Where there are several, the value of a condition was meant, which stands at an entry of its own. */
const skipValue: Parse = (_entry, tokens, word) => {
  tokens.skip('IS', 'ARE');
  tokens.skip('ALL');
  const value = tokens.take();
  const isValue =
    value?.kind === 'literal' ||
    (value?.kind === 'word' && /^([+-]?[\d.,]+|(ZERO|SPACE|QUOTE|HIGH-VALUE|LOW-VALUE)E?S?|NULLS?)$/.test(value.key));
  if (!isValue) throw copybookFault('VALUE has no literal', word.place);
};

const setOccurs: Parse = (entry, tokens, word) => {
  once(entry.occurs, 'OCCURS', word.place);
  const first = countOf(tokens);
  const second = tokens.skip('TO') ? countOf(tokens) : undefined;
  tokens.skip('TIMES');
  let depending: readonly string[] | undefined;
  for (;;) {
    if (tokens.skip('DEPENDING')) depending = qualifiedName(tokens);
    else if (tokens.skip('ASCENDING', 'DESCENDING')) skipNames(tokens, 'KEY', 'IS');
    else if (tokens.skip('INDEXED')) skipNames(tokens, 'BY');
    else break;
  }
  entry.occurs = occursOf(first, second, depending, word.place);
};

function occursOf(first: number, second: number | undefined, depending: readonly string[] | undefined, place: SourcePlace): OccursClause {
  if (depending === undefined && second !== undefined)
    throw copybookFault(`OCCURS ${first} TO ${second} does not say on what that is DEPENDING`, place);
  const max = second ?? first;
  const min = depending === undefined ? first : second === undefined ? 0 : first;
  if (max < 1 || min > max) throw copybookFault(`OCCURS ${min} TO ${max} cannot be`, place);
  return { min, max, depending, place };
}

function countOf(tokens: Tokens): number {
  const { text, place } = tokens.word('a number of occurrences');
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw copybookFault(`OCCURS has ${text} where a number is expected`, place);
}

function qualifiedName(tokens: Tokens): readonly string[] {
  tokens.skip('ON');
  const names = [tokens.word('a name').text];
  while (tokens.skip('OF', 'IN')) names.unshift(tokens.word('the name of a group').text);
  return names;
}

/** Names of keys and indexes, of which nothing follows for the layout: all words up to the next clause. */
function skipNames(tokens: Tokens, ...before: readonly string[]): void {
  while (tokens.skip(...before));
  do tokens.word('a name');
  while (tokens.next?.kind === 'word' && !/^\d/.test(tokens.next.text) && !isClause(tokens.next.key));
}

function isClause(key: string): boolean {
  return Object.hasOwn(clauses, key) || /^(ASCENDING|DESCENDING|INDEXED|DEPENDING|COMP(UTATIONAL)?(-\w)?)$/.test(key);
}

function once(given: object | undefined, clause: string, place: SourcePlace): void {
  if (given !== undefined) throw copybookFault(`An entry has ${clause} twice: perhaps a period is missing before it`, place);
}

const clauses: Readonly<Record<string, Parse>> = {
  PIC: setPicture,
  PICTURE: setPicture,
  USAGE: (entry, tokens) => {
    tokens.skip('IS');
    setUsage(entry, tokens, tokens.word('a usage'));
  },
  DISPLAY: setUsage,
  BINARY: setUsage,
  'PACKED-DECIMAL': setUsage,
  INDEX: setUsage,
  POINTER: setUsage,
  NATIONAL: setUsage,
  REDEFINES: setRedefines,
  OCCURS: setOccurs,
  SIGN: setSign,
  LEADING: setSign,
  TRAILING: setSign,
  VALUE: skipValue,
  VALUES: skipValue,
  BLANK: (entry, tokens, word) => {
    tokens.skip('WHEN');
    if (!tokens.skip('ZERO', 'ZEROS', 'ZEROES')) throw copybookFault('BLANK is not WHEN ZERO', word.place);
    entry.blankWhenZero = true;
  },
  JUST: (entry, tokens) => {
    tokens.skip('RIGHT');
    entry.justified = true;
  },
  JUSTIFIED: (entry, tokens) => {
    tokens.skip('RIGHT');
    entry.justified = true;
  },
  SYNC: (entry, tokens) => {
    tokens.skip('LEFT', 'RIGHT');
    entry.sync = true;
  },
  SYNCHRONIZED: (entry, tokens) => {
    tokens.skip('LEFT', 'RIGHT');
    entry.sync = true;
  },
  GLOBAL: () => undefined,
  EXTERNAL: () => undefined,
};
