import type { ReadableMessage } from '@waybill/contract';
import { concealSecrets } from '@waybill/cxml';
import { decode, encode } from '@waybill/text';
import { concealInForm } from './form.ts';
import { concealedInParts } from './parts.ts';

/**
 * The body without passwords and card numbers, whatever it is wrapped in; undefined where there are none. It goes by the bytes, one character each, so that all
 * else stays as it arrived, also where it is in no encoding at all.
 */
export function conceal({ body, encoding }: ReadableMessage): Uint8Array | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const text = bytes.toString('latin1');
  const concealed = inText(text);
  const result = concealed === text ? undefined : Buffer.from(concealed, 'latin1');
  return concealWide(result ?? bytes) ?? concealForeign(result ?? bytes, encoding) ?? result;
}

function inText(text: string): string {
  const concealed = concealedInParts(text);
  return concealInForm(concealed) ?? concealed;
}

/** UTF-16, which others see as letters with NUL between them; whatever is said of the encoding, since that may be wrong. */
function concealWide(body: Buffer): Buffer | undefined {
  if (!body.includes(0)) return undefined;
  for (const start of [0, 1]) {
    const even = body.subarray(start, start + 2 * Math.floor((body.length - start) / 2));
    const concealed = concealSecrets(even.toString('utf16le'));
    if (concealed === undefined) continue;
    return Buffer.concat([body.subarray(0, start), Buffer.from(concealed, 'utf16le'), body.subarray(start + even.length)]);
  }
  return undefined;
}

/** Encodings that do not have the letters of ASCII, such as those of EBCDIC. */
function concealForeign(body: Buffer, encoding: string): Uint8Array | undefined {
  if (/^(?:utf-|iso-8859|windows-|us-ascii)/.test(encoding)) return undefined;
  try {
    const concealed = concealSecrets(decode(body, encoding));
    return concealed === undefined ? undefined : encode(concealed, encoding);
  } catch {
    // What cannot be read for what it is said to be is not kept at all.
    return new Uint8Array();
  }
}
