import { catalogue, type Encoding, utf8 } from './catalogue.ts';
import { errors } from './errors.ts';
import { nearest } from './nearest.ts';

/**
 * What names an encoding: an IANA name or alias (`UTF-8`, `ISO_8859-15`, `ebcdic-cp-us`), a name with a number as systems
 * write it (`cp037`, `IBM-1047`, `ibm01140`, `CCSID 500`), or a CCSID, as a number or in digits (`1208`, `'37'`). Upper and
 * lower case, blanks and punctuation make no difference.
 */
export type EncodingLabel = string | number;

/**
 * The name under which an encoding is known here, in lower case: `encodingNamed('IBM01140')` and `encodingNamed(1140)` are
 * `'cp1140'`. Throws WB_TEXT_UNKNOWN_ENCODING, with what was probably meant.
 */
export function encodingNamed(label: EncodingLabel): string {
  return knownEncoding(label).name;
}

/** Whether `label` names an encoding that is known here. For checking settings; never throws. */
export function isEncoding(label: EncodingLabel): boolean {
  return findEncoding(label) !== undefined;
}

/**
 * The number that IBM gave an encoding, by which MQ names it: `ccsidOf('utf-8')` is 1208. Undefined where there is none. Throws
 * WB_TEXT_UNKNOWN_ENCODING.
 */
export function ccsidOf(label: EncodingLabel): number | undefined {
  return knownEncoding(label).ccsids[0];
}

/** Throws WB_TEXT_UNKNOWN_ENCODING; `saidBy` begins the sentence, such as "The XML declaration". */
export function knownEncoding(label: EncodingLabel, saidBy?: string): Encoding {
  const found = findEncoding(label);
  if (found !== undefined) return found;
  const shown = typeof label === 'number' ? `the CCSID ${label}` : `"${printable(label)}"`;
  const near = typeof label === 'number' ? undefined : nearest(label, catalogue);
  const message = saidBy === undefined ? `There is no encoding ${shown}.` : `${saidBy} names an encoding that is not known: ${shown}.`;
  throw errors.WB_TEXT_UNKNOWN_ENCODING(message, near === undefined ? {} : { hint: `Did you mean "${near}"?` });
}

export function findEncoding(label: EncodingLabel): Encoding | undefined {
  // Nearly every message is in UTF-8, and a process that sees no other encoding never builds the index of names.
  if (label === 'utf-8' || label === 'UTF-8') return utf8;
  names ??= indexed();
  if (typeof label === 'number') return names.numbers.get(label);
  // The names that `encodingOf` gives are keys themselves.
  const named = names.words.get(label);
  if (named !== undefined) return named;
  const key = keyOf(label);
  const number = /^(?:x?ibm|cp|ccsid)?0*([1-9]\d{1,4})$/.exec(key)?.[1];
  return names.words.get(key) ?? (number === undefined ? undefined : names.numbers.get(Number(number)));
}

interface Names {
  readonly words: ReadonlyMap<string, Encoding>;
  readonly numbers: ReadonlyMap<number, Encoding>;
}

/** Built when the first name has to be looked up. */
let names: Names | undefined;

function indexed(): Names {
  return {
    words: new Map(catalogue.flatMap((each) => [each.name, ...keysOf(each)].map((word) => [word, each] as const))),
    numbers: new Map(catalogue.flatMap((each) => each.ccsids.map((ccsid) => [ccsid, each] as const))),
  };
}

function keysOf({ name, aliases }: Encoding): readonly string[] {
  return [name, ...aliases].map(keyOf);
}

/** A label without case, blanks and punctuation, which make no difference. */
function keyOf(label: string): string {
  return label.length > 60 ? '' : label.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** A label comes from outside and may be anything. */
function printable(label: string): string {
  const shown = label.replaceAll(/[^\x20-\x7e]/g, '?');
  return shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
}
