import { describe, expect, it } from 'vitest';
import { readMultipart } from '../../src/multipart/read.ts';
import { refusal } from '../refusal.ts';

const type = 'multipart/related; boundary=b';
const code = (body: Uint8Array | string, contentType = type) => refusal(() => readMultipart(Buffer.from(body as string), contentType));
const mega = 1024 ** 2;

describe('a multipart message that means harm', () => {
  it('with ten thousand parts is refused with 499', () => {
    expect(code(`${'--b\r\n\r\nx\r\n'.repeat(10_000)}--b--`)).toBe('WB_CXML_TOO_LARGE');
  });

  it('with too many parts in its parts is refused with 499', () => {
    const inner = `--i\r\n\r\nx\r\n${'--i\r\n\r\nx\r\n'.repeat(150)}--i--`;
    const outer = `--b\r\nContent-Type: multipart/related; boundary=i\r\n\r\n${inner}\r\n${'--b\r\n\r\nx\r\n'.repeat(150)}--b--`;
    expect(code(outer)).toBe('WB_CXML_TOO_LARGE');
  });

  it('with a header that does not end is refused with 499', () => {
    expect(code(`--b\r\nA: ${'x'.repeat(8 * mega)}\r\n--b--`)).toBe('WB_CXML_TOO_LARGE');
    expect(code(`--b\r\nA: ${'x\r\n '.repeat(2 * mega)}\r\n\r\n--b--`)).toBe('WB_CXML_TOO_LARGE');
    expect(code(`--b\r\n${'A: b\r\n'.repeat(mega)}\r\n\r\n--b--`)).toBe('WB_CXML_TOO_LARGE');
  });

  it('without an end is refused with 406', () => {
    expect(code('--b\r\n\r\n<cXML/>')).toBe('WB_CXML_NOT_ACCEPTABLE');
    expect(code('--b\r\n\r\n<cXML/>\r\n--b')).toBe('WB_CXML_NOT_ACCEPTABLE');
    expect(code('--b')).toBe('WB_CXML_NOT_ACCEPTABLE');
  });

  it('without a part, or a boundary, is refused with 406', () => {
    expect(['', 'x', '--b--', '--c\r\n\r\n--c--'].map((body) => code(body))).toEqual(
      Array.from({ length: 4 }, () => 'WB_CXML_NOT_ACCEPTABLE'),
    );
    const types = ['multipart/related', 'multipart/related; boundary=""', `multipart/related; boundary=${'b'.repeat(300)}`, '', ';;;===;"'];
    expect(types.map((each) => code('--b\r\n\r\n--b--', each))).toEqual(types.map(() => 'WB_CXML_NOT_ACCEPTABLE'));
  });

  it('nested fifty deep is refused with 406', () => {
    let body = '--b50\r\n\r\n<cXML/>\r\n--b50--';
    for (let depth = 49; depth > 0; depth -= 1) {
      body = `--b${depth}\r\nContent-Type: multipart/related; boundary=b${depth + 1}\r\n\r\n${body}\r\n--b${depth}--`;
    }
    expect(code(body, 'multipart/related; boundary=b1')).toBe('WB_CXML_NOT_ACCEPTABLE');
  });

  it('with a line that is no header is refused with 406', () => {
    expect(code('--b\r\n<cXML/>\r\n--b--')).toBe('WB_CXML_NOT_ACCEPTABLE');
    expect(code('--b\r\n: x\r\n\r\n--b--')).toBe('WB_CXML_NOT_ACCEPTABLE');
    expect(code('--b\r\n folded\r\n\r\n--b--')).toBe('WB_CXML_NOT_ACCEPTABLE');
  });

  it('with names, parameters and ids of any size is read in time', () => {
    const headers = [
      `Content-Disposition: a; filename="${'=?a?q?'.repeat(2_500)}"`,
      `Content-Disposition: a; ${'filename*0*=x;'.repeat(1_000)}`,
      `Content-Disposition: ${';'.repeat(15_000)}`,
      `Content-Type: a;${'='.repeat(15_000)}`,
      `Content-Disposition: a; filename*=${"'".repeat(15_000)}`,
      `Content-Disposition: a; filename="${'\\'.repeat(15_000)}`,
    ];
    for (const header of headers) expect(code(`--b\r\n${header}\r\n\r\nx\r\n--b--`)).toBeUndefined();
  });

  it('full of half boundaries is read in time', () => {
    const { document } = readMultipart(Buffer.from(`--b\r\n\r\n${'--b '.repeat(mega)}\r\n--b--`), type);
    expect(document.content.length).toBe(4 * mega);
    expect(code(`--b\r\n\r\n${'\n--b'.repeat(mega)}`)).toBe('WB_CXML_TOO_LARGE');
  });
});
