import { describe, expect, it } from 'vitest';
import { decode, encode, encodingOf, toUtf8 } from '../src/index.ts';
import { bytes, refusal } from './refusal.ts';

describe('bytes that are not UTF-8', () => {
  it.each([
    ['an overlong slash', '41 c0 af', 1],
    ['an overlong slash of three bytes', '41 e0 80 af', 2],
    ['an overlong slash of four bytes', 'f0 80 80 af', 1],
    ['a lone continuation', '41 42 80', 2],
    ['half a surrogate pair', '41 ed a0 80', 2],
    ['more than U+10FFFF', 'f4 90 80 80', 1],
    ['a lead byte that there is not', '41 f5 80 80 80', 1],
    ['Latin-1, whose signs lead nothing', '47 72 f6 df 65', 2],
    ['a lead byte in front of ASCII', 'c3 41', 1],
    ['a fault behind good characters and a mark', 'ef bb bf e2 82 ac f0 9f 93 a6 c3 a4 ff', 12],
  ])('are refused at the first one that cannot follow: %s', (_name, digits, offset) => {
    expect(refusal(() => decode(bytes(digits), 'utf-8'))).toMatchObject({ code: 'WB_TEXT_INVALID_BYTES', at: `byte ${offset}` });
  });

  it.each(['c3', 'e2 82', 'f0 9f 93'])('because the last character is cut are refused at the end: 41 %s', (digits) => {
    const body = bytes(`41 ${digits}`);
    expect(refusal(() => decode(body, 'utf-8'))).toEqual({
      code: 'WB_TEXT_INVALID_BYTES',
      at: `byte ${body.length}`,
      message: `At offset ${body.length}, the text ends inside a UTF-8 character.`,
    });
  });

  it('are shown without anything of the text', () => {
    expect(refusal(() => decode(bytes('73 65 63 72 65 74 ff'), 'utf-8')).message).toBe('At offset 6, byte 0xFF is not UTF-8.');
  });
});

describe('bytes that are not UTF-16', () => {
  it('are refused when one is left over', () => {
    expect(refusal(() => decode(bytes('3c 00 61'), 'utf-16le'))).toMatchObject({ code: 'WB_TEXT_INVALID_BYTES', at: 'byte 2' });
    expect(refusal(() => toUtf8(bytes('fe ff 00'), 'utf-16be')).at).toBe('byte 2');
  });

  it.each([
    ['a low half', 'utf-16be', '00 41 dc 00 00 42', 2],
    ['a high half at the end', 'utf-16le', '41 00 3d d8', 2],
    ['two high halves', 'utf-16be', 'd8 3d d8 3d dc 00', 0],
    ['a half behind the mark', 'utf-16', 'fe ff dc 00', 2],
  ])('are refused when they hold %s alone', (_name, encoding, digits, offset) => {
    expect(refusal(() => decode(bytes(digits), encoding)).at).toBe(`byte ${offset}`);
  });

  it('cannot lead to a read beyond the bytes that were given', () => {
    const whole = bytes('99 3c 00 61 00 99');
    expect(decode(whole.subarray(1, 5), 'utf-16le')).toBe('<a');
    expect(decode(whole.subarray(1, 5), 'cp1252')).toBe('<\0a\0');
  });
});

describe('bytes that are no characters of several bytes', () => {
  it.each([
    ['shift_jis', '41 81 20 42', 1],
    ['shift_jis', '41 42 81', 2],
    ['euc-jp', 'b0 a1 ff', 2],
    ['gbk', '41 81', 1],
    ['gb18030', '41 81 30 81 20', 1],
    ['big5', 'a4 40 a4 ff 41', 2],
    ['euc-kr', 'b0 a1 b0 20', 2],
  ])('are refused where the character begins: %s %s', (encoding, digits, offset) => {
    expect(refusal(() => decode(bytes(digits), encoding))).toMatchObject({ code: 'WB_TEXT_INVALID_BYTES', at: `byte ${offset}` });
  });

  it('are found quickly behind a million good ones', () => {
    const body = Buffer.concat([Buffer.from('b0a1'.repeat(500_000), 'hex'), bytes('ff')]);
    expect(refusal(() => decode(body, 'gbk')).at).toBe('byte 1000000');
  });
});

describe('a message that lies about its encoding', () => {
  it('is refused when it says UTF-8 in the header and holds Latin-1', () => {
    const body = encode('<?xml version="1.0" encoding="ISO-8859-1"?><a>Größe</a>', 'iso-8859-1');
    const { encoding } = encodingOf({ body, contentType: 'text/xml; charset=utf-8' });
    expect(refusal(() => decode(toUtf8(body, encoding), 'utf-8')).at).toBe('byte 48');
  });

  it('is refused when it says US-ASCII and holds more', () => {
    expect(refusal(() => toUtf8(bytes('41 c3 a4'), 'us-ascii')).message).toBe('At offset 1, byte 0xC3 is no character of us-ascii.');
  });

  it('is refused when it says windows-1252 and holds what that leaves open', () => {
    expect(refusal(() => toUtf8(bytes('41 81'), 'windows-1252')).at).toBe('byte 1');
  });

  it('is read at once, however long its beginning is made', () => {
    const body = Buffer.from(`<?xml version="1.0"${' '.repeat(1_000_000)}encoding="UTF-16"?>`);
    expect(encodingOf({ body }).from).toBe('default');
    expect(encodingOf({ body: Buffer.from('x'), contentType: `text/xml${';='.repeat(50_000)}` }).from).toBe('default');
    expect(encodingOf({ body: Buffer.from('x'), contentType: `text/xml; a="${'\\"'.repeat(50_000)}` }).from).toBe('default');
    expect(encodingOf({ body: Buffer.from('x'), contentType: `text/xml;${' '.repeat(50_000)}` }).from).toBe('default');
  });
});
