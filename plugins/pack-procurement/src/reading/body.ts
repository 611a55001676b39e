import type { ReadableMessage } from '@waybill/contract';
import { documentOfForm, type Multipart, readMultipart, statusErrors } from '@waybill/cxml';
import type { Options } from '../options.ts';
import { textOf, textOfPart } from './text-of.ts';
import { formType, wrappingOf } from './wrapping.ts';

/** A document, and the message of parts that it came in. */
export interface Unwrapped {
  readonly text: string;
  readonly parts?: Multipart | undefined;
}

/** Takes a document out of what it is wrapped in. Throws a final `MessageError`. */
export function unwrap(message: ReadableMessage, { limits }: Pick<Options, 'limits'>): Unwrapped {
  const wrapping = wrappingOf(message);
  switch (wrapping.in) {
    case 'nothing':
      return { text: textOf(message) };
    case 'form': {
      const text = documentOfForm(message.body, formType);
      if (text !== undefined) return { text };
      throw statusErrors.WB_CXML_NOT_ACCEPTABLE('The form has no field cxml-urlencoded or cxml-base64.');
    }
    case 'parts': {
      const parts = readMultipart(message.body, wrapping.contentType, { parts: limits.parts });
      const { content, contentType } = parts.document;
      const more = parts.attachments.reduce((sum, each) => sum + each.content.length, 0);
      if (more <= limits.attachments) return { text: textOfPart({ body: content, contentType }), parts };
      throw statusErrors.WB_CXML_TOO_LARGE(`The attachments have ${more} bytes, and no more than ${limits.attachments} are taken.`);
    }
  }
}
