import { canEncode, ccsidOf, decode, encode, encodingNamed, isEncoding } from '@waybill/text';

/** The format of a text that stands alone. */
export const textFormat = 'MQSTR';
export const utf8 = 1208;

/** Says that the bytes are in no code page, or in that of somebody else. */
const unstated = new Set([0, -1, -2, -3, 65_535]);

/** UTF-16 in the order of the numbers of the same message. */
const utf16 = 1200;

/** The content type with the code page that the descriptor names. `encoding`: how it says that numbers are written. */
export function statedType(contentType: string | undefined, ccsid: number, encoding: number): string | undefined {
  if (unstated.has(ccsid)) return contentType;
  const media = (contentType ?? 'text/plain').replace(charsetParameter, '');
  return `${media}; charset=${charsetFor(ccsid, encoding)}`;
}

function charsetFor(ccsid: number, encoding: number): string {
  if (ccsid === utf16) return (encoding & 0xf) === 2 ? 'utf-16le' : 'utf-16be';
  return isEncoding(ccsid) ? encodingNamed(ccsid) : `ccsid-${ccsid}`;
}

const charsetParameter = /\s*;\s*charset\s*=\s*"?([^\s;"]+)"?/i;

/** The code page of a text by its content type; undefined where it is no text, or in one that MQ has no number for. */
export function pageOf(contentType: string | undefined): number | undefined {
  if (contentType === undefined || !/^\s*(?:text\/|application\/(?:[\w.+-]*[+-])?(?:xml|json)\b)/i.test(contentType)) return undefined;
  const charset = charsetParameter.exec(contentType)?.[1];
  if (charset === undefined) return utf8;
  return isEncoding(charset) ? ccsidOf(charset) : undefined;
}

/** The text in another code page; undefined where that is not known or has not all of its characters, or the bytes are not in the first one. */
export function inPage(body: Uint8Array, from: number, to: number): Uint8Array | undefined {
  // Numbers are written with the smallest byte first in what we put.
  const wanted = to === utf16 ? 'utf-16le' : to;
  if (!isEncoding(wanted)) return undefined;
  const text = textIn(body, from);
  return text !== undefined && canEncode(text, wanted) ? encode(text, wanted) : undefined;
}

function textIn(body: Uint8Array, page: number): string | undefined {
  try {
    return decode(body, page);
  } catch {
    return undefined;
  }
}
