import { Type } from '@waybill/contract';

const word = <const Words extends readonly string[]>(words: Words, preset: Words[number], description: string) =>
  Type.Unsafe<Words[number]>({ type: 'string', enum: words, description, default: preset });

/** What an inbound entry can choose for reading records: the options of a pack, or a part of them. */
export const recordReadingOptions = {
  units: word(['characters', 'bytes'], 'characters', 'What widths count. They differ only in encodings with several bytes a character.'),
  lowValues: word(['refuse', 'pad'], 'refuse', 'What NUL at the end of a field is: a fault, or padding like a blank.'),
};
