import type { Attachment, Content, Image, Mail } from '../mail.ts';
import { oldParameter, parameter } from './parameters.ts';
import type { Piece } from './piece.ts';
import { encodedText } from './text-body.ts';

/** A part of a mail: its headers, each with its line end, and what stands below the empty line. */
export interface Part {
  readonly headers: readonly string[];
  readonly body: readonly Piece[];
}

type Multipart = 'mixed' | 'related' | 'alternative';

/** mixed( alternative( text, related( HTML, images ), calendar ), attachments ), without the containers that hold one part only. */
export function partOf(mail: Mail, reference: string): Part {
  // An encoded text never has "=_": its boundaries need no search.
  const boundary = `=_wb.${reference}`;
  const { text, html, calendar, images, attachments } = mail;
  const alternatives = [
    ...(text === undefined ? [] : [textPart(text, 'text/plain; charset=utf-8', boundary)]),
    ...(html === undefined ? [] : [htmlPart(html, images, boundary)]),
    ...(calendar === undefined ? [] : [textPart(calendar.text, `text/calendar; charset=utf-8; method=${calendar.method}`, boundary)]),
  ];
  const body = alternatives.length === 0 ? [] : [contained('alternative', alternatives, `${boundary}.a`)];
  const all = [...body, ...attachments.map(attachmentPart)];
  return all.length === 0 ? textPart('', 'text/plain; charset=utf-8', boundary) : contained('mixed', all, `${boundary}.m`);
}

function textPart(text: string, contentType: string, boundary: string): Part {
  const { encoding, body } = encodedText(text, boundary);
  return { headers: [`Content-Type: ${contentType}\r\n`, `Content-Transfer-Encoding: ${encoding}\r\n`], body: [body] };
}

function htmlPart(html: string, images: readonly Image[], boundary: string): Part {
  const page = textPart(html, 'text/html; charset=utf-8', boundary);
  return contained('related', [page, ...images.map(imagePart)], `${boundary}.r`);
}

function imagePart({ id, contentType, content, fileName }: Image): Part {
  const name = fileName === undefined ? '' : parameter('filename', fileName);
  return filePart(contentType, fileName, content, [`Content-ID: <${id}>\r\n`, `Content-Disposition: inline${name}\r\n`]);
}

function attachmentPart({ fileName, contentType, content }: Attachment): Part {
  return filePart(contentType, fileName, content, [`Content-Disposition: attachment${parameter('filename', fileName)}\r\n`]);
}

function filePart(contentType: string, fileName: string | undefined, content: Content, headers: readonly string[]): Part {
  const name = fileName === undefined ? '' : oldParameter('name', fileName);
  return {
    headers: [`Content-Type: ${contentType}${name}\r\n`, 'Content-Transfer-Encoding: base64\r\n', ...headers],
    body: [{ content: content instanceof Uint8Array ? content : content.base64 }],
  };
}

/** One part is itself; several stand in a container, each behind its boundary. */
function contained(kind: Multipart, parts: readonly Part[], boundary: string): Part {
  const [first, second] = parts;
  if (first !== undefined && second === undefined) return first;
  const type = kind === 'related' ? '; type="text/html"' : '';
  const body = parts.flatMap((part, index) => [`${index === 0 ? '' : '\r\n'}--${boundary}\r\n${part.headers.join('')}\r\n`, ...part.body]);
  return {
    headers: [`Content-Type: multipart/${kind}${type};\r\n boundary="${boundary}"\r\n`],
    body: [...body, `\r\n--${boundary}--\r\n`],
  };
}
