import type { MessageError } from '@waybill/contract';
import { type Group, Misfit, type MisfitKind, makeUp, type Node, Writing } from '@waybill/mapping';
import type { Choose } from '@waybill/values';
import { planOf } from '../decoding/content-model.ts';
import { Decoder, type DecodingOptions } from '../decoding/decoder.ts';
import { Fault } from '../decoding/faults.ts';
import { locate } from '../decoding/locate.ts';
import { pathOf, placed } from '../decoding/path.ts';
import type { ElementPlan } from '../decoding/plan.ts';
import { SurplusFilter } from '../decoding/surplus.ts';
import { readPlain } from '../plain/reader.ts';
import type { XmlHandler } from '../reading/handler.ts';
import type { ReadingOptions } from '../reading/options.ts';
import { parseXml } from '../reading/parse.ts';
import { DocumentSink } from './document.ts';
import { type DefinitionErrorCode, definitionErrors } from './errors.ts';

export interface XmlMessageSpec {
  /** The root element, of `mapping().group`. Its nodes live in the value as a whole. */
  readonly root: Node;
  /** The system identifier of the DOCTYPE, `Update_WCS_OrderStatus_30.dtd`. Without it none is written. */
  readonly systemId?: string;
}

/** How a message is read: the document, and what its texts mean. */
export interface MessageReadingOptions extends ReadingOptions, DecodingOptions {}

/** A message as one declaration: everything that is known about it follows from the declaration. */
export interface XmlMessage<Value> {
  readonly root: Group;
  readonly systemId: string | undefined;
  /**
   * Reads and checks a whole document. Throws a final `MessageError`: a code of `definitionErrors` with the path and
   * `line:column` of the fault, or a code of the reader where the document is not well-formed or exceeds a limit.
   */
  read(body: Uint8Array | string, options?: MessageReadingOptions): Value;
  /**
   * As `read`, but elements and attributes that the declaration has no place for are taken out first, and told: texts by their path,
   * `Order/Item[2]/Colour` or `Order@lang`. What is known has to be right as ever.
   */
  readWithSurplus(
    body: Uint8Array | string,
    options?: MessageReadingOptions,
  ): { readonly value: Value; readonly surplus: Readonly<Record<string, string>> };
  /**
   * The document for a value, in the order of the declaration, everything escaped. Throws a final `MessageError` with a code of
   * `definitionErrors`, the path of the fault on the wire and in the value, where the value does not fit the declaration.
   */
  write(value: Value): string;
  /** A value that can be written, made up. `choose` decides what it has in it; without it, everything once, with plain texts. */
  makeUp(choose?: Choose): Value;
}

/**
 * Defines a message. What it needs for reading and writing is made at its first use, so that importing a hundred messages costs nothing.
 * Reading, writing and `fieldsOf` throw a `TypeError` when the declaration is ambiguous.
 */
export function defineXmlMessage<Value>({ root, systemId }: XmlMessageSpec): XmlMessage<Value> {
  if (root.kind !== 'group') throw new TypeError('The root of a message is one element.');
  const writing = new Writing(root);
  let plan: ElementPlan | undefined;
  return {
    root,
    systemId,
    read: (body, options = {}) => readMessage((plan ??= planOf(root)), body, options) as Value,
    readWithSurplus: (body, options = {}) =>
      readLeniently((plan ??= planOf(root)), body, options) as ReturnType<XmlMessage<Value>['readWithSurplus']>,
    write: (value) => written(writing, value, systemId),
    makeUp: (choose) => makeUp(root, choose) as Value,
  };
}

function readMessage(plan: ElementPlan, body: Uint8Array | string, options: MessageReadingOptions): unknown {
  const quick = readQuickly(plan, body, options);
  if (quick !== undefined) return quick.result;
  const decoder = new Decoder(plan, options);
  readStrictly(decoder, body, options);
  return decoder.result;
}

/** The plain reader is left out: who sends more than was agreed is read now and then, and once is enough. */
function readLeniently(
  plan: ElementPlan,
  body: Uint8Array | string,
  options: MessageReadingOptions,
): { readonly value: unknown; readonly surplus: object } {
  const decoder = new Decoder(plan, options);
  const filter = new SurplusFilter(decoder);
  readStrictly(filter, body, options);
  return { value: decoder.result, surplus: { ...filter.surplus } };
}

function readStrictly(handler: XmlHandler, body: Uint8Array | string, options: MessageReadingOptions): void {
  try {
    parseXml(body, handler, options);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw located(error, body, options);
  }
}

/** The error for a fault, with its place. */
function located(fault: Fault, body: Uint8Array | string, options: ReadingOptions): MessageError {
  const { steps, ordinal, below = '' } = fault.where;
  const { counts, ...position } = locate(body, ordinal, options);
  const { code, message, hint } = fault.ifRepeated !== undefined && (counts.at(-1) ?? 1) > 1 ? fault.ifRepeated : fault;
  return definitionErrors[code](message, { at: placed(pathOf(steps, counts) + below, position), hint });
}

/**
 * Nearly every message that is right can be read by the plain reader. What it does not take, and what is wrong, is read
 * again by the strict one, which alone says what is wrong and where.
 */
function readQuickly(plan: ElementPlan, body: Uint8Array | string, options: MessageReadingOptions): Decoder | undefined {
  const decoder = new Decoder(plan, options);
  try {
    return readPlain(body, decoder, options) ? decoder : undefined;
  } catch {
    // What the declaration refuses is refused again by the strict reading, with its place.
    return undefined;
  }
}

const codes: Readonly<Record<MisfitKind, DefinitionErrorCode>> = {
  missing: 'WB_XML_MISSING_ELEMENT',
  'bad value': 'WB_XML_BAD_VALUE',
  'too many': 'WB_XML_TOO_MANY',
  beside: 'WB_XML_UNEXPECTED_ELEMENT',
};

function written(writing: Writing, value: unknown, systemId: string | undefined): string {
  const sink = new DocumentSink(systemId);
  try {
    writing.write(value, sink);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const { kind, message, wire, field, hint } = error;
    const code = kind === 'missing' && /@[^/]*$/.test(wire) ? 'WB_XML_MISSING_ATTRIBUTE' : codes[kind];
    throw definitionErrors[code](message, { at: field === '' ? wire : `${wire} (${field})`, hint });
  }
  return sink.toString();
}
