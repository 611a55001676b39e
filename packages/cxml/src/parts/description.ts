import { ignored, mapping, type Node, type Nodes } from '@waybill/mapping';
import { words } from './texts.ts';

/** A text with its language. */
export interface Described {
  text?: string;
  language?: string;
  shortName?: string;
}

const d = mapping<Described>();

/** What is in `Description`: text, and names in it. */
export const description = (): Nodes<Described> => [
  d.leaf('@xml:lang?', 'language', words('en-US'), { inherits: 'language' }),
  ignored('@type?'),
  d.leaf('.?', 'text', words('Deep groove ball bearing 6204')),
  d.leaf('ShortName?', 'shortName', words('Bearing 6204')),
];

/** The language of a text that has no place for one: that of the document. It has to be there by the DTD. */
export const languageOfDocument = (): Node<never> => ignored('@xml:lang?', { inherits: 'language', writes: 'en' });
