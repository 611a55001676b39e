import type { XmlPosition } from '../reading/handler.ts';
import type { XmlLimits } from '../reading/limits.ts';

// The text of a plain document: its codes, characters and names. Where a function here answers false, undefined or `giveUp`, the
// plain reader is not sure, and the strict reader decides.

/** Codes of a document's UTF-16 units. Typed arrays are read much faster than texts. */
export type Codes = Uint8Array | Uint16Array;

/** What is answered instead of an index when the document is not plain. */
export const giveUp = -1;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text with every line end as a line feed, which XML prescribes; undefined where the strict reader has to read it. */
export function plainText(body: Uint8Array | string, limits: XmlLimits): string | undefined {
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  if (bytes > limits.bytes) return undefined;
  const text = decoded(body);
  // If the whole document is within the limit of a text, so is every text, comment and tag in it.
  if (text === undefined || text.length > limits.textLength) return undefined;
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function decoded(body: Uint8Array | string): string | undefined {
  if (typeof body === 'string') return body.isWellFormed() ? body : undefined;
  try {
    return decoder.decode(body);
  } catch {
    return undefined;
  }
}

export function codesOf(text: string, body: Uint8Array | string): Codes {
  // A text as long as its UTF-8 is ASCII. (When line ends were replaced, it is shorter.)
  if (typeof body !== 'string' && text.length === body.length) return body;
  const codes = new Uint16Array(text.length);
  Buffer.from(codes.buffer).write(text, 'utf16le');
  return codes;
}

const tab = 9;
const lineFeed = 10;

/** True for what may stand in text as it is. Halves of surrogate pairs have been paired by then, carriage returns replaced. */
export function isPlainCode(code: number): boolean {
  return code >= 32 ? code < 0xfffe : code === lineFeed || code === tab;
}

function isBlankCode(code: number): boolean {
  return code === 32 || code === lineFeed || code === tab;
}

export function behindBlanks(codes: Codes, start: number): number {
  let at = start;
  while (isBlankCode(codes[at] as number)) at += 1;
  return at;
}

const unplain = /[^\t\n -\ufffd]/;

export function behindComment(text: string, start: number): number {
  if (!text.startsWith('<!--', start)) return giveUp;
  const end = text.indexOf('--', start + 4);
  if (end < 0 || text[end + 2] !== '>' || unplain.test(text.slice(start, end))) return giveUp;
  return end + 3;
}

const cdata = '<![CDATA[';
const endOfCdata = ']]>';

/** The place of the characters of a CDATA section that begins at `start`; undefined where there is none, or it is not plain. */
export function cdataAt(text: string, start: number): { readonly from: number; readonly to: number; readonly behind: number } | undefined {
  if (!text.startsWith(cdata, start)) return undefined;
  const [from, to] = [start + cdata.length, text.indexOf(endOfCdata, start + cdata.length)];
  if (to < 0 || unplain.test(text.slice(from, to))) return undefined;
  return { from, to, behind: to + endOfCdata.length };
}

/** How often the end of a CDATA section stands in a text. In the text of an element it is not allowed. */
export function endsOfCdata(text: string): number {
  let count = 0;
  for (let at = text.indexOf(endOfCdata); at >= 0; at = text.indexOf(endOfCdata, at + 1)) count += 1;
  return count;
}

/** Line and column of a place, both from 1; columns count characters. */
export function positionAt(text: string, at: number): XmlPosition {
  let line = 1;
  let from = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', from)) {
    line += 1;
    from = end + 1;
  }
  return { line, column: Array.from(text.slice(from, at)).length + 1 };
}

const nameStart = 1;
const nameRest = 2;
const kinds = new Uint8Array(128);
for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:') kinds[sign.charCodeAt(0)] = nameStart;
for (const sign of '0123456789.-') kinds[sign.charCodeAt(0)] = nameRest;

export function beginsName(code: number): boolean {
  return code < 128 && kinds[code] === nameStart;
}

export function continuesName(code: number): boolean {
  return code < 128 && kinds[code] !== 0;
}

const slots = 2048;
/** How many slots a name may be in. With a single one, some names of a message would replace each other all the time. */
const choices = 4;
/** Names are kept, so they have to be short. */
export const longestName = 64;
const names: string[] = Array.from({ length: slots }, () => '');
const nameCodes = new Uint8Array(slots * longestName);
/** Counts the names that were kept. It decides which of the `choices` a new name replaces, so that names in use find a place in the end. */
let kept = 0;

/**
 * The ASCII name from `start` to `end`, as the same string object however often it is read: comparing an object with itself
 * takes no time. `hash` picks the slots. Unknown names replace known ones, so that they take time and no memory.
 */
export function sharedName(codes: Codes, start: number, end: number, hash: number): string {
  for (let choice = 0; choice < choices; choice += 1) {
    const slot = (hash + choice) & (slots - 1);
    const known = names[slot] as string;
    if (known === '') return keepName(codes.subarray(start, end), slot);
    if (known.length === end - start && holds(slot, codes, start, end)) return known;
  }
  return keepName(codes.subarray(start, end), (hash + (kept % choices)) & (slots - 1));
}

function holds(slot: number, codes: Codes, start: number, end: number): boolean {
  const shift = slot * longestName - start;
  for (let at = start; at < end; at += 1) if (nameCodes[at + shift] !== codes[at]) return false;
  return true;
}

function keepName(codes: Codes, slot: number): string {
  nameCodes.set(codes, slot * longestName);
  // As the key of an object, a text becomes the same string object as the equal name in a declaration.
  const [name] = Object.keys({ [String.fromCharCode(...codes)]: true }) as [string];
  names[slot] = name;
  kept += 1;
  return name;
}

const reference = /&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));|&/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text with its references replaced; undefined when one is unknown or stands for no character of XML. */
export function withoutReferences(written: string): string | undefined {
  let sound = true;
  const text = written.replace(reference, (_whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
    if (name !== undefined) return entities[name] as string;
    const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
    sound &&= isXmlCharacter(code);
    return sound ? String.fromCodePoint(code) : '';
  });
  return sound ? text : undefined;
}

function isXmlCharacter(code: number): boolean {
  if (code < 32) return code === tab || code === lineFeed || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff);
}
