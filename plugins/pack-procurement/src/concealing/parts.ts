import { concealSecrets } from '@waybill/cxml';

/** A header of a part that says how its content is written. Short, so that damaged messages cost no time. */
const encoded = /^content-transfer-encoding:[ \t]{0,8}"?(base64|quoted-printable)"?[ \t]{0,8}\r?$/gim;

/**
 * A message with attachments in which a document stands as base64 or quoted-printable, without what is secret there or elsewhere in it; undefined where no encoded part
 * holds a secret.
 */
export function concealInParts(text: string): string | undefined {
  let concealed = '';
  let from = 0;
  for (const { index, 0: header, 1: how = '' } of text.matchAll(encoded)) {
    const start = contentAfter(text, index + header.length);
    if (index < from || start === undefined) continue;
    const end = endOfPart(text, start);
    const coding = how.toLowerCase() === 'base64' ? base64 : quotedPrintable;
    const found = concealSecrets(coding.decode(text.slice(start, end)));
    if (found === undefined) continue;
    // What is encoded must not be looked at as it stands: `=3D` is no value of an attribute.
    concealed += inPlain(text.slice(from, start)) + coding.encode(found);
    from = end;
  }
  return from === 0 ? undefined : concealed + inPlain(text.slice(from));
}

function inPlain(text: string): string {
  return concealSecrets(text) ?? text;
}

/** Where the content of a part begins: behind the first empty line after its headers. */
function contentAfter(text: string, header: number): number | undefined {
  const crlf = text.indexOf('\n\r\n', header);
  const lf = text.indexOf('\n\n', header);
  if (crlf < 0 && lf < 0) return undefined;
  return crlf >= 0 && (lf < 0 || crlf < lf) ? crlf + 3 : lf + 2;
}

/** A part ends before a line that begins like a boundary, which has no place in either encoding but by chance. */
function endOfPart(text: string, start: number): number {
  if (text.startsWith('--', start)) return start;
  const end = text.indexOf('\n--', start);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

interface Coding {
  readonly decode: (text: string) => string;
  readonly encode: (text: string) => string;
}

const base64: Coding = {
  decode: (text) => Buffer.from(text, 'base64').toString('latin1'),
  encode: (text) =>
    Buffer.from(text, 'latin1')
      .toString('base64')
      .replaceAll(/.{76}(?=.)/g, '$&\r\n'),
};

const quotedPrintable: Coding = {
  decode: (text) =>
    text
      .replaceAll(/=[ \t]{0,8}\r?\n/g, '')
      .replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  encode: (text) =>
    text.replaceAll(/[^\t\r\n -<>-~]/g, (character) => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`),
};
