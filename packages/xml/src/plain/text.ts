// What the plain reader needs to know about characters. "No" means that it is not sure; the strict reader then decides.

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
