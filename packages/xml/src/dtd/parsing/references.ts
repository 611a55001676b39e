/** What a literal refers to: a character, a general entity, a parameter entity, or, where all are undefined, a sign that refers to nothing. */
export interface Reference {
  readonly character?: string | undefined;
  readonly entity?: string | undefined;
  readonly parameter?: string | undefined;
}

const name = '[^ \\t\\n<>()[\\]|,?*+%&;"\'=!#/]+';
const references = new RegExp(`&#x([0-9a-fA-F]+);|&#([0-9]+);|&(${name});|%(${name});|[&%]`, 'g');

/** The text with each reference replaced by what `replace` makes of it. */
export function withReferences(text: string, replace: (reference: Reference, written: string) => string): string {
  return text.replace(references, (written: string, hex?: string, decimal?: string, entity?: string, parameter?: string) => {
    if (entity !== undefined || parameter !== undefined) return replace({ entity, parameter }, written);
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return replace({ character: isCharacter(code) ? String.fromCodePoint(code) : undefined }, written);
  });
}

function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
