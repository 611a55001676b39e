import type { MessageError } from '@waybill/contract';
import { type Group, Misfit, type MisfitKind, makeUp, type Node, type Writing, writingOf } from '@waybill/mapping';
import type { Choose } from '@waybill/values';
import { Decoder, type DecodingOptions } from '../decoding/decoder.ts';
import { Fault } from '../decoding/faults.ts';
import { locate, type Read } from '../decoding/locate.ts';
import { pathOf, placed } from '../decoding/path.ts';
import type { ElementPlan } from '../decoding/plan.ts';
import { planOf } from '../decoding/plan-of.ts';
import { readPlain } from '../plain/reader.ts';
import type { XmlHandler } from '../reading/handler.ts';
import { defaultLimits } from '../reading/limits.ts';
import type { ReadingOptions } from '../reading/options.ts';
import { parseXml } from '../reading/parse.ts';
import { XmlWriter } from '../writing/writer.ts';
import { DeclaredOrder } from './declared-order.ts';
import { type DefinitionErrorCode, definitionErrors } from './errors.ts';
import type { XmlReading, XmlSurplus } from './reading-options.ts';
import { SurplusFilter } from './surplus-filter.ts';

export interface XmlMessageSpec {
  /** Makes the root element, with `mapping().group`, at the first use of the message. Its nodes live in the value as a whole. */
  readonly root: () => Node;
  /** The system identifier of the DOCTYPE, `Update_WCS_OrderStatus_30.dtd`. Without it none is written. */
  readonly systemId?: string;
}

/** How a message is read: the document, and what its texts mean. */
export interface MessageReadingOptions extends ReadingOptions, DecodingOptions {}

/** How a message is read from a sender who keeps less to the declaration than was agreed. */
export interface LenientReadingOptions extends MessageReadingOptions {
  /** True: what the declaration has no place for is refused, as `read` does. Default false. */
  readonly refuseUnknown?: boolean | undefined;
  /** True: the children of an element may stand in another order than the declaration has them in. Default false. */
  readonly anyOrder?: boolean | undefined;
  /**
   * True: of elements that come more often than once where one is allowed, the first counts, and text among elements means nothing; both are
   * told as surplus. Default false: they are refused.
   */
  readonly takeOutMore?: boolean | undefined;
}

/** How a message is written. */
export interface MessageWritingOptions {
  /** The system identifier of the DOCTYPE. Default: that of the message. */
  readonly systemId?: string | undefined;
}

/** A message that was read leniently, and what was not as it should be. */
export interface LenientlyRead<Value> {
  readonly value: Value;
  /** What the declaration has no place for: texts by their path, `Order/Item[2]/Colour` or `Order@lang`. */
  readonly surplus: Readonly<Record<string, string>>;
  /** Elements whose children stood in another order, by their path; not there unless any order was allowed. */
  readonly reordered?: readonly string[];
}

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
   * As `read`, but elements and attributes that the declaration has no place for are taken out first, and told. What is known has to be
   * right as ever. Their paths and texts together may have as many characters as the document may have bytes (`limits.bytes`); what has more is
   * refused.
   */
  readWithSurplus(body: Uint8Array | string, options?: LenientReadingOptions): LenientlyRead<Value>;
  /**
   * The document for a value, in the order of the declaration, everything escaped. Throws a final `MessageError` with a code of
   * `definitionErrors`, the path of the fault on the wire and in the value, where the value does not fit the declaration.
   */
  write(value: Value, options?: MessageWritingOptions): string;
  /** A value that can be written, made up. `choose` decides what it has in it; without it, everything once, with plain texts. */
  makeUp(choose?: Choose): Value;
}

/**
 * Defines a message. Its nodes, and what it needs for reading and writing, are made at its first use, so that importing a hundred messages
 * costs next to nothing. That use throws a `TypeError` when the declaration is one that no message could follow, or is ambiguous.
 */
export function defineXmlMessage<Value>({ root, systemId }: XmlMessageSpec): XmlMessage<Value> {
  const message = new Defined(root);
  return {
    get root() {
      return message.root;
    },
    systemId,
    read: (body, options = {}) => readMessage(message.plan, body, options) as Value,
    readWithSurplus: (body, options = {}) => readLeniently(message.plan, body, options) as LenientlyRead<Value>,
    write: (value, options) => written(message.writing, value, options?.systemId ?? systemId),
    makeUp: (choose) => makeUp(message.root, choose) as Value,
  };
}

/** What a declaration is made into, each part when it is first needed. */
class Defined {
  readonly #make: () => Node;
  #root: Group | undefined;
  #plan: ElementPlan | undefined;
  #writing: Writing | undefined;

  constructor(make: () => Node) {
    this.#make = make;
  }

  get root(): Group {
    this.#root ??= rootOf(this.#make());
    return this.#root;
  }

  get plan(): ElementPlan {
    this.#plan ??= planOf(this.root);
    return this.#plan;
  }

  get writing(): Writing {
    this.#writing ??= writingOf(this.root);
    return this.#writing;
  }
}

function rootOf(node: Node): Group {
  if (node.kind !== 'group') throw new TypeError('The root of a message is one element.');
  return node;
}

/**
 * Reads a document as an entry has chosen it. It was converted to UTF-8 before, whatever its declaration says about its encoding. `surplus`: undefined
 * where nothing was let pass. Throws as `message.read` does.
 */
export function readXml<Value>(
  message: XmlMessage<Value>,
  body: Uint8Array,
  { limits: most, emptyElementClearsData, lenient: { unknown, order } }: XmlReading,
): { readonly value: Value; readonly surplus: XmlSurplus | undefined } {
  const reading = { limits: most, encodingKnown: true, emptyIsAbsent: !emptyElementClearsData };
  if (unknown === 'refuse' && order === 'declared') return { value: message.read(body, reading), surplus: undefined };
  const how = { ...reading, refuseUnknown: unknown === 'refuse', anyOrder: order === 'any' };
  const { value, surplus, reordered = [] } = message.readWithSurplus(body, how);
  const isMore = Object.keys(surplus).length > 0;
  if (!isMore && reordered.length === 0) return { value, surplus: undefined };
  return { value, surplus: { ...(isMore ? { unknown: surplus } : {}), ...(reordered.length > 0 ? { order: reordered } : {}) } };
}

/**
 * Nearly every message can be read by the plain reader. What it does not take is read again by the strict one. What the declaration
 * refuses is refused by whichever of them came to it: both tell the same of a document, up to where the plain one gives up.
 */
function readMessage(plan: ElementPlan, body: Uint8Array | string, options: MessageReadingOptions): unknown {
  const quick = new Decoder(plan, options);
  try {
    if (readPlain(body, quick, options)) return quick.result;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // In a text it is a fault of the document, which the plain reader finds at the end only.
    if (!hasEndOfCdata(body)) throw located(error, readPlain, body, options);
  }
  const decoder = new Decoder(plan, options);
  readStrictly(decoder, body, options);
  return decoder.result;
}

/** The plain reader is left out: who sends more than was agreed is read now and then, and once is enough. */
function readLeniently(plan: ElementPlan, body: Uint8Array | string, options: LenientReadingOptions): LenientlyRead<unknown> {
  const decoder = new Decoder(plan, options);
  const filter = options.refuseUnknown
    ? undefined
    : new SurplusFilter(decoder, options.limits?.bytes ?? defaultLimits.bytes, options.takeOutMore);
  const order = options.anyOrder ? new DeclaredOrder(plan, decoder, filter ?? decoder) : undefined;
  readStrictly(order ?? filter ?? decoder, body, options);
  return { value: decoder.result, surplus: { ...filter?.surplus }, ...(order && { reordered: order.reordered }) };
}

function readStrictly(handler: XmlHandler, body: Uint8Array | string, options: MessageReadingOptions): void {
  try {
    parseXml(body, handler, options);
  } catch (error) {
    if (error instanceof Fault) throw located(error, parseXml, body, options);
    throw error;
  }
}

function hasEndOfCdata(body: Uint8Array | string): boolean {
  return typeof body === 'string' ? body.includes(']]>') : Buffer.from(body.buffer, body.byteOffset, body.byteLength).includes(']]>');
}

/** The error for a fault, with its place. */
function located(fault: Fault, read: Read, body: Uint8Array | string, options: ReadingOptions): MessageError {
  const { steps, ordinal, below = '' } = fault.where;
  const { counts, ...position } = locate(read, body, { ordinal, names: steps.map(({ name }) => name) }, options);
  const { code, message, hint } = fault.ifRepeated !== undefined && (counts.at(-1) ?? 1) > 1 ? fault.ifRepeated : fault;
  return definitionErrors[code](message, { at: placed(pathOf(steps, counts) + below, position), hint });
}

const codes: Readonly<Record<MisfitKind, DefinitionErrorCode>> = {
  missing: 'WB_XML_MISSING_ELEMENT',
  'bad value': 'WB_XML_BAD_VALUE',
  'too many': 'WB_XML_TOO_MANY',
  beside: 'WB_XML_UNEXPECTED_ELEMENT',
};

function written(writing: Writing, value: unknown, systemId: string | undefined): string {
  const out = new XmlWriter({ systemId });
  try {
    writing.write(value, out);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const { kind, message, wire, field, hint } = error;
    const code = kind === 'missing' && /@[^/]*$/.test(wire) ? 'WB_XML_MISSING_ATTRIBUTE' : codes[kind];
    throw definitionErrors[code](message, { at: field === '' ? wire : `${wire} (${field})`, hint });
  }
  return out.toString();
}
