import { concealSecrets } from '@waybill/cxml';

/** A header of a part that says how its content is written. Short, so that damaged messages cost no time. */
const encoded = /^content-transfer-encoding:[ \t]{0,8}"?(base64|quoted-printable)"?[ \t]{0,8}\r?$/gim;

/**
 * The text without what is secret, also where parts of it are written as base64 or quoted-printable: those are looked at decoded, since `=3D` is no value of an
 * attribute.
 */
export function concealedInParts(text: string): string {
  let concealed = '';
  let from = 0;
  for (const { index, 0: header, 1: how = '' } of text.matchAll(encoded)) {
    const start = contentAfter(text, index + header.length);
    if (index < from || start === undefined) continue;
    const end = endOfPart(text, start);
    const content = text.slice(start, end);
    concealed += inPlain(text.slice(from, start)) + (how.toLowerCase() === 'base64' ? inBase64(content) : inQuoted(content));
    from = end;
  }
  return concealed + inPlain(text.slice(from));
}

function inPlain(text: string): string {
  return concealSecrets(text) ?? text;
}

/** Some say base64 and write it plainly. */
function inBase64(content: string): string {
  const concealed = concealSecrets(Buffer.from(content, 'base64').toString('latin1'));
  if (concealed === undefined) return inPlain(content);
  return Buffer.from(concealed, 'latin1')
    .toString('base64')
    .replaceAll(/.{76}(?=.)/g, '$&\r\n');
}

function inQuoted(content: string): string {
  const concealed = concealSecrets(fromQuoted(content));
  return concealed === undefined ? content : toQuoted(concealed);
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

function fromQuoted(text: string): string {
  const hex = (_: string, digits: string) => String.fromCharCode(Number.parseInt(digits, 16));
  return text.replaceAll(/=[ \t]{0,8}\r?\n/g, '').replaceAll(/=([0-9A-Fa-f]{2})/g, hex);
}

function toQuoted(text: string): string {
  const quoted = (character: string) => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return text.replaceAll(/[^\t\r\n -<>-~]/g, quoted);
}
