import type { Parties } from '@waybill/commerce';
import type { ComposeContext, Draft, MessageType, MessageTypeRef } from '@waybill/contract';
import { type CxmlCredentials, type CxmlStatus, insertSecret, partiesOf, writeDocument, writeResponse } from '@waybill/cxml';
import { typeOf } from '../catalogue.ts';
import type { Writing } from '../options.ts';
import { type Fields, fieldsIn } from './fields.ts';
import { withFiles } from './files.ts';
import { headOf } from './head.ts';
import { partiesFor } from './parties.ts';
import { shaped } from './shaped.ts';

type Written = Pick<Draft, 'body' | 'contentType'>;
type Context = ComposeContext<Writing>;

/** In UTF-8, as the declaration says. */
const xml = (body: string): Written => ({ body, contentType: 'text/xml; charset=utf-8' });

/**
 * The document that tells of an event. It holds no secret: that is put in when it leaves. Tools have replies composed as well, and what comes in: from what
 * `read` gives. Throws a final `MessageError` where the data has not the shape that the document needs.
 */
export function compose(ref: MessageTypeRef, data: unknown, context: Context): Draft {
  const type = typeOf(ref);
  return { ...shaped(type.name, () => written(type, fieldsIn(data), context)), type: type.name };
}

function written(type: MessageType, data: Fields, context: Context): Written {
  if (type.direction === 'in') return request(type.name, data);
  if (type.event !== undefined) return eventDocument(type.name, data, context);
  return type.name === 'PunchOutOrderMessage' ? cart(type.name, data, context) : response(type.name, data, context);
}

/** Buyers write more than we may to them. */
const newest = '1.2.071';

/** What a buyer would send, `{ command, input, credentials? }`, its secret included. */
function request(name: string, { input, credentials = {} }: Fields): Written {
  const { payloadId, timestamp, parties } = fieldsIn(input) as {
    readonly payloadId: string;
    readonly timestamp: string;
    readonly parties: Parties;
  };
  const document = writeDocument(name, input, { payloadId, timestamp, version: newest });
  const { secret } = partiesOf(fieldsIn(credentials) as CxmlCredentials) ?? {};
  const sender = parties.sender ?? parties.from[0];
  return xml(secret === undefined || sender === undefined ? document : insertSecret(document, sender, secret));
}

function eventDocument(name: string, data: Fields, context: Context): Written {
  const head = { ...headOf(context), ...chosenId(data) };
  const { parties, test } = data as { readonly parties: Parties; readonly test?: boolean };
  const document = writeDocument(name, data, { ...head, test, parties: partiesFor(parties, context.options) });
  return withFiles(name, document, data);
}

function cart(name: string, data: Fields, context: Context): Written {
  const {
    payloadId: _,
    parties,
    test,
    status,
    ...said
  } = data as Fields & { readonly parties: Parties; readonly test?: boolean; readonly status?: CxmlStatus };
  const head = { ...headOf(context), ...chosenId(data), test, status, parties: partiesFor(parties, context.options) };
  return xml(writeDocument(name, said, head));
}

function response(name: string, data: Fields, context: Context): Written {
  const { payloadId: _, status, ...input } = data as Fields & { readonly status: CxmlStatus };
  const content = name === 'Response' ? undefined : { type: name as 'ProfileResponse', input };
  return xml(writeResponse({ ...headOf(context), ...chosenId(data), status, content }));
}

/** The id that the application has chosen, because it speaks of the document later. */
function chosenId({ payloadId }: Fields): { readonly payloadId?: string } {
  return typeof payloadId === 'string' ? { payloadId } : {};
}
