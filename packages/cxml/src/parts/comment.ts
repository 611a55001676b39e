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
  a.group('URL', [
    a.leaf('@name?', 'name', id('drawing.pdf')),
    a.leaf('.', 'url', id('https://buy.larkfield.example/files/drawing-7.pdf')),
  ]),
];

/** What is in `Comments`: text, and attachments in it. */
export const comment = (): Nodes<Comment> => [
  c.leaf('@xml:lang?', 'language', words('en-US'), { inherits: 'language' }),
  ignored('@type?'),
  c.leaf('.', 'text', words()),
  c.turnedList('Attachment*', 'attachments', asAttachment, attachment()),
];

/** Where the DTD has room for one comment only, several become one: their texts in lines below each other, and all their files. */
export function oneComment(comments: readonly Comment[] | undefined): Comment[] | undefined {
  const [first, ...more] = comments ?? [];
  if (first === undefined) return undefined;
  if (more.length === 0) return [first];
  const all = [first, ...more];
  const attachments = all.flatMap((each) => each.attachments ?? []);
  const text = all.map((each) => each.text).join('\n');
  return [present({ text, language: first.language, attachments: attachments.length > 0 ? attachments : undefined }) as Comment];
}
