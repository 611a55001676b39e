import { describe, expect, it } from 'vitest';
import { readMultipart } from '../../src/multipart/read.ts';
import { multipartTypeOf } from '../../src/multipart/type-of.ts';

const typeOf = (text: string) => multipartTypeOf(Buffer.from(text));

describe('a multipart message whose header is lost', () => {
  it('is read by its first boundary', () => {
    const body = Buffer.from('preamble\r\n--b "0+1\r\n\r\n<cXML/>\r\n--b "0+1--\r\n');
    expect(Buffer.from(readMultipart(body, multipartTypeOf(body) ?? '').document.content).toString()).toBe('<cXML/>');
  });

  it('is read by a header in front of it', () => {
    const body = Buffer.from(
      'POST /order HTTP/1.1\r\nContent-Type: multipart/related;\r\n start=b; boundary=c\r\n\r\n--c\r\n\r\na\r\n--c\r\nContent-ID: b\r\n\r\nx\r\n--c--',
    );
    expect(Buffer.from(readMultipart(body, multipartTypeOf(body) ?? '').document.content).toString()).toBe('x');
  });

  it('is none where it is XML, a form, or nothing', () => {
    const texts = ['', '\n<?xml version="1.0"?>\n<!--\n--x\n-->', 'cxml-urlencoded=%3C', 'Content-Type: text/xml\r\n\r\n', 'a--b\n'];
    expect(texts.map(typeOf)).toEqual(texts.map(() => undefined));
  });

  it('is looked for at its beginning only', () => {
    expect(typeOf(`${'x'.repeat(5_000)}\n--b\n`)).toBeUndefined();
    expect(typeOf('content-type:'.repeat(300_000))).toBeUndefined();
  });
});
