import { decodeQuotedPrintable } from '../transfer-encoding.ts';
import { textIn } from './text-in.ts';

const word = /=\?([!->@-~]{1,60})\?([bBqQ])\?([!->@-~]*)\?=/g;

/** A text with its encoded words decoded (RFC 2047): `=?UTF-8?Q?N=C3=A4he?=`. Blanks between two words do not count. What is none stays as it is. */
export function encodedWords(text: string): string {
  if (!text.includes('=?')) return text;
  return text.replaceAll(/(\?=)[ \t]+(=\?)/g, '$1$2').replaceAll(word, (written, charset: string, form: string, encoded: string) => {
    const bytes = form.toLowerCase() === 'b' ? Buffer.from(encoded, 'base64') : ofLetters(encoded);
    // A language may follow the charset, RFC 2231.
    return (bytes && textIn(bytes, charset.split('*')[0] ?? charset)) ?? written;
  });
}

/** Quoted-printable, with an underscore for a blank. */
function ofLetters(encoded: string): Uint8Array | undefined {
  return decodeQuotedPrintable(Buffer.from(encoded.replaceAll('_', '=20'), 'latin1'));
}
