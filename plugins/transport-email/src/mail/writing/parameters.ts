import { encodedWords } from './encoded-words.ts';

/** How much of a value stands in one line. */
const piece = 50;

/** What may stand in a quoted string as it is, whoever reads it. */
const plain = /^(?!.*=\?)[ !#-[\]-~]{1,50}$/;

/** `; name="value"` on lines of their own: as it is where it is short ASCII, else in the way of RFC 2231. */
export function parameter(name: string, value: string): string {
  if (plain.test(value)) return `;\r\n ${name}="${value}"`;
  const pieces = piecesOf(value);
  const [only] = pieces;
  if (pieces.length === 1) return `;\r\n ${name}*=utf-8''${only}`;
  return pieces.map((each, index) => `;\r\n ${name}*${index}*=${index === 0 ? "utf-8''" : ''}${each}`).join('');
}

/** For readers who do not know RFC 2231: encoded words within quotes, which no rule allows and everybody reads. */
export function oldParameter(name: string, value: string): string {
  return plain.test(value) ? `;\r\n ${name}="${value}"` : `;\r\n ${name}="${encodedWords(value, name.length + 3, 2)}"`;
}

/** Percent-encoded, no piece with half a character. */
function piecesOf(value: string): readonly string[] {
  const pieces: string[] = [];
  let current = '';
  for (const character of value) {
    const written = /^[A-Za-z0-9!#$&+.^_`|~-]$/.test(character) ? character : percentEncoded(character);
    if (current.length + written.length > piece) {
      pieces.push(current);
      current = '';
    }
    current += written;
  }
  return [...pieces, current];
}

function percentEncoded(character: string): string {
  return Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
