import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { words } from './texts.ts';

/** An element with one text in it that counts. */
export interface WireText {
  text?: string;
}

const w = mapping<WireText>();

export const email = (): Nodes<WireText> => [
  ignored('@name?'),
  ignored('@preferredLang?'),
  w.leaf('.?', 'text', words('d.okafor@larkfield.example')),
];

export const url = (): Nodes<WireText> => [ignored('@name?'), w.leaf('.?', 'text', words('https://shop.harborpine.example/'))];

/** A text by itself. An empty element says nothing. */
export const asEmail: Conversion<WireText, string> = {
  read: ({ text }) => text,
  write: (text) => ({ text }),
};

/** An address. What is none, such as `dne`, says nothing (reference/procurement-messages.md, section 7.2). */
export const asUrl: Conversion<WireText, string> = {
  read: ({ text }) => (text !== undefined && URL.canParse(text) ? text : undefined),
  write: (text) => ({ text }),
};
