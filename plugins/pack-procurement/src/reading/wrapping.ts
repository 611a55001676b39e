import type { ReadableMessage } from '@waybill/contract';
import { multipartTypeOf } from '@waybill/cxml';

/** What a document is wrapped in. Of parts, the content type that tells where they end. */
export type Wrapping = { readonly in: 'nothing' } | { readonly in: 'form' } | { readonly in: 'parts'; readonly contentType: string };

export const formType = 'application/x-www-form-urlencoded';

/** How many bytes are looked at. */
const looked = 4_096;

/**
 * What a document is wrapped in (reference/procurement-messages.md, section 4): by the content type, and where there is none by the first characters, since a
 * file has none. Some senders say that a document is a form, and send it as it is.
 */
export function wrappingOf({ body, contentType = '' }: Pick<ReadableMessage, 'body' | 'contentType'>): Wrapping {
  const media = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (media.startsWith('multipart/')) return { in: 'parts', contentType };
  const start = Buffer.from(body.subarray(0, looked))
    .toString('latin1')
    .replace(/^(?:\xEF\xBB\xBF)?\s+|^\xEF\xBB\xBF/, '');
  if (start.startsWith('<')) return { in: 'nothing' };
  if (media === formType || isForm(start)) return { in: 'form' };
  const multipart = multipartTypeOf(body);
  return multipart === undefined ? { in: 'nothing' } : { in: 'parts', contentType: multipart };
}

/** A few short fields may stand before the document. */
function isForm(start: string): boolean {
  return /^(?:[\w.%+-]{1,40}=[^&\s]{0,500}&){0,8}cxml-(?:urlencoded|base64)=/i.test(start);
}
