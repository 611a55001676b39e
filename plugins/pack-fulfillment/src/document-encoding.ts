/** In which encodings documents are written: those that every reader of XML knows, and the two that older ones fall back to. */
export const documentEncodings = ['utf-8', 'utf-16', 'iso-8859-1', 'us-ascii'] as const;
export type DocumentEncoding = (typeof documentEncodings)[number];

/** As the declaration of a document has them. */
const declared = { 'utf-16': 'UTF-16', 'iso-8859-1': 'ISO-8859-1', 'us-ascii': 'US-ASCII' } as const;

/**
 * A document, as it is written in UTF-8, in another encoding. Names of our messages are ASCII, so that what an encoding does not
 * have stands in texts and values only, where a reference means the same.
 */
export function encodeDocument(document: string, encoding: Exclude<DocumentEncoding, 'utf-8'>): Uint8Array {
  const text = document.replace('encoding="UTF-8"', `encoding="${declared[encoding]}"`);
  switch (encoding) {
    case 'utf-16':
      // Big-endian behind its mark, as XML 1.0, section 4.3.3 wants a mark.
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    case 'iso-8859-1':
      // Many readers take it for Windows-1252, which has other characters from 80 to 9F.
      return Buffer.from(text.replaceAll(/[^\0-\x7e\xa0-\xff]/gu, reference), 'latin1');
    case 'us-ascii':
      return Buffer.from(text.replaceAll(/[^\0-\x7f]/gu, reference), 'latin1');
  }
}

function reference(character: string): string {
  return `&#x${character.codePointAt(0)?.toString(16).toUpperCase()};`;
}
