import type { MessageError, MessageTypeRef, ReadableMessage } from '@waybill/contract';
import { sniffRoot, type XmlHandler, XmlStream } from '@waybill/xml';
import { versionsOf } from './catalogue.ts';
import { errors } from './errors.ts';

const question = 'Request_WCS_BE_ProductInventory';
/** The name of a type, but of no root element. */
const answer = `${question}_Reply`;

/**
 * The message type by the name and version of the root element (reference/fulfillment-messages.md, section 2.1).
 * Undefined for roots of others. Throws a final `MessageError` `WB_MESSAGE_VERSION_UNKNOWN` for a root of ours whose
 * version is missing or not one of ours: `undefined` would say that no pack knows such a message.
 */
export function recognise({ body }: ReadableMessage): MessageTypeRef | undefined {
  const beginning = sniffRoot(body);
  if (beginning === undefined) return undefined;
  const { root, attributes } = beginning;
  const versions = versionsOf(root);
  if (versions === undefined || root === answer) return undefined;
  // An error has no schema and no version.
  if (root === 'WCS_Error') return { name: root, version: '1.0' };
  const version = attributes['version'];
  if (version === undefined || !versions.has(version)) throw unknownVersion(root, version, versions.keys());
  return { name: root === question && verbOf(body) === 'Reply' ? answer : root, version };
}

function unknownVersion(root: string, version: string | undefined, known: Iterable<string>): MessageError {
  const says =
    version === undefined ? `The message ${root} says no version.` : `The message ${root} has no version "${version.slice(0, 32)}".`;
  return errors.WB_MESSAGE_VERSION_UNKNOWN(says, { at: `${root}@version`, hint: `Known versions: ${[...known].join(', ')}.` });
}

/** Enough for the prolog, a comment and the control area, whose first element is the verb. */
const windowForVerb = 8192;

/** Question and answer have the same root and version; only the verb tells them apart. Undefined when it is not found. */
function verbOf(body: Uint8Array): string | undefined {
  const finder = new VerbFinder();
  try {
    new XmlStream(finder, { encodingKnown: true }).write(body.subarray(0, windowForVerb));
  } catch {
    // Found, or not XML: reading the message as a whole will say what is wrong with it.
  }
  return finder.verb;
}

class VerbFinder implements XmlHandler {
  verb: string | undefined;

  startElement(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== 'Verb') return;
    this.verb = attributes['value'];
    throw new Error('found');
  }

  text(): void {}

  endElement(): void {}
}
