import { type Encoding, utf8, utf16, utf16be, utf16le } from './catalogue.ts';
import { charsetOf } from './content-type.ts';
import { byteOrderOf } from './converters/unicode.ts';
import { errors } from './errors.ts';
import { declaredEncoding, encodingOfMark, type Family, familyOf, fits } from './first-bytes.ts';
import { type EncodingLabel, findEncoding, knownEncoding } from './names.ts';

/** What is known about a message before anybody has read it. */
export interface EncodingFacts {
  readonly body: Uint8Array;
  /** The content type that the transport states. Of it, the parameter `charset` is looked at. */
  readonly contentType?: string | undefined;
  /**
   * What the transport states elsewhere: a CCSID of MQ, a name. It comes before the content type. A transport that states
   * "binary" or "the same as the queue manager's" (0, 65535) states nothing here.
   */
  readonly charset?: EncodingLabel | undefined;
  /** The encoding that the entry is set to. It decides where nothing in the message does. */
  readonly configured?: EncodingLabel | undefined;
}

/**
 * What decided.
 *
 * - transport: the charset or CCSID that came with the message.
 * - byte-order-mark: the first two or three bytes.
 * - declaration: the XML declaration.
 * - first-bytes: UTF-16 without a mark, known by the NUL beside the first `<`, and no declaration.
 * - setting: the entry.
 * - default: nothing tells the encoding, so it is UTF-8.
 */
export type EncodingSource = 'transport' | 'byte-order-mark' | 'declaration' | 'first-bytes' | 'setting' | 'default';

/** A statement about the encoding that was not followed, because it cannot be true. */
export interface OverruledEncoding {
  readonly from: 'transport' | 'declaration';
  /** As it was written. */
  readonly label: EncodingLabel;
}

export interface EncodingChoice {
  /** As `encodingNamed` gives it. UTF-16 always comes with its order, `utf-16le` or `utf-16be`. */
  readonly encoding: string;
  readonly from: EncodingSource;
  /**
   * The statements that were not followed. They are worth a line in the log, because somebody has set something up wrongly. A
   * declaration is not read, and so not listed, where the transport or a mark has decided.
   */
  readonly overruled: readonly OverruledEncoding[];
}

/**
 * Which encoding a message is in. Looks at a few bytes only. Call it once for each message, and then `toUtf8`, unless the pack
 * asks for bytes. What decides, first to last:
 *
 * 1. **The transport**, because whoever carries a text may convert it, and then corrects what it states and not the text. One
 *    thing overrules it (RFC 7303, section 3): a byte order mark of another encoding, since no text begins with the characters
 *    that a mark would be there, and headers are wrong more often. Where the transport states an EBCDIC page, no mark is
 *    looked for: EBCDIC has none, and a record may begin with a number whose bytes look like one.
 * 2. **A byte order mark.**
 * 3. **The XML declaration**, read in the encoding that the first four bytes show (XML 1.0, appendix F); without one, UTF-16
 *    where these bytes show it. A declaration that contradicts them, such as "UTF-16" written in ASCII, or that names an
 *    unknown encoding, decides nothing: then the entry must.
 * 4. **The entry.**
 * 5. **UTF-8.**
 *
 * Throws WB_TEXT_UNKNOWN_ENCODING when whoever decides names an encoding that is not known, and WB_TEXT_CONTRADICTION when a
 * declaration contradicts the bytes and the entry does not say what is right. Give neither `contentType` nor `charset` for an
 * entry that knows better than its transport.
 */
export function encodingOf({ body, contentType, charset, configured }: EncodingFacts): EncodingChoice {
  // A content type without a semicolon has no parameters.
  const stated = charset ?? (contentType?.includes(';') ? charsetOf(contentType) : undefined);
  if (stated !== undefined) return statedEncoding(body, stated);
  const usual = usualEncoding(body, configured);
  if (usual !== undefined) return usual;
  const marked = encodingOfMark(body);
  if (marked !== undefined) return choice(marked, 'byte-order-mark');
  const family = familyOf(body);
  const declared = declaredEncoding(body, family);
  return declared === undefined ? undeclaredEncoding(body, family, configured) : declaredOrSet(declared, family, configured);
}

/** The declaration with which most documents begin. */
const usualDeclaration = Buffer.from('<?xml version="1.0" encoding="UTF-8"?>');

/**
 * What the rules give for nearly every document, found by a look at its first bytes: the declaration above, or a `<` in
 * single bytes with no declaration behind it and no setting. Undefined for all others.
 */
function usualEncoding(body: Uint8Array, configured: EncodingLabel | undefined): EncodingChoice | undefined {
  if (body[0] !== 0x3c) return undefined;
  if (body[1] !== 0x3f) return body[1] === 0 || configured !== undefined ? undefined : undeclaredUtf8;
  for (let at = 2; at < usualDeclaration.length; at++) if (body[at] !== usualDeclaration[at]) return undefined;
  return declaredUtf8;
}

function statedEncoding(body: Uint8Array, stated: EncodingLabel): EncodingChoice {
  const known = findEncoding(stated);
  const marked = known?.kind === 'ebcdic' ? undefined : encodingOfMark(body);
  if (marked === undefined) return choice(ordered(known ?? knownEncoding(stated, 'The transport'), body), 'transport');
  if (known === marked || (known === utf16 && marked.kind === 'utf-16')) return choice(marked, 'transport');
  return choice(marked, 'byte-order-mark', [{ from: 'transport', label: stated }]);
}

function undeclaredEncoding(body: Uint8Array, family: Family, configured: EncodingLabel | undefined): EncodingChoice {
  if (family === 'utf-16le') return choice(utf16le, 'first-bytes');
  if (family === 'utf-16be') return choice(utf16be, 'first-bytes');
  const set = configured === undefined ? undefined : knownEncoding(configured, 'The setting');
  if (family === 'ascii') return set === undefined ? choice(utf8, 'default') : choice(ordered(set, body), 'setting');
  if (set?.kind === 'ebcdic') return choice(set, 'setting');
  throw errors.WB_TEXT_CONTRADICTION('The document is in EBCDIC and does not declare which code page.');
}

function declaredOrSet(declared: string, family: Family, configured: EncodingLabel | undefined): EncodingChoice {
  const known = findEncoding(declared);
  if (known !== undefined && fits(known, family)) return choice(inFamily(known, family), 'declaration');
  const set = configured === undefined ? undefined : knownEncoding(configured, 'The setting');
  if (set !== undefined && fits(set, family)) return choice(inFamily(set, family), 'setting', [{ from: 'declaration', label: declared }]);
  const { name } = known ?? knownEncoding(declared, 'The XML declaration');
  const shown = { ascii: 'single bytes', ebcdic: 'EBCDIC', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16' }[family];
  throw errors.WB_TEXT_CONTRADICTION(`The document declares the encoding ${name}, and its first bytes are in ${shown}.`);
}

function inFamily(encoding: Encoding, family: Family): Encoding {
  if (encoding !== utf16) return encoding;
  return family === 'utf-16le' ? utf16le : utf16be;
}

function ordered(encoding: Encoding, body: Uint8Array): Encoding {
  if (encoding !== utf16) return encoding;
  return byteOrderOf(body) === 'le' ? utf16le : utf16be;
}

const none: readonly OverruledEncoding[] = [];
const declaredUtf8 = choice(utf8, 'declaration');
const undeclaredUtf8 = choice(utf8, 'default');

function choice({ name }: Encoding, from: EncodingSource, overruled: readonly OverruledEncoding[] = none): EncodingChoice {
  return { encoding: name, from, overruled };
}
