import * as fc from 'fast-check';
import libmime from 'libmime';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { composed, documentOf, textOf } from './rig.ts';

const exact = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true };

/** Any characters but those that no header may have. */
const word = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 120 })
  .map((text) => text.toWellFormed().replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ''));
const letters = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 150 }).map((text) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '')),
  fc
    .array(fc.constantFrom('order', ' ', '=?utf-8?Q?x?=', 'ü', '北京', '😀', '"', '\\', '_', '?', '=', '.', ',', '('), { maxLength: 60 })
    .map((each) => each.join('')),
  word,
);
const line = letters.filter((text) => text.trim() !== '');
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 2_000 }),
    fc
      .array(
        fc.constantFrom(
          'a line',
          'ü',
          '\n',
          '\r\n',
          '\r',
          '. ',
          ' ',
          '\t',
          'From me',
          '=',
          '.',
          '-- ',
          '--=_wb.',
          '\u0001',
          'x'.repeat(1_100),
        ),
        { maxLength: 40 },
      )
      .map((each) => each.join('')),
  )
  .filter((each) => each.trim() !== '');
const fileName = letters
  .map((each) => each.replaceAll(/[/\\]/g, '').trim().slice(0, 60).toWellFormed().replaceAll('\ufffd', ''))
  .filter((each) => each.trim() !== '' && !/^\.{1,2}$/.test(each));
const bytes = fc.uint8Array({ maxLength: 400 });

const lines = (each: string) => each.replaceAll(/\r\n|\r/g, '\n');

describe('a mail that is read by mailparser', () => {
  it('says what was asked for, whatever characters it is made of', async () => {
    const property = fc.asyncProperty(
      line,
      line,
      text,
      text,
      fc.array(fc.tuple(fileName, bytes), { maxLength: 3 }),
      async (subject, name, plain, html, files) => {
        const document = {
          to: [{ name: name.slice(0, 300).toWellFormed(), address: 'ada@mill.example' }],
          subject,
          text: plain.toWellFormed(),
          html: html.toWellFormed(),
          images: [{ id: 'logo@shop.example.com', contentType: 'image/png', content: 'AAEC' }],
          attachments: files.map(([file, content]) => ({
            fileName: file,
            contentType: 'application/xml',
            content: Buffer.from(content).toString('base64'),
          })),
        };
        const mail = composed(documentOf(document));
        const parsed = await simpleParser(Buffer.from(mail.bytes), exact);
        expect(parsed.subject).toBe(subject);
        expect([parsed.to].flat()[0]?.value).toEqual([{ name: document.to[0]?.name, address: 'ada@mill.example' }]);
        expect(parsed.text).toBe(lines(document.text));
        expect(parsed.html).toBe(document.html === '' ? false : lines(document.html));
        const [image, ...rest] = parsed.attachments;
        expect([image?.cid, image?.related, image?.content]).toEqual(['logo@shop.example.com', true, Buffer.from([0, 1, 2])]);
        expect(rest.map((each) => [each.filename, each.contentType, each.content])).toEqual(
          files.map(([file, content]) => [file, 'application/xml', Buffer.from(content)]),
        );
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});

describe('the words of a header', () => {
  it('are those that were written, as libmime reads them', () => {
    const property = fc.property(line, (subject) => {
      const source = textOf(composed(documentOf({ to: 'a@x.example', subject })));
      const header = libmime.decodeHeaders(source.slice(0, source.indexOf('\r\n\r\n')));
      expect(libmime.decodeWords([header['subject']].flat()[0] ?? '')).toBe(subject);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe('whatever a mail is made of, its bytes', () => {
  const anything = fc.record(
    {
      subject: line,
      text,
      html: text,
      attachments: fc.array(fc.record({ fileName, content: bytes.map((each) => Buffer.from(each).toString('base64')) }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );

  it('are lines of 7-bit ASCII of 998 at most, encoded ones and headers of 76 or a little more, that end in CRLF', () => {
    const property = fc.property(anything, line, (document, name) => {
      const wellFormed = JSON.parse(JSON.stringify(document), (_, value: unknown) =>
        typeof value === 'string' ? value.toWellFormed() : value,
      ) as object;
      const source = textOf(
        composed(documentOf({ to: { name: name.toWellFormed().slice(0, 300), address: 'a@x.example' }, ...wellFormed })),
      );
      expect(source).toMatch(/^(?:[^\r\n\0\x80-\xff]{0,998}\r\n)*$/);
      const head = source.slice(0, source.indexOf('\r\n\r\n')).split('\r\n');
      expect(head.filter((each) => each.length > 78 || /^[ \t]*$/.test(each))).toEqual([]);
      expect(head.filter((each) => (each.match(/=\?utf-8\?[QB]\?[^?]*\?=/g) ?? []).some((one) => one.length > 75))).toEqual([]);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('are the same each time', () => {
    const property = fc.property(anything, (document) => {
      const message = documentOf({ to: 'a@x.example', subject: document.subject ?? 's', attachments: document.attachments ?? [] });
      expect(composed(message).bytes).toEqual(composed({ ...message }).bytes);
    });
    fc.assert(property, { numRuns: 50 });
  });
});
