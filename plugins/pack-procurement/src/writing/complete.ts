import type { Message, MessageTypeRef } from '@waybill/contract';
import { insertSecret } from '@waybill/cxml';
import type { Writing } from '../options.ts';
import { named } from './parties.ts';

/** The document with the secret of the entry, as it goes out. In a message of parts the document is written as it is, so that it is found by its ends. */
export function complete(_type: MessageTypeRef, { body }: Message, { sender }: Writing): Uint8Array {
  if (sender?.secret === undefined) return body;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const start = Math.max(0, bytes.indexOf('<?xml'));
  const end = bytes.indexOf('</cXML>', start) + '</cXML>'.length;
  const document = insertSecret(bytes.toString('utf8', start, end), named(sender), sender.secret);
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(document), bytes.subarray(end)]);
}
