import type { ReadableMessage } from '@waybill/contract';
import { decode, encodingOf, toUtf8 } from '@waybill/text';

type Encoded = Pick<ReadableMessage, 'body' | 'encoding'>;

/** The body as text. Throws a final `MessageError` where it is not in its encoding. */
export function textOf({ body, encoding }: Encoded): string {
  // In two steps, since the ends of lines of EBCDIC become those of XML in the first.
  return decode(toUtf8(body, encoding), 'utf-8');
}

/** As `textOf`, of what tells its encoding itself: a part of a message, a document in a field. */
export function textOfPart({ body, contentType }: { readonly body: Uint8Array; readonly contentType?: string | undefined }): string {
  return textOf({ body, encoding: encodingOf({ body, contentType }).encoding });
}

/** How much of a body is looked at to see what it is. */
const looked = 64 * 1024;

/** The beginning of a body as text, whatever is wrong with it. */
export function beginningOf({ body, encoding }: Encoded): string {
  return new TextDecoder().decode(toUtf8(encoding === 'utf-8' ? body.subarray(0, looked) : body, encoding));
}
