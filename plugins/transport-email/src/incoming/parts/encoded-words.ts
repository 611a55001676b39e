import { isCharset, textIn } from './charset.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer-encoding.ts';

/** `=?charset*language?B or Q?text?=`. Blanks within are forbidden and written by some all the same. */
const word = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,60})?\?([bq])\?([^?]*)\?=/gi;

/**
 * A field's value for people: encoded words are read (RFC 2047), the white space between two of them is left out, and a
 * character that is parted between two words of one charset is whole again. What is no word stays as it is. Control characters,
 * written or encoded, become blanks: a name with a line break is no second field.
 */
export function readWords(value: string): string {
  return withoutControls(value.includes('=?') ? decoded(value) : value);
}

function decoded(value: string): string {
  const text: string[] = [];
  let end = 0;
  /** The words of one charset that stand side by side. */
  let run: { readonly charset: string; readonly bytes: Uint8Array[] } | undefined;
  for (const match of value.matchAll(word)) {
    const charset = (match[1] ?? '').toLowerCase();
    const between = value.slice(end, match.index);
    end = match.index + match[0].length;
    const adjoins = run !== undefined && /^\s*$/.test(between);
    if (run && !(adjoins && run.charset === charset)) text.push(textOf(run));
    if (!adjoins) text.push(between);
    if (!adjoins || run?.charset !== charset) run = isCharset(charset) ? { charset, bytes: [] } : undefined;
    if (run) run.bytes.push(bytesOf(match[2] ?? '', match[3] ?? ''));
    else text.push(match[0]);
  }
  if (run) text.push(textOf(run));
  text.push(value.slice(end));
  return text.join('');
}

function textOf({ charset, bytes }: { readonly charset: string; readonly bytes: readonly Uint8Array[] }): string {
  return textIn(Buffer.concat(bytes), charset) ?? '';
}

function bytesOf(kind: string, text: string): Uint8Array {
  const bytes = Buffer.from(text, 'latin1');
  if (kind.toLowerCase() === 'b') return decodeBase64(bytes).bytes;
  return decodeQuotedPrintable(Buffer.from(text.replaceAll('_', '=20'), 'latin1')).bytes;
}

export function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are the characters that are meant
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}
