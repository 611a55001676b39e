import { isWaybillError, type MessageTypeRef, type ReadableMessage } from '@waybill/contract';
import { documentOfForm, sniffDocument } from '@waybill/cxml';
import { typeNamed } from '../catalogue.ts';
import type { Options } from '../options.ts';
import { unwrap } from './body.ts';
import { beginningOf } from './text-of.ts';
import { formType, wrappingOf } from './wrapping.ts';

/** The message type by the element in the request, response or message. Undefined for what is no cXML, and for documents that the pack does not have. */
export function recognise(message: ReadableMessage, options: Options): MessageTypeRef | undefined {
  const text = documentIn(message, options);
  const found = text === undefined ? undefined : sniffDocument(text);
  if (found === undefined) return undefined;
  return typeNamed(found.type, options.ownStatusUpdates && !speaksOfAnother(text ?? ''));
}

/** The beginning of the document, also of one that is cut short. */
function documentIn(message: ReadableMessage, options: Options): string | undefined {
  const wrapping = wrappingOf(message);
  switch (wrapping.in) {
    case 'nothing':
      return beginningOf(message);
    case 'form':
      return documentOfForm(message.body, formType);
    case 'parts':
      return documentAmongParts(message, options);
  }
}

/** The document may stand behind its attachments, so that the parts have to be told apart. Of a message that is cut short, what looks like it. */
function documentAmongParts(message: ReadableMessage, options: Options): string | undefined {
  try {
    return unwrap(message, options).text;
  } catch (error) {
    if (!isWaybillError(error)) throw error;
    const text = beginningOf({ ...message, encoding: 'iso-8859-1' });
    const start = text.search(/<\?xml|<!DOCTYPE|<cXML/i);
    return start < 0 ? undefined : text.slice(start);
  }
}

/** What a buyer alone speaks of: an invoice, a payment, a document on its side. */
function speaksOfAnother(text: string): boolean {
  return /<(?:InvoiceStatus|PaymentStatus|SourcingStatus|DocumentStatus|IntegrationStatus)[\s/>]/.test(text);
}
