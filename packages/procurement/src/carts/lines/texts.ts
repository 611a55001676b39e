/** A character that no XML document may hold, not even as a reference: XML 1.0, section 2.2. Half of a surrogate pair is one. */
const outsideXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The text with U+FFFD for what XML cannot hold, and with the line ends that XML has: a browser and an XML reader make these of all others. */
export function xmlText(text: string): string {
  return text.replace(outsideXml, '\uFFFD').replace(/\r\n?/g, '\n');
}

/** Whether `xmlText` loses a character. */
export function holdsOthers(text: string): boolean {
  return text.search(outsideXml) >= 0;
}

/** (TM), (R) and (C) for the signs. */
export function withPlainMarks(text: string): string {
  return text
    .replace(/\u2122/g, '(TM)')
    .replace(/\u00AE/g, '(R)')
    .replace(/\u00A9/g, '(C)');
}

/** How long a text is: in characters, or in bytes of UTF-8. */
export function lengthOf(text: string, countsBytes: boolean): number {
  if (countsBytes) return Buffer.byteLength(text);
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/**
 * The beginning of the text that is at most `most` long: it ends behind a word where that costs less than half of it, and in any case behind what a person
 * sees as one character.
 */
export function cutTo(text: string, most: number, countsBytes: boolean): string {
  if (text.length <= most && !countsBytes) return text;
  if (lengthOf(text, countsBytes) <= most) return text;
  // A code point has one or two units; nothing behind these can be within the limit.
  const start = text.slice(0, 2 * most + 2);
  const letters = Array.from(characters.segment(start), ({ segment }) => segment);
  // A letter with more marks above it than the buyer takes characters is cut between the marks.
  const end = endOf(letters, most, countsBytes) || endOf(Array.from(start), most, countsBytes);
  const blank = blankAt(text, end) ? end : lastBlankBefore(text, end);
  return text.slice(0, blank > end / 2 ? blank : end).trimEnd();
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Where the last of the pieces ends that is within the limit. */
function endOf(pieces: readonly string[], most: number, countsBytes: boolean): number {
  let [length, end] = [0, 0];
  for (const piece of pieces) {
    length += lengthOf(piece, countsBytes);
    if (length > most) break;
    end += piece.length;
  }
  return end;
}

function lastBlankBefore(text: string, end: number): number {
  for (let at = end - 1; at > 0; at -= 1) if (blankAt(text, at)) return at;
  return 0;
}

function blankAt(text: string, at: number): boolean {
  const character = text[at];
  return character === ' ' || character === '\n' || character === '\t' || character === '\u00A0';
}
