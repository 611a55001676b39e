import { parseClause } from './clauses.ts';
import type { Entry } from './entry.ts';
import { copybookFault } from './fault.ts';
import { type Token, Tokens } from './tokens.ts';

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
