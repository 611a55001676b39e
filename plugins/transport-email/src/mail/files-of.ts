import type { Message } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { Target } from '../settings/target.ts';
import { isCopyOfFailed, type Said } from './document/document-of.ts';
import type { MailDocument } from './document/mail-document.ts';
import { fileNameOf } from './header-value.ts';
import type { Attachment, Image } from './mail.ts';
import { attachedTypeOf, endingOf, mediaTypeOf } from './media-type.ts';

/** What is attached: the files of a mail document, or the body of the message. */
export function attachmentsOf(said: Said, message: Message, target: Pick<Target, 'fileName'>): readonly Attachment[] {
  const files = (said.document.attachments ?? []).map(attachmentOf);
  return said.isAttached ? [bodyAsFile(message, target), ...files] : files;
}

function bodyAsFile(message: Message, target: Pick<Target, 'fileName'>): Attachment {
  // A stranger has chosen type and name of a message that failed, and people have to hear of it whatever these are.
  const isForeign = isCopyOfFailed(message);
  const contentType = isForeign ? 'application/octet-stream' : attachedTypeOf(message.contentType, 'the message');
  const given = isForeign ? undefined : message.properties['file-name'];
  const usual = endingOf(mediaTypeOf(message.contentType).type);
  const fileName = given === undefined ? namedBy(target.fileName, message, usual) : fileNameOf(given, 'the property "file-name"');
  return { fileName, contentType, content: message.body };
}

/** Ids and types may hold what a name of a file may not: it becomes a dash. */
function namedBy(pattern: string, { id, type = 'message', correlationId = '' }: Message, extension: string): string {
  const values: Readonly<Record<string, string>> = { id, type, correlation: correlationId, extension };
  const name = pattern.replaceAll(/\{(id|type|correlation|extension)\}/g, (_, word: string) => namePart(values[word] ?? ''));
  return fileNameOf(name, '"fileName" of the entry');
}

/** 80 bytes at most, without half a character at the end. */
function namePart(value: string): string {
  const plain = value.slice(0, 100).replaceAll(/[/\\\p{C}\p{Zl}\p{Zp}]/gu, '-');
  return Buffer.from(plain)
    .subarray(0, 80)
    .toString()
    .replace(/\ufffd+$/, '');
}

type File = NonNullable<MailDocument['attachments']>[number];

function attachmentOf({ fileName, contentType, content, text }: File, index: number): Attachment {
  const where = `attachments[${index}]`;
  if ((content === undefined) === (text === undefined)) {
    throw errors.WB_EMAIL_DOCUMENT(`The mail document is wrong: ${where} has to have either "content" or "text".`, { at: where });
  }
  const type = attachedTypeOf(text === undefined ? contentType : utf8(contentType ?? 'text/plain'), where);
  const name = fileName ?? `attachment-${index + 1}.${endingOf(type)}`;
  const bytes = content === undefined ? Buffer.from(text ?? '') : { base64: content };
  return { fileName: fileNameOf(name, `${where}.fileName`), contentType: type, content: bytes };
}

/** A text of a mail document is written in UTF-8, whatever else was said of it. */
function utf8(contentType: string): string {
  return `${contentType.replace(/;.*$/s, '')}; charset=utf-8`;
}

/** The images of a mail document, which its HTML shows. Throws when one that the HTML shows is not there. */
export function imagesOf({ html, images = [] }: MailDocument): readonly Image[] {
  if (html === undefined && images.length > 0) {
    throw errors.WB_EMAIL_DOCUMENT('The mail document has images and no HTML that could show them.', {
      at: 'images',
      hint: 'Attach them.',
    });
  }
  const known = new Set(images.map(({ id }) => id));
  if (known.size < images.length) throw errors.WB_EMAIL_DOCUMENT('Two images of the mail document have the same id.', { at: 'images' });
  for (const [, id = ''] of (html ?? '').matchAll(/\b(?:src|background)\s{0,9}=\s{0,9}["']?cid:([^\s"'<>]{1,300})/gi)) {
    if (known.has(id) || known.has(decoded(id))) continue;
    throw errors.WB_EMAIL_DOCUMENT(`The HTML shows the image cid:${id.slice(0, 80)}, which is not among the images.`, { at: 'html' });
  }
  return images.map(({ id, contentType, content, fileName }, index) => ({
    id,
    contentType: imageType(contentType, `images[${index}]`),
    content: { base64: content },
    fileName: fileName === undefined ? undefined : fileNameOf(fileName, `images[${index}].fileName`),
  }));
}

function imageType(contentType: string, where: string): string {
  const type = attachedTypeOf(contentType, where);
  if (type.startsWith('image/')) return type;
  throw errors.WB_EMAIL_DOCUMENT(`The mail document is wrong: ${where} is of the type ${type}, which is no image.`, { at: where });
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
