import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** Names that mail programs write and the platform does not know. */
const otherNames: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  'iso-10646-ucs-2': 'utf-16be',
};

const decoders = new Map<string, TextDecoder | undefined>();
/** Names are the sender's: no more of them are kept than this. */
const mostDecoders = 200;

function decoderFor(charset: string): TextDecoder | undefined {
  const name = charset.trim().toLowerCase();
  const known = decoders.get(name);
  if (known !== undefined || decoders.has(name)) return known;
  if (decoders.size >= mostDecoders) decoders.clear();
  const made = makeDecoder(otherNames[name] ?? name);
  decoders.set(name, made);
  return made;
}

function makeDecoder(name: string): TextDecoder | undefined {
  try {
    return new TextDecoder(name);
  } catch {
    return undefined;
  }
}

export function isCharset(name: string): boolean {
  return decoderFor(name) !== undefined;
}

/** Bytes as text. Undefined where the charset is not known; what is no text in it becomes U+FFFD. A byte order mark is left out. */
export function textIn(bytes: Uint8Array, charset: string): string | undefined {
  return decoderFor(charset)?.decode(bytes);
}

/** Bytes that nobody says the charset of: UTF-8 where they are that, else Latin-1. */
export function undeclaredText(bytes: Uint8Array): string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(bytes) ? view.toString('utf8') : view.toString('latin1');
}

/**
 * The charset that a part states, where nothing shows that it is untrue: bytes that cannot be in it, or an XML document that
 * declares another one and so speaks for itself (RFC 7303, 3.2 leaves the choice to whoever reads it).
 */
export function trueCharset(bytes: Uint8Array, type: string, stated: string | undefined): string | undefined {
  if (stated === undefined || !/^[\w.:+-]{1,60}$/.test(stated)) return undefined;
  const name = decoderFor(stated)?.encoding;
  if (/^(us-)?ascii$|^ansi_x3\.4-1968$/.test(stated) && !isAscii(bytes)) return undefined;
  if (name === 'utf-8' && !isUtf8(bytes)) return undefined;
  if (!isXml(type)) return stated;
  const declared = declaredEncoding(bytes);
  if (declared === undefined) return stated;
  return decoderFor(declared)?.encoding === name ? stated : undefined;
}

export function isXml(type: string): boolean {
  return /^(text|application)\/xml$|^\w+\/[\w.-]+\+xml$/.test(type);
}

/** What the XML declaration names, of a document whose first characters are single bytes. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 200)).toString('latin1');
  return /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
}
