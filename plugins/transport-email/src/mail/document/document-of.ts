import type { Message } from '@waybill/contract';
import { errors } from '../../errors.ts';
import type { Target } from '../../settings/target.ts';
import { mediaTypeOf } from '../media-type.ts';
import { checkDocument } from './check.ts';
import { checkShape } from './json-shape.ts';
import { type MailDocument, mailDocument, mailDocumentType } from './mail-document.ts';

/** What the body of a message says of its mail, and whether the body is a document that has to be attached. */
export interface Said {
  readonly document: MailDocument;
  readonly isAttached: boolean;
}

/** The property by which the kernel marks the copy of a message that failed. */
const failureCode = 'waybill-code';

/** A copy of a message that failed: whoever sent that one must not decide about this mail. */
export function isCopyOfFailed({ properties }: Pick<Message, 'properties'>): boolean {
  return Object.hasOwn(properties, failureCode);
}

/** Throws WB_EMAIL_DOCUMENT, WB_EMAIL_TEXT or WB_EMAIL_TOO_LARGE. */
export function saidBy(message: Message, target: Pick<Target, 'text' | 'limit'>): Said {
  const { type, charset } = mediaTypeOf(message.contentType);
  if (message.body.byteLength > 2 * target.limit) throw tooLarge(message.body.byteLength, target.limit);
  if (isCopyOfFailed(message)) return { document: { text: failureText(message, target) }, isAttached: true };
  switch (type) {
    case 'text/plain':
      return { document: { text: textOf(message.body, charset) }, isAttached: false };
    case 'text/html':
      return { document: { html: textOf(message.body, charset) }, isAttached: false };
    case mailDocumentType:
      return { document: documentIn(message.body), isAttached: false };
    default:
      return { document: target.text === undefined ? {} : { text: target.text }, isAttached: true };
  }
}

export function tooLarge(size: number, limit: number): Error {
  return errors.WB_EMAIL_TOO_LARGE(`The mail has ${size} bytes, and the entry sends ${limit} at most.`, { at: 'limit' });
}

function failureText({ properties }: Message, { text }: Pick<Target, 'text'>): string {
  const [code, reason = ''] = [properties[failureCode], properties['waybill-reason']];
  return [...(text === undefined ? [] : [text, '']), `${code}: ${reason}`].join('\n');
}

function textOf(body: Uint8Array, charset = 'utf-8'): string {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch (cause) {
    throw errors.WB_EMAIL_TEXT(`The text of the mail is in the charset ${JSON.stringify(charset)}, which nobody here knows.`, { cause });
  }
  try {
    return decoder.decode(body);
  } catch (cause) {
    throw errors.WB_EMAIL_TEXT(`The text of the mail is not in ${charset}.`, { cause });
  }
}

function documentIn(body: Uint8Array): MailDocument {
  checkShape(body);
  const value = parsed(textOf(body));
  checkDocument(mailDocument, value);
  return value as MailDocument;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The reason quotes the text around the fault: it may be somebody's name, and is left out.
    const place = /position \d+(?: \(line \d+ column \d+\))?/.exec(String(cause))?.[0];
    throw errors.WB_EMAIL_DOCUMENT(`The mail document is no JSON${place === undefined ? '' : ` at ${place}`}.`, { at: place });
  }
}
