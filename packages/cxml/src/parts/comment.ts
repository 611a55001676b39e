import type { Attachment, Comment } from '@waybill/commerce';
import { type Conversion, ignored, mapping, type Nodes } from '@waybill/mapping';
import { id, present, words } from './texts.ts';

interface WireAttachment {
  url: string;
  name?: string;
}

const c = mapping<Comment>();
const a = mapping<WireAttachment>();

/** What goes beside the document, or is known only from there, is not in it. */
const asAttachment: Conversion<WireAttachment, Attachment> = {
  read: (wire) => wire,
  write: ({ url, name }) => present({ url, name }) as WireAttachment,
};

/** What is in `Attachment`. */
export const attachment = (): Nodes<WireAttachment> => [
  ignored('@visibility?'),
  a.group('URL', [a.leaf('@name?', 'name', id('drawing.pdf')), a.leaf('.', 'url', id('cid:drawing-7@buy.larkfield.example'))]),
];

/** What is in `Comments`: text, and attachments in it. */
export const comment = (): Nodes<Comment> => [
  c.leaf('@xml:lang?', 'language', words('en-US'), { inherits: 'language' }),
  ignored('@type?'),
  c.leaf('.', 'text', words()),
  c.turnedList('Attachment*', 'attachments', asAttachment, attachment()),
];
