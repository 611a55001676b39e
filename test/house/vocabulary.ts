import { textOf } from '../../scripts/generate/workspace.ts';

/** A word that stands under "not to be called", as the words that it has in a name: `['dead', 'letter']`. */
export interface TakenWord {
  /** The word of the vocabulary that is used instead. */
  readonly instead: string;
  readonly parts: readonly string[];
}

/** The column "not to be called" of a page with such tables. What has another meaning somewhere, given in brackets, is left out. */
export function wordsNotToBeUsed(page = textOf('docs/vocabulary.md') ?? ''): readonly TakenWord[] {
  const rows = page.split('\n').filter((line) => line.startsWith('| **'));
  return rows.flatMap((row) => {
    const [, word = '', , column = ''] = row.split('|').map((cell) => cell.trim());
    const instead = word.replaceAll('*', '');
    return wordsOf(column).map((one) => ({ instead, parts: one.toLowerCase().split(/[ -]/) }));
  });
}

/** Commas inside brackets separate nothing. */
function wordsOf(column: string): readonly string[] {
  const words = column.match(/[^,(]+(?:\([^)]*\))?/g) ?? [];
  return words.filter((word) => !word.includes('(')).flatMap((word) => word.trim() || []);
}

/** The words of a name in camel case, in capitals or with underscores. */
export function partsOfName(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[ _$]+/)
    .filter((part) => part !== '');
}

/** Whether a name holds the word, in the singular or the plural, written apart or as one. */
export function holdsWord(name: string, { parts }: TakenWord): boolean {
  const own = partsOfName(name);
  const word = parts.join('');
  return own.some((_, from) =>
    own.slice(from).some((__, length) => {
      const said = own.slice(from, from + length + 1).join('');
      return said === word || said === `${word}s`;
    }),
  );
}
