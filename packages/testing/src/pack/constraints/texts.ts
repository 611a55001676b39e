import type { TextFacets } from './field.ts';

/** A text that breaks a rule, and how. */
export interface WrongText {
  readonly how: string;
  readonly text: string;
}

/** Texts of which each breaks the facets in one way. That of no length is among them only for texts that may not be empty. */
export function wrongTexts(facets: TextFacets): readonly WrongText[] {
  switch (facets.kind) {
    case 'text':
      return wrongLengths(facets);
    case 'words':
      return [{ how: 'another word', text: unlike(facets.words) }];
    case 'flag':
      return [{ how: 'another word', text: unlike([facets.yes, facets.no]) }];
    case 'number':
      return wrongNumbers(facets);
    case 'time':
      return wrongTimes[facets.form];
    case 'pattern':
      return wrongForms(new RegExp(facets.pattern));
  }
}

function wrongLengths({ min = 0, max }: Extract<TextFacets, { kind: 'text' }>): readonly WrongText[] {
  const short = min === 0 ? [] : [{ how: min === 1 ? 'no text' : 'a text that is too short', text: 'x'.repeat(min - 1) }];
  // A character that takes two UTF-16 units counts once, in the text that is too long as in one that is not.
  return max === undefined ? short : [...short, { how: 'a text that is too long', text: `${'x'.repeat(max)}😀` }];
}

/** A word that is none of them, with one letter too many. */
function unlike(words: readonly string[]): string {
  let word = `${words[0] ?? ''}x`;
  while (words.includes(word)) word += 'x';
  return word;
}

function wrongNumbers({ digits, scale }: Extract<TextFacets, { kind: 'number' }>): readonly WrongText[] {
  return [
    { how: 'a number with a letter in it', text: '1x' },
    { how: 'a number with too many digits', text: `1${'0'.repeat(digits - scale)}` },
    { how: 'a number with too many digits behind the point', text: `1.${'0'.repeat(scale)}1` },
  ];
}

const noDate = { how: 'a date with a letter in it', text: '2O240314' };
const wrongTimes: Readonly<Record<Extract<TextFacets, { kind: 'time' }>['form'], readonly WrongText[]>> = {
  'date-time': [
    noDate,
    { how: 'a day that does not exist', text: '2023-02-29T10:00:00' },
    { how: 'a time that does not exist', text: '2024-03-14T25:00:00' },
  ],
  db2: [
    noDate,
    { how: 'a day that does not exist', text: '2023-02-29-10.00.00.000000' },
    { how: 'a time that does not exist', text: '2024-03-14-10.60.00.000000' },
  ],
  YYYYMMDD: [noDate, { how: 'a day that does not exist', text: '20230229' }],
  'YYYY-MM-DD': [noDate, { how: 'a day that does not exist', text: '2023-02-29' }],
  HHMMSS: [
    { how: 'a time with a letter in it', text: '1O2005' },
    { how: 'a time that does not exist', text: '162060' },
  ],
};

/** Texts that may not match a pattern: those that do not are wrong ones. */
const odd = ['suite #', '~', '-', '0', 'x'.repeat(4_000)];

function wrongForms(pattern: RegExp): readonly WrongText[] {
  const text = odd.find((each) => !pattern.test(each));
  return text === undefined ? [] : [{ how: 'a text of another form', text }];
}
