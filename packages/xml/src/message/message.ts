import type { Choose } from '@waybill/values';
import { definitionErrors } from '../declaring/errors.ts';
import type { ElementNode } from '../declaring/nodes.ts';
import { planOf } from '../decoding/content-model.ts';
import { Decoder, type DecodingOptions } from '../decoding/decoder.ts';
import { Fault } from '../decoding/faults.ts';
import { locate } from '../decoding/locate.ts';
import { placed } from '../decoding/path.ts';
import type { ElementPlan } from '../decoding/plan.ts';
import { readPlain } from '../plain/reader.ts';
import type { ReadingOptions } from '../reading/options.ts';
import { parseXml } from '../reading/parse.ts';
import { Encoder } from './encoder.ts';
import { makeUp } from './make-up.ts';

export interface XmlMessageSpec<Value, Writing> {
  readonly root: ElementNode<Value, Writing>;
  /** The system identifier of the DOCTYPE, `Update_WCS_OrderStatus_30.dtd`. Without it none is written. */
  readonly systemId?: string;
}

/** How a message is read: the document, and what its texts mean. */
export interface MessageReadingOptions extends ReadingOptions, DecodingOptions {}

/** A message as one declaration: everything that is known about it follows from the declaration. */
export interface XmlMessage<Value, Writing = Value> {
  readonly root: ElementNode<Value, Writing>;
  readonly systemId: string | undefined;
  /**
   * Reads and checks a whole document. Throws a final `MessageError`: a code of `definitionErrors` with the path and
   * `line:column` of the fault, or a code of the reader where the document is not well-formed or exceeds a limit.
   */
  read(body: Uint8Array | string, options?: MessageReadingOptions): Value;
  /**
   * The document for a value, in schema order, everything escaped. Throws a final `MessageError` with a code of
   * `definitionErrors` and the path of the fault where the value does not fit the declaration.
   */
  write(value: Writing): string;
  /** A valid value, made up. `choose` decides what it has in it; without it, everything once, with plain texts. */
  makeUp(choose?: Choose): Value;
}

/** Defines a message. Throws a `TypeError` when the declaration is ambiguous. */
export function defineXmlMessage<Value, Writing>(spec: XmlMessageSpec<Value, Writing>): XmlMessage<Value, Writing> {
  const { root, systemId } = spec;
  const plan = planOf(root);
  return {
    root,
    systemId,
    read: (body, options = {}) => readMessage(plan, body, options) as Value,
    write: (value) => new Encoder(systemId).document(root, value),
    makeUp: (choose) => makeUp(root, choose) as Value,
  };
}

function readMessage(plan: ElementPlan, body: Uint8Array | string, options: MessageReadingOptions): unknown {
  const quick = readQuickly(plan, body, options);
  if (quick !== undefined) return quick.result;
  const decoder = new Decoder(plan, options);
  try {
    parseXml(body, decoder, options);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, message, path, ordinal, hint } = error;
    throw definitionErrors[code](message, { at: placed(path, locate(body, ordinal, options)), hint });
  }
  return decoder.result;
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
