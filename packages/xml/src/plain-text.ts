// What the plain reader needs to know about characters. All of it is on the safe side: "no" means that somebody else decides.

const tab = 9;
const lineFeed = 10;

/** True for what may stand in text as it is. Halves of surrogate pairs have been paired by then, carriage returns replaced. */
export function isPlainCode(code: number): boolean {
  return code >= 32 ? code < 0xfffe : code === lineFeed || code === tab;
}

export function isBlankCode(code: number): boolean {
  return code === 32 || code === lineFeed || code === tab;
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

/** Codes of a document's UTF-16 units. Typed arrays are read much faster than texts. */
export type Codes = Uint8Array | Uint16Array;

const slots = 2048;
/** How many slots a name may be in. With one, some names of any message would push each other out all the time. */
const choices = 4;
/** Names are kept, so they have to be short. */
export const longestName = 64;
const names: string[] = Array.from({ length: slots }, () => '');
const nameCodes = new Uint8Array(slots * longestName);

/**
 * The ASCII name from `start` to `end`, as one string however often it is read: texts that are the same object are
 * compared at once. `hash` picks the slots; foreign names push known ones out, so they cost time and no memory.
 */
export function sharedName(codes: Codes, start: number, end: number, hash: number): string {
  for (let choice = 0; choice < choices; choice += 1) {
    const slot = (hash + choice) & (slots - 1);
    const known = names[slot] as string;
    if (known === '') return keepName(codes.subarray(start, end), slot);
    if (known.length === end - start && holds(slot, codes, start, end)) return known;
  }
  return keepName(codes.subarray(start, end), hash & (slots - 1));
}

function holds(slot: number, codes: Codes, start: number, end: number): boolean {
  const shift = slot * longestName - start;
  for (let at = start; at < end; at += 1) if (nameCodes[at + shift] !== codes[at]) return false;
  return true;
}

function keepName(codes: Codes, slot: number): string {
  nameCodes.set(codes, slot * longestName);
  // Only as the key of an object a text is the very object that its equals in a declaration are.
  const [name] = Object.keys({ [String.fromCharCode(...codes)]: true }) as [string];
  names[slot] = name;
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
