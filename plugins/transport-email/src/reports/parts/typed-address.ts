import { withoutComments } from '../../incoming/parts/parameters.ts';

/** xtext (RFC 3461, 4): `+` and two hexadecimal digits stand for a byte. */
export function decodeXtext(text: string): string {
  const bytes = text.replaceAll(/\+([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (bytes === text) return text;
  const decoded = Buffer.from(bytes, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? bytes : decoded;
}

/**
 * The address of a field such as `Final-Recipient: rfc822; ada@mill.example` (RFC 3464, 2.3.1; RFC 6533). The type may be missing.
 * Undefined where nothing that has an @ stands there.
 */
export function addressOfType(value: string): string | undefined {
  const [, type = '', written = ''] = /^(?:\s*([\w-]+)\s*;)?(.*)$/s.exec(withoutComments(value)) ?? [];
  const unescaped = type.toLowerCase() === 'utf-8' ? withoutEscapes(written) : written;
  const address = unescaped
    .trim()
    .replace(/^<(.*)>$/s, '$1')
    .trim();
  return isLikely(address) ? address : undefined;
}

/**
 * The recipient as we wrote to it: of Original-Recipient, which carries our ORCPT. Some relays undo its xtext and others do not. Where the final
 * recipient is one of the two readings, that one is right.
 */
export function originalAddress(value: string, final: string | undefined): string | undefined {
  const raw = addressOfType(value);
  if (raw === undefined || !raw.includes('+')) return raw;
  const decoded = decodeXtext(raw);
  const isRaw = raw.toLowerCase() === final?.toLowerCase();
  return isRaw || !isLikely(decoded) ? raw : decoded;
}

/** `\x{FC}` for ü (RFC 6533, 3: utf-8-addr-xtext and unitext). */
function withoutEscapes(text: string): string {
  return text.replaceAll(/\\x\{([0-9a-f]{1,6})\}/gi, (written, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code > 0x1f && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : written;
  });
}

/** It has an @, and neither blanks nor what would end it somewhere else. */
export function isLikely(address: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are the characters that are meant
  return address.length <= 500 && /^[^@\s\u0000-\u001f\u007f<>][^\s\u0000-\u001f\u007f<>]*@[^@\s\u0000-\u001f\u007f<>]+$/.test(address);
}
