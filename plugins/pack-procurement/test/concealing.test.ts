import type { PurchaseOrderSubmitInput } from '@waybill/commerce';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { orderRequest, password } from './support/documents.ts';
import { messageOf, readBody } from './support/messages.ts';

const card = '4111111111111111';
const document = orderRequest({ card, comments: 'Grüße, 漢字 & so weiter'.replace('&', '&amp;') });

interface Wrapped {
  readonly body: Buffer;
  readonly contentType?: string;
  readonly encoding?: string;
}

const crlf = (lines: readonly string[]): string => lines.join('\r\n');
const part = (coding: string, content: string): Buffer =>
  Buffer.from(
    crlf([
      'preamble',
      '--b 0+1',
      'Content-Type: text/xml; charset=UTF-8',
      `Content-Transfer-Encoding: ${coding}`,
      '',
      content,
      '--b 0+1',
      'Content-Type: application/pdf',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('%PDF-1.4 drawing').toString('base64'),
      '--b 0+1--',
      '',
    ]),
  );

const quoted = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte === 10 || (byte > 31 && byte < 127 && byte !== 61)
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
const multipart = 'multipart/related; boundary="b 0+1"';
const form = 'application/x-www-form-urlencoded';
const fields = (name: string, value: string): Buffer =>
  Buffer.from(new URLSearchParams({ before: 'x', [name]: value, after: 'y' }).toString());

const wrappings: Readonly<Record<string, Wrapped>> = {
  'as it is': { body: Buffer.from(document), contentType: 'text/xml' },
  'with a byte order mark': { body: Buffer.from(`\uFEFF${document}`) },
  'in Latin-1': { body: Buffer.from(document.replace('漢字', ''), 'latin1'), encoding: 'iso-8859-1' },
  'in UTF-16': { body: Buffer.from(`\uFEFF${document}`, 'utf16le'), encoding: 'utf-16le' },
  'in UTF-16 of the other order': { body: Buffer.from(`\uFEFF${document}`, 'utf16le').swap16(), encoding: 'utf-16be' },
  'in UTF-16 that is said to be UTF-8': { body: Buffer.from(document, 'utf16le'), encoding: 'utf-8' },
  'in a form': { body: fields('cXML-urlencoded', document), contentType: form },
  'in a form in base64': { body: fields('cxml-base64', Buffer.from(document).toString('base64')), contentType: form },
  'in a form of no type': { body: fields('CXML-URLENCODED', document) },
  'in a part': { body: part('8bit', document), contentType: multipart },
  'in a part in base64': {
    body: part('base64', Buffer.from(document).toString('base64').replaceAll(/.{76}/g, '$&\r\n')),
    contentType: multipart,
  },
  'in a part that is quoted-printable': { body: part('Quoted-Printable', quoted(document)), contentType: multipart },
};

const concealed = ({ body, contentType, encoding }: Wrapped): Buffer | undefined => {
  const found = pack.conceal?.(messageOf(body, contentType, encoding));
  return found && Buffer.from(found);
};

/** Of whole characters: Node 24 writes beyond its memory when an odd number of bytes at an odd address becomes text. */
function evenFrom(bytes: Buffer, from: number): Buffer {
  return bytes.subarray(from, from + 2 * Math.floor((bytes.length - from) / 2));
}

/** What somebody finds in bytes who looks for it in all the ways in which it could have been written. */
function readings(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const form = decodeURIComponent(text.replaceAll('+', ' ').replaceAll(/%(?![0-9A-Fa-f]{2})|%[89A-Fa-f][0-9A-Fa-f]/g, ''));
  const base64 = [...text.matchAll(/[A-Za-z0-9+/\r\n]{40,}/g), ...form.matchAll(/[A-Za-z0-9+/]{40,}/g)].map(([each]) =>
    Buffer.from(each, 'base64').toString('latin1'),
  );
  const wide = [0, 1].map((from) => evenFrom(bytes, from).toString('utf16le'));
  return [text, form, ...base64, ...wide, Buffer.from(evenFrom(bytes, 0)).swap16().toString('utf16le')].join('\n');
}

/** What is said to be in another encoding than it is cannot be read, but has to be kept without its secret. */
const readable = (wrapped: Wrapped): boolean => wrapped.encoding !== 'utf-8';

describe.each(Object.entries(wrappings))('a document %s', (_how, wrapped) => {
  it('is kept without its secret and its card number', () => {
    const kept = concealed(wrapped);
    expect(readings(wrapped.body)).toContain(password);
    expect(readings(kept ?? wrapped.body)).not.toContain(password);
    expect(readings(kept ?? wrapped.body)).not.toContain(card);
    expect(concealed({ ...wrapped, body: kept ?? Buffer.alloc(0) })).toBeUndefined();
  });

  it('has no secret left wherever it is cut short', () => {
    fc.assert(
      fc.property(fc.nat({ max: wrapped.body.length }), (end) => {
        const cut = { ...wrapped, body: wrapped.body.subarray(0, end) };
        const kept = concealed(cut) ?? cut.body;
        return !readings(kept).includes(password) && !readings(kept).includes(card);
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(Object.entries(wrappings).filter(([, wrapped]) => readable(wrapped)))('a document %s that was kept', (_how, wrapped) => {
  it('says the same as before when it is read again, but for what is masked', () => {
    const read = (body: Uint8Array) => readBody(body, {}, wrapped.contentType, wrapped.encoding).read.input as PurchaseOrderSubmitInput;
    const before = read(wrapped.body);
    expect(before.card?.number).toBe(card);
    expect(read(concealed(wrapped) ?? wrapped.body)).toEqual({ ...before, card: { ...before.card, number: '************1111' } });
  });
});

describe('a body without a secret', () => {
  it.each<[string, string]>([
    ['a document', orderRequest({ secret: undefined })],
    ['a page', '<html><body>hello</body></html>'],
    ['nothing', ''],
    ['a form', 'a=1&b=2'],
  ])('is kept as it is: %s', (_what, body) => {
    expect(concealed({ body: Buffer.from(body) })).toBeUndefined();
  });
});
