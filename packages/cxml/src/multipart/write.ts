import { createHash } from 'node:crypto';
import { multipartErrors } from './errors.ts';

/** A part to write. */
export interface PartToWrite {
  /** An id that no other message has, without angle brackets: `drawing-7.1790000100@shop.example`. */
  readonly contentId: string;
  /** `text/xml; charset=UTF-8`. */
  readonly contentType: string;
  /** Name of the file, for an attachment. */
  readonly name?: string | undefined;
  /** Text is written as UTF-8. */
  readonly content: Uint8Array | string;
}

export interface WrittenMultipart {
  readonly body: Uint8Array;
  /** The header that belongs to it. */
  readonly contentType: string;
}

const lineEnd = '\r\n';

/**
 * A document and its attachments as `multipart/related`: the first part is the document, which the parameter `start` names. The same parts give the same
 * bytes. Attachments are written in base64. Throws WB_CXML_BAD_PART for an id or a type that cannot stand in a header, or an id that occurs twice.
 */
export function writeMultipart(parts: readonly [document: PartToWrite, ...attachments: PartToWrite[]]): WrittenMultipart {
  const [document] = parts;
  const ids = new Set(parts.map(({ contentId }) => contentId));
  if (ids.size < parts.length) throw multipartErrors.WB_CXML_BAD_PART('Two parts of a message have the same id.');
  const written = parts.map((part, index) => writtenPart(part, index === 0));
  const boundary = boundaryFor(written);
  const body = Buffer.concat([
    ...written.flatMap((part) => [Buffer.from(`--${boundary}${lineEnd}`), part, Buffer.from(lineEnd)]),
    Buffer.from(`--${boundary}--${lineEnd}`),
  ]);
  const type = document.contentType.split(';')[0]?.trim() ?? '';
  return { body, contentType: `multipart/related; boundary="${boundary}"; type="${type}"; start="<${document.contentId}>"` };
}

function writtenPart(part: PartToWrite, isDocument: boolean): Buffer {
  const bytes = Buffer.from(part.content as Uint8Array);
  const headers = [
    `Content-Type: ${checked(part.contentType, /^[!-~]+\/[ -~]+$/, 'type')}`,
    `Content-ID: <${checked(part.contentId, /^[!-;=?-~]+$/, 'id')}>`,
    ...(part.name === undefined ? [] : [`Content-Disposition: attachment; ${fileName(part.name)}`]),
    `Content-Transfer-Encoding: ${isDocument ? asItIs(bytes) : 'base64'}`,
  ];
  return Buffer.concat([Buffer.from(headers.join(lineEnd) + lineEnd + lineEnd), isDocument ? bytes : inBase64(bytes)]);
}

function checked(text: string, pattern: RegExp, what: string): string {
  if (!pattern.test(text)) throw multipartErrors.WB_CXML_BAD_PART(`The ${what} of a part has characters that no header can hold.`);
  return text;
}

/** Both forms: old programs read the first one only. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[^ -~]/gu, '_').replaceAll(/["\\]/g, '\\$&');
  if (/^[ -~]*$/.test(name)) return `filename="${plain}"`;
  const escaped = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${escaped}`;
}

const longestLine = 998;

/** Lines of a mail have a longest length, and what was written for the web may not keep to it. */
function asItIs(bytes: Buffer): '8bit' | 'binary' {
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    if (end - start > longestLine) return 'binary';
    start = end + 1;
  }
  return bytes.length - start > longestLine ? 'binary' : '8bit';
}

function inBase64(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('base64').replaceAll(/.{76}(?=.)/g, `$&${lineEnd}`));
}

/** One that occurs in no part. It follows from them: no clock and no chance, so that a second attempt sends the same bytes. */
function boundaryFor(parts: readonly Buffer[]): string {
  for (let round = 0; ; round += 1) {
    const hash = createHash('sha256').update(String(round));
    for (const part of parts) hash.update(part);
    const boundary = `part_${hash.digest('hex').slice(0, 32)}`;
    if (!parts.some((part) => part.includes(boundary))) return boundary;
  }
}
