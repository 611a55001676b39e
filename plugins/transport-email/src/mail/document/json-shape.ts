import { errors } from '../../errors.ts';

/** Below this size no text holds so many values that their memory matters, in bytes. */
const small = 1024 ** 2;
/** 100,000 recipients with their names have 300,000. */
const mostValues = 1_000_000;
const deepest = 32;

const [quote, backslash, comma] = [34, 92, 44];
const opening = new Set([91, 123]);
const closing = new Set([93, 125]);

/**
 * Counts the values of a large JSON text before it is parsed: three bytes make an object of sixty, so that a text that is small enough to be held would become more
 * than the process has. Throws WB_EMAIL_DOCUMENT. What is no JSON is left to the parser.
 */
export function checkShape(body: Uint8Array): void {
  if (body.byteLength < small) return;
  let values = 0;
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] as number;
    if (byte === quote) at = endOfText(body, at);
    else if (byte === comma) values++;
    else if (closing.has(byte)) depth--;
    else if (opening.has(byte)) {
      values++;
      depth++;
    }
    if (depth > deepest) throw errors.WB_EMAIL_DOCUMENT(`The mail document is nested more than ${deepest} deep.`);
    if (values > mostValues) throw errors.WB_EMAIL_DOCUMENT(`The mail document has more than ${mostValues.toLocaleString('en')} values.`);
  }
}

/** The quote that ends the text; the end of the body where none does. */
function endOfText(body: Uint8Array, start: number): number {
  for (let end = body.indexOf(quote, start + 1); end !== -1; end = body.indexOf(quote, end + 1)) {
    let escapes = 0;
    while (body[end - 1 - escapes] === backslash) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return body.length;
}
