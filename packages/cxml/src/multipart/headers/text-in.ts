import { decode, isEncoding } from '@waybill/text';

/** The text of bytes in a charset that somebody named; undefined where there is no such charset, or they are no text in it. */
export function textIn(bytes: Uint8Array, charset: string): string | undefined {
  const named = charset === '' ? 'utf-8' : charset;
  if (!isEncoding(named)) return undefined;
  try {
    return decode(bytes, named);
  } catch {
    return undefined;
  }
}
