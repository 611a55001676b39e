import { didYouMean } from '../did-you-mean.ts';
import type { Problem } from '../problem.ts';
import { type Place, rangesOf } from './place.ts';
import type { FolderFile } from './read-folder.ts';
import { readYaml } from './yaml.ts';

/** A text, or one for each plural form of its language: `{ one: '{count} item', other: '{count} items' }`. */
export type Phrase = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

const forms = new Set<string>(['zero', 'one', 'two', 'few', 'many', 'other']);

/** The texts that templates ask for by a key, by store and language. */
export class Texts {
  readonly #files: ReadonlyMap<string, ReadonlyMap<string, Phrase>>;
  readonly #paths: ReadonlyMap<string, string>;
  readonly #language: string;

  /** `language`: that of the texts whose file names say none. */
  constructor(files: readonly FolderFile[], language: string, problems: Problem[]) {
    this.#language = language;
    const texts = files.filter((file) => file.kind === 'texts');
    this.#files = new Map(texts.map((file) => [keyFor(file.store, file.language), phrasesOf(file, problems)]));
    this.#paths = new Map(texts.map((file) => [keyFor(file.store, file.language), file.path]));
  }

  /** Every text for a place: of the store before the site. A text of another language never stands in for one that is missing; one of `en` does for `en-GB`. */
  for({ store, languages }: Place): ReadonlyMap<string, Phrase> {
    const [first] = languages;
    const isOwn = first === undefined || rangesOf(first).includes(this.#language);
    const wanted = isOwn ? [...languages, undefined] : languages;
    const found = wanted.flatMap((language) => [
      ...(store === undefined ? [] : [this.#files.get(keyFor(store, language))]),
      this.#files.get(keyFor(undefined, language)),
    ]);
    return new Map(found.toReversed().flatMap((file) => [...(file ?? [])]));
  }

  /** Tells which texts a place lacks, or has too many. */
  compare(place: Place, problems: Problem[]): void {
    const all = this.for({ store: place.store, languages: [] });
    const own = this.for(place);
    const [language] = place.languages;
    const file = this.#paths.get(keyFor(place.store, language)) ?? this.#paths.get(keyFor('', language)) ?? `texts.${language}.yaml`;
    for (const key of all.keys()) if (!own.has(key)) problems.push({ file, what: `The text "${key}" is missing.` });
    for (const key of own.keys()) {
      if (!all.has(key))
        problems.push({ file, what: `The text "${key}" is not among those of the pack. ${didYouMean(key, all.keys())}`.trimEnd() });
    }
  }
}

function keyFor(store = '', language = ''): string {
  return `${language}/${store}`;
}

function phrasesOf(file: FolderFile, problems: Problem[]): ReadonlyMap<string, Phrase> {
  const phrases = new Map<string, Phrase>();
  collect(readYaml(file, problems), '', { file: file.path, phrases, problems });
  return phrases;
}

interface Collecting {
  readonly file: string;
  readonly phrases: Map<string, Phrase>;
  readonly problems: Problem[];
}

/** Nested names become keys with points: `order.thanks`. */
function collect(value: unknown, key: string, collecting: Collecting): void {
  const { file, phrases, problems } = collecting;
  if (value === undefined || (value === null && key === '')) return;
  if (typeof value === 'string') phrases.set(key, value);
  else if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push({ file, what: key === '' ? 'It has to hold names with texts.' : `"${key}" has to be a text; put it in quotes.` });
  } else if (isPlural(value)) phrases.set(key, value);
  else for (const [name, below] of Object.entries(value)) collect(below, key === '' ? name : `${key}.${name}`, collecting);
}

function isPlural(value: object): value is Exclude<Phrase, string> {
  const entries = Object.entries(value);
  return 'other' in value && entries.every(([form, text]) => forms.has(form) && typeof text === 'string');
}
