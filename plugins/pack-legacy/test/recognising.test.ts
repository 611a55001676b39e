import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { bytesOf, chosen, faultOf, fixture, messageOf, readBody, refusal, writeAgain } from './support/messages.ts';

const recognised = (body: string | Uint8Array, encoding?: string) => pack.recognise(messageOf(body, encoding), chosen());
const prolog = (type: string, version: string) => `<ECEDOC><PROLOG>${type.padEnd(10)}${version}${' '.repeat(10)}</PROLOG>`;

describe('recognising a message', () => {
  it.each<[string, string | Uint8Array]>([
    ['XML', '<?xml version="1.0"?><Update_WCS_OrderStatus version="3.0"/>'],
    ['another root', '<ECEDOCS>'],
    ['a root with attributes', '<ECEDOC version="1">'],
    ['a root in small letters', '<ecedoc>'],
    ['something before it', `x${prolog('PQ', '01')}`],
    ['white space alone', ' \n\t '],
    ['nothing', ''],
    ['UTF-16', Buffer.from(prolog('PQ', '01'), 'utf16le')],
  ])('leaves it to others: %s', (_what, body) => {
    expect(recognised(body)).toBeUndefined();
  });

  it.each<[string, string | Uint8Array, string]>([
    ['white space', ` \r\n\t${prolog('PQ', '01')}`, 'utf-8'],
    ['a byte order mark', `\ufeff${prolog('PQ', '01')}`, 'utf-8'],
    ['white space of EBCDIC', Buffer.concat([Buffer.from([0x40, 0x15, 0x0d, 0x25]), fixture('pq01-1140-euro.bin')]), 'cp1140'],
  ])('reads over what may stand before it: %s', (_what, body, encoding) => {
    expect(recognised(body, encoding)).toEqual({ name: 'ProductQuantityUpdate', version: '01' });
  });

  it('looks at the beginning alone', () => {
    expect(recognised(`${prolog('OS', '02')}<HEADER>${'\u0000'.repeat(9)}`)).toEqual({ name: 'OrderStatusUpdate', version: '02' });
  });

  it.each([
    ['ZZ', '01'],
    ['OS', '03'],
    ['NC', '02'],
    ['os', '01'],
    ['', '01'],
  ])('says which there are where type or version is unknown: %s %s', (type, version) => {
    const error = refusal(() => recognised(prolog(type, version)));
    expect({ code: error.code, kind: error.kind, at: error.at }).toEqual({
      code: 'WB_LEGACY_UNKNOWN_MESSAGE',
      kind: 'unknown',
      at: 'ECEDOC/PROLOG',
    });
    expect(error.hint).toBe('Known: ON 01, NC 01, UC 01, OS 01, OS 02, PP 01, PP 02, PQ 01.');
  });

  it.each([
    ['no PROLOG', '<ECEDOC><HEADER>', 'WB_RECORD_UNEXPECTED_TAG'],
    ['a short PROLOG', '<ECEDOC><PROLOG>OS        02         </PROLOG><HEADER></HEADER></ECEDOC>', 'WB_RECORD_SEGMENT_END'],
  ])('refuses what is surely ours and has %s', (_what, body, code) => {
    const error = refusal(() => recognised(body));
    expect({ code: error.code, kind: error.kind }).toEqual({ code, kind: 'unreadable' });
  });

  it.each<[string, Uint8Array, string]>([
    ['EBCDIC that is said to be UTF-8', fixture('pq01-1140-euro.bin'), 'utf-8'],
    ['UTF-8 that is said to be EBCDIC', fixture('product_quantity_update.txt'), 'cp037'],
    ['UTF-8 that is said to be UTF-16', fixture('product_quantity_update.txt'), 'utf-16le'],
  ])('tells %s by its name', (_what, body, encoding) => {
    const error = refusal(() => recognised(body, encoding));
    expect({ code: error.code, kind: error.kind }).toEqual({ code: 'WB_LEGACY_WRONG_ENCODING', kind: 'unreadable' });
    expect(error.hint).toContain('"encoding"');
  });
});

describe('a PROLOG that is longer than its fields', () => {
  it('is read, and what is behind them is kept', () => {
    const body = fixture('product_quantity_update.txt').toString().replace('</PROLOG>', ' v9</PROLOG>');
    const { type, read } = readBody(body);
    expect(read.surplus).toEqual({ 'ECEDOC/PROLOG': ' v9' });
    expect(bytesOf(writeAgain(type, read)).toString()).toBe(body);
  });
});

describe('a message that is read', () => {
  it.each<[string, (text: string) => string, string, string]>([
    [
      'another version of a record',
      (text) => text.replace('<HDR010>01', '<HDR010>02'),
      'WB_LEGACY_MALFORMED',
      'ECEDOC/HEADER/HDR010/NC_HDR010VersionNumber, character 63',
    ],
    [
      'something in reserved fields',
      (text) => text.replace('PQ        01 ', 'PQ        01x'),
      'WB_LEGACY_MALFORMED',
      'ECEDOC/PROLOG/NC_RESERVED, character 28',
    ],
    [
      'a second record',
      (text) => text.replace(/<HDR010>.*<\/HDR010>/, '$&$&'),
      'WB_RECORD_UNEXPECTED_TAG',
      'ECEDOC/HEADER/HDR010, character 168',
    ],
    ['no record', (text) => text.replace(/<HDR010>.*<\/HDR010>/, ''), 'WB_RECORD_MISSING_SEGMENT', 'ECEDOC/HEADER/HDR010, character 55'],
    [
      'user data, which it has not',
      (text) => text.replace('</HEADER>', '<USRLST></USRLST></HEADER>'),
      'WB_RECORD_UNEXPECTED_TAG',
      'ECEDOC/HEADER, character 168',
    ],
    ['no end', (text) => text.replace('</ECEDOC>', ''), 'WB_RECORD_UNEXPECTED_TAG', 'ECEDOC, character 177'],
    ['something behind its end', (text) => `${text}x`, 'WB_RECORD_UNEXPECTED_TAG', 'ECEDOC, character 186'],
    [
      'no store',
      (text) => text.replace('10204     ', ' '.repeat(10)),
      'WB_RECORD_MISSING_VALUE',
      'ECEDOC/HEADER/HDR010/NC_MerchantRefNumber, character 149',
    ],
    [
      'a quantity below zero',
      (text) => text.replace('340   ', '-340  '),
      'WB_RECORD_BAD_VALUE',
      'ECEDOC/HEADER/HDR010/NC_ProductQuantity, character 75',
    ],
    [
      'no quantity',
      (text) => text.replace('340   ', '      '),
      'WB_RECORD_MISSING_VALUE',
      'ECEDOC/HEADER/HDR010/NC_ProductQuantity, character 75',
    ],
    [
      'no product',
      (text) => text.replace('WHEELBARROW-90L', ' '.repeat(15)),
      'WB_RECORD_BAD_VALUE',
      'ECEDOC/HEADER/HDR010/NC_ProductRefNumber, character 65',
    ],
    [
      'letters in a number',
      (text) => text.replace('10204', '1O204'),
      'WB_RECORD_BAD_VALUE',
      'ECEDOC/HEADER/HDR010/NC_MerchantRefNumber, character 149',
    ],
    [
      'low-values',
      (text) => text.replace('WHEELBARROW-90L ', 'WHEELBARROW-90L\0'),
      'WB_RECORD_BAD_CHARACTER',
      'ECEDOC/HEADER/HDR010/NC_ProductNumber, character 100',
    ],
  ])('is refused where it has %s, at its place', (_what, change, code, at) => {
    const text = fixture('product_quantity_update.txt').toString();
    expect(change(text)).not.toBe(text);
    const error = faultOf(change(text));
    expect({ code: error.code, at: error.at }).toEqual({ code, at });
  });
});
