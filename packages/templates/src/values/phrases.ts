import { didYouMean } from '../did-you-mean.ts';
import type { Phrase } from '../folder/texts.ts';
import { decimalText } from './decimal.ts';
import type { Formats } from './formats.ts';

/** What is put into the places of a text, by name. */
export type Inserts = Readonly<Record<string, unknown>>;

/** The text with its places filled in; `count` decides the plural form. Throws an `Error` that says what is missing. */
export function fillPhrase(key: string, phrase: Phrase, inserts: Inserts, formats: Formats, escape: (text: string) => string): string {
  const text = typeof phrase === 'string' ? phrase : formOf(key, phrase, inserts, formats);
  return text.replaceAll(/\{([A-Za-z][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    if (!Object.hasOwn(inserts, name)) {
      throw new Error(
        `the text "${key}" has a place {${name}}, and nothing is given for it. ${didYouMean(name, Object.keys(inserts))}`.trimEnd(),
      );
    }
    return escape(shown(name, inserts[name], formats));
  });
}

function formOf(key: string, phrase: Exclude<Phrase, string>, { count }: Inserts, formats: Formats): string {
  const number = decimalText(count);
  if (number === undefined) throw new Error(`the text "${key}" has plural forms; give it a number as "count"`);
  return phrase[formats.plural(number)] ?? phrase.other ?? '';
}

function shown(name: string, value: unknown, formats: Formats): string {
  const number = name === 'count' || typeof value === 'number' ? decimalText(value) : undefined;
  if (number !== undefined) return formats.number(number);
  if (typeof value === 'string') return value;
  throw new Error(`"${name}" is not a text`);
}
