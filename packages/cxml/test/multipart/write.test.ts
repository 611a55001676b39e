import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentOf, cidOf } from '../../src/multipart/attachment-of.ts';
import { harmlessName } from '../../src/multipart/headers/file-name.ts';
import { readMultipart } from '../../src/multipart/read.ts';
import { writeMultipart } from '../../src/multipart/write.ts';
import { refusal } from '../refusal.ts';

const document = { contentId: 'main.1@shop.example', contentType: 'text/xml; charset=UTF-8', content: '<cXML>ä\r\n</cXML>' };

describe('a multipart message that was written', () => {
  it('names its document', () => {
    const { body, contentType } = writeMultipart([document]);
    expect(contentType).toMatch(/^multipart\/related; boundary="part_[0-9a-f]{32}"; type="text\/xml"; start="<main.1@shop.example>"$/);
    expect(Buffer.from(body).toString()).toMatch(
      /^--part_\w+\r\nContent-Type: text\/xml; charset=UTF-8\r\nContent-ID: <main.1@shop.example>\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<cXML>/,
    );
  });

  it('is the same for the same parts, and has another boundary for others', () => {
    expect(writeMultipart([document])).toEqual(writeMultipart([document]));
    expect(writeMultipart([document]).contentType).not.toBe(writeMultipart([{ ...document, content: '<cXML/>' }]).contentType);
  });

  it('says binary of a document with a line that no mail may have', () => {
    const long = { ...document, content: `<a>\n${'x'.repeat(999)}` };
    expect(Buffer.from(writeMultipart([long]).body).toString()).toContain('Content-Transfer-Encoding: binary');
  });

  const id = fc.string({ unit: fc.constantFrom(...Array.from('aZ09@.-_+%#?/=&;:!$~')), minLength: 1, maxLength: 30 });
  const file = fc.record({
    contentId: id,
    name: fc.option(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { nil: undefined }),
  });
  const files = fc.uniqueArray(fc.tuple(file, fc.uint8Array({ maxLength: 300 })), {
    maxLength: 4,
    selector: ([{ contentId }]) => contentId,
  });

  it('brings back what was put in, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), files, (content, made) => {
        const attachments = made.map(([one, bytes]) => ({
          ...one,
          contentId: `f.${one.contentId}`,
          contentType: 'application/pdf',
          content: bytes,
        }));
        const { body, contentType } = writeMultipart([{ ...document, content }, ...attachments]);
        const read = readMultipart(body, contentType);
        expect(Buffer.from(read.document.content)).toEqual(Buffer.from(content));
        expect(read.attachments).toHaveLength(attachments.length);
        for (const { contentId, name, content: bytes } of attachments) {
          const part = attachmentOf(cidOf(contentId), read);
          expect(Buffer.from(part?.content ?? [1])).toEqual(Buffer.from(bytes));
          expect(part?.name).toBe(name === undefined ? undefined : harmlessName(name.toWellFormed()));
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    { ...document, contentId: 'a\r\nX: y' },
    { ...document, contentId: 'a>b' },
    { ...document, contentId: '' },
    { ...document, contentType: 'text/xml\r\nX: y' },
    { ...document, contentType: 'xml' },
  ])('cannot hold %j', (part) => {
    expect(refusal(() => writeMultipart([part]))).toBe('WB_CXML_BAD_PART');
  });

  it('cannot hold two parts of one id', () => {
    expect(refusal(() => writeMultipart([document, document]))).toBe('WB_CXML_BAD_PART');
  });
});
