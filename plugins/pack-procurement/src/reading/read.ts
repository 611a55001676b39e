import type { MessageTypeRef, ReadableMessage, ReadMessage } from '@waybill/contract';
import { type CxmlDocument, credentialsOf, readDocument } from '@waybill/cxml';
import { typeOf } from '../catalogue.ts';
import type { Options } from '../options.ts';
import { filesOf, withFiles } from './attachments.ts';
import { unwrap } from './body.ts';

/** Reads a document and what came with it. What could be better in it, and does not matter, stands in `surplus`. */
export function read(ref: MessageTypeRef, message: ReadableMessage, options: Options): ReadMessage {
  const type = typeOf(ref);
  const { text, parts } = unwrap(message, options);
  const { attachments: _attachments, parts: _parts, ...limits } = options.limits;
  const { strict, lowerCaseRoot: acceptsLowerCaseRoot } = options;
  const document = readDocument(text, {
    limits,
    strict,
    acceptsLowerCaseRoot,
    as: type.event === undefined ? 'command' : 'event',
    type: type.name,
  });
  const { warnings } = document;
  const read = { command: type.commands?.[0]?.name ?? '', input: withFiles(inputOf(document), filesOf(parts, type)) };
  // Also of a document without a header: without credentials nobody would be asked who it is.
  const credentials = type.direction === 'in' ? { credentials: credentialsOf(document) ?? {} } : {};
  return { ...read, ...credentials, ...(warnings.length === 0 ? {} : { surplus: { warnings } }) };
}

/** Of what goes through no entry, tools want to see what stands around it. */
function inputOf({ kind, input, payloadId, parties, test, status }: CxmlDocument): unknown {
  switch (kind) {
    case 'request':
      return input;
    case 'message':
      return { ...(input as object), payloadId, parties, test, ...(status === undefined ? {} : { status }) };
    case 'response':
      return { payloadId, status, ...(input as object | undefined) };
  }
}
