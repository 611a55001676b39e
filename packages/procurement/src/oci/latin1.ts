/** What a browser can write into a form in ISO-8859-1, which to browsers is code page 1252. */
const characters = new Set(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)));

/** The characters of the text that are not in ISO-8859-1. */
export function foreignIn(text: string): readonly string[] {
  return Array.from(text).filter((each) => !characters.has(each));
}
