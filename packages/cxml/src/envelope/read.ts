import { MessageError } from '@waybill/contract';
import { type LenientReadingOptions, parseXml, type XmlLimits } from '@waybill/xml';
import { documentNamed, type KnownDocument } from '../documents.ts';
import { statusErrors } from '../status/errors.ts';
import type { DocumentDefinition } from './definition.ts';
import type { CxmlDocument } from './document.ts';
import type { Envelope } from './frame.ts';
import { type SniffedDocument, sniffDocument } from './sniff.ts';
import { isSoundTime } from './times.ts';

export interface CxmlReadingOptions {
  /** What a document may use; those of @waybill/xml, but for `bytes`: 4 MB. */
  readonly limits?: Partial<XmlLimits> | undefined;
  /** True: the root element may be `cxml`. Default false: it is refused. */
  readonly acceptsLowerCaseRoot?: boolean | undefined;
  /** True: what is not as the DTD has it is refused. Default false: what is known to come is let pass, with a warning. */
  readonly strict?: boolean | undefined;
  /** `event`: a status update is read as one of a supplier. Default: as one of a buyer. Other documents go one way only. */
  readonly as?: 'command' | 'event' | undefined;
  /** What it is known to be: it is read as a document of this type, whatever it looks like. Default: what it says itself. */
  readonly type?: string | undefined;
}

/** reference/procurement-messages.md, section 5. */
const mostBytes = 4 * 1024 ** 2;
/** More paths than that help nobody. */
const mostTold = 12;

/**
 * Reads a document that was decoded before, whatever it declares about its encoding. What partners are known to get wrong is let pass with a warning:
 * the order of children, elements and attributes of other versions, text among elements, a missing DOCTYPE or header, times without offset. No DTD is
 * ever fetched. Throws a final `MessageError` of `statusErrors`: 406 where it cannot be read or has not the structure of its DTD, 400 where what it says is
 * wrong, 450 where it is a document that nobody here knows, 499 where it is too large.
 */
export function readDocument(given: string, options: CxmlReadingOptions = {}): CxmlDocument {
  const text = prepared(given, options);
  const { definition, message } = knownDocument(text, options);
  const reading = { limits: limitsOf(options), encodingKnown: true, emptyIsAbsent: true };
  const { value, warnings } = orRefused(() =>
    options.strict === true ? readStrictly(text, message, reading) : readEither(text, message, reading),
  );
  return documentOf(definition, value, warnings);
}

function knownDocument(text: string, options: CxmlReadingOptions): KnownDocument {
  const told = options.type === undefined ? undefined : documentNamed(options.type, undefined, options.as);
  if (told !== undefined) return told;
  const sniffed = sniffDocument(text);
  if (sniffed === undefined) throw refusedAsUnknown(text, options);
  const known = documentNamed(sniffed.type, sniffed.kind, options.as);
  if (known === undefined) throw refusedType(text, sniffed, options);
  return known;
}

type Message = NonNullable<ReturnType<typeof documentNamed>>['message'];
interface Read {
  readonly value: Envelope;
  readonly warnings: readonly string[];
}

function readStrictly(text: string, message: Message, reading: LenientReadingOptions): Read {
  return { value: message.read(text, reading), warnings: [] };
}

/** Most documents are as they should be, and are read in a third of the time. */
function readEither(text: string, message: Message, reading: LenientReadingOptions): Read {
  try {
    return readStrictly(text, message, reading);
  } catch (error) {
    if (!(error instanceof MessageError) || error.kind === 'unreadable') throw error;
  }
  const { value, surplus, reordered = [] } = message.readWithSurplus(text, { ...reading, anyOrder: true, takeOutMore: true });
  const unknown = Object.keys(surplus);
  return {
    value,
    warnings: [
      ...(unknown.length === 0 ? [] : [`Passed over, since it has no place in the message: ${told(unknown)}.`]),
      ...(reordered.length === 0 ? [] : [`Children stand in another order than the DTD has them in: ${told(reordered)}.`]),
    ],
  };
}

function told(paths: readonly string[]): string {
  const more = paths.length - mostTold;
  return paths.slice(0, mostTold).join(', ') + (more > 0 ? `, and ${more} more` : '');
}

function documentOf(definition: DocumentDefinition, envelope: Envelope, found: readonly string[]): CxmlDocument {
  const { kind, type } = definition;
  const { payloadId, timestamp, version, language, speakers, test = false, status, inReplyTo } = envelope;
  const warnings = [
    ...found,
    ...(isSoundTime(timestamp) ? [] : ['The timestamp is not ISO 8601 with a numeric offset.']),
    ...(kind !== 'response' && speakers === undefined ? ['The document has no header.'] : []),
  ];
  const parties = speakers?.parties;
  const around = { payloadId, timestamp, version, language, test, parties, secret: speakers?.secret, status, inReplyTo };
  return { kind, type, input: inputOf(definition, envelope), ...around, warnings };
}

/** The buyer of an event is whom it is for, as far as the document alone says it. */
function inputOf({ holds, afterRead }: DocumentDefinition, { input = {}, payloadId, timestamp, test = false, speakers }: Envelope): object {
  const content = afterRead === undefined ? input : afterRead(input);
  const parties = speakers === undefined ? {} : { parties: speakers.parties };
  switch (holds) {
    case 'command':
      return { payloadId, timestamp, test, ...parties, ...content };
    case 'event':
      return { buyer: speakers?.parties.to[0]?.identity ?? '', payloadId, test, ...parties, ...content };
    case 'content':
      return content;
  }
}

function prepared(text: string, { acceptsLowerCaseRoot = false }: CxmlReadingOptions): string {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (!acceptsLowerCaseRoot || !/<cxml[\s>]/.test(bare)) return bare;
  return bare.replace(/<cxml(?=[\s>])/, '<cXML').replace(/<\/cxml(?=\s*>\s*$)/, '</cXML');
}

const limitsOf = ({ limits }: CxmlReadingOptions): Partial<XmlLimits> => ({ bytes: mostBytes, ...limits });

/** What cannot be read says so by itself; what can is none of ours. */
function refusedAsUnknown(text: string, options: CxmlReadingOptions): MessageError {
  refuseUnreadable(text, options);
  return statusErrors.WB_CXML_NOT_ACCEPTABLE(
    'The document is no cXML: its root element is another one, or it has neither request nor answer.',
  );
}

function refusedType(text: string, { kind, type }: SniffedDocument, options: CxmlReadingOptions): MessageError {
  refuseUnreadable(text, options);
  const name = type.slice(0, 64);
  return statusErrors.WB_CXML_NOT_IMPLEMENTED(`The ${kind} ${name} is none that is known here.`, { at: `cXML/${name}` });
}

function refuseUnreadable(text: string, options: CxmlReadingOptions): void {
  const nothing = { startElement: () => undefined, text: () => undefined, endElement: () => undefined };
  orRefused(() => parseXml(text, nothing, { limits: limitsOf(options), encodingKnown: true }));
}

function orRefused<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof MessageError ? refusal(cause) : cause;
  }
}

/** A structure that the DTD does not have is 406, and so is a word that it does not list; what a text says is content. */
function refusal(cause: MessageError): MessageError {
  const { code, message, at, hint } = cause;
  const more = { at, hint, cause };
  if (code === 'WB_XML_TOO_LARGE') return statusErrors.WB_CXML_TOO_LARGE(message, more);
  const isContent = code === 'WB_XML_BAD_VALUE' && !message.includes(' is not one of ');
  return isContent ? statusErrors.WB_CXML_BAD_REQUEST(message, more) : statusErrors.WB_CXML_NOT_ACCEPTABLE(message, more);
}
