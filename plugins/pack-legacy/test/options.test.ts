import { describe, expect, it } from 'vitest';
import pack, { truncatedProperty } from '../src/index.ts';
import { options, type Writing, writing } from '../src/options.ts';
import { bytesOf, contextWith, faultOf, fixture, readBody, refusal, writeAgain } from './support/messages.ts';

const status = { name: 'OrderStatusUpdate', version: '01' };
const customer = { name: 'CustomerNew', version: '01' };
const text = (file: string): string => fixture(file).toString('utf8');
const inputOf = (body: string | Uint8Array, settings: object = {}) =>
  readBody(body, { settings }).read.input as never as Record<string, never>;

describe('widths that the reference does not document', () => {
  const fax = { 'CustomerNew@01/HDR010/NC_Fax': 32 };
  const wide = text('customer_new.txt').replace('+44 555 0142'.padEnd(30), '+44 555 0142'.padEnd(32));

  it('can be set, for reading', () => {
    expect(inputOf(wide)).not.toEqual(inputOf(text('customer_new.txt')));
    expect(inputOf(wide, { widths: fax })).toEqual(inputOf(text('customer_new.txt')));
  });

  it('can be set, for writing', () => {
    const { type, read } = readBody(text('customer_new.txt'));
    expect(bytesOf(writeAgain(type, read, { widths: fax })).toString()).toBe(wide);
  });

  it('can be given to fields that take no room', () => {
    const widths = { 'OrderStatusUpdate@01/HDR010/NC_CustomerOrderNumber': 4 };
    const body = text('order_status_update_v01.txt').replace('<HDR010>0170415     EUR', '<HDR010>0170415     C-12EUR');
    const { type, read } = readBody(body, { settings: { widths } });
    expect(read.input).toEqual(inputOf(text('order_status_update_v01.txt')));
    expect(read.surplus).toEqual({ 'ECEDOC/HEADER/HDR010/NC_CustomerOrderNumber': 'C-12' });
    expect(bytesOf(writeAgain(type, read, { widths })).toString()).toBe(body);
  });

  it('are settings of their own; the documented ones are none', () => {
    const keys = Object.keys(options.properties.widths.properties);
    expect(keys).toHaveLength(62);
    expect(keys).not.toContain('CustomerNew@01/HDR010/NC_Phone1');
    expect(keys).toContain('OrderCreate@01/ITM010/NC_ItemShipToAddr1');
    // Orders are all that is sent.
    const sent = keys.filter((key) => key.startsWith('OrderCreate@01/'));
    expect(Object.keys(writing.properties.widths.properties)).toEqual(sent);
  });
});

describe('records that end early', () => {
  const cut = (file: string, until: string): string => {
    const body = text(file);
    const end = body.indexOf('</HDR010>');
    return body.slice(0, body.indexOf(until)) + body.slice(end);
  };

  it('end behind any field that is not documented', () => {
    const short = cut('customer_new.txt', ' '.repeat(254) + '</HDR010>');
    expect(short.length).toBe(text('customer_new.txt').length - 254);
    expect(inputOf(short)).toEqual(inputOf(text('customer_new.txt')));
  });

  it('end there where little is documented only if that is said', () => {
    const body = text('order_status_update_v01.txt');
    const short = body.replaceAll(/(<ITM010>.{114}).{34}(<\/ITM010>)/g, '$1$2');
    expect(short.length).toBe(body.length - 68);
    expect(faultOf(short).code).toBe('WB_RECORD_SEGMENT_END');
    expect(inputOf(short, { endsEarly: true })['items']).toEqual([
      { orderItemId: '812201', merchantItemNumber: 'LD-731-1', status: 'C', userData: { LOTNO: 'A19' } },
      { orderItemId: '812202', merchantItemNumber: 'LD-731-2', status: 'C' },
    ]);
  });

  it('never end inside a field', () => {
    const body = text('order_status_update_v01.txt').replace(/(<ITM010>.{115}).{33}(<\/ITM010>)/, '$1$2');
    expect(faultOf(body, { settings: { endsEarly: true } }).code).toBe('WB_RECORD_SEGMENT_END');
  });
});

describe('low-values', () => {
  const padded = fixture('product_quantity_update.txt');
  for (let at = padded.indexOf('90L') + 3; padded[at] === 0x20; at += 1) padded[at] = 0;

  it('are padding where that is said', () => {
    expect(faultOf(padded).code).toBe('WB_RECORD_BAD_CHARACTER');
    expect(inputOf(padded, { lowValues: 'pad' })).toEqual(inputOf(text('product_quantity_update.txt')));
  });
});

describe('the store of a customer', () => {
  const body = text('customer_new.txt').replace('ENCRYPTEDPW1ENCRYPTEDPW1          ', 'ENCRYPTEDPW1ENCRYPTEDPW10000010204');

  it('means nothing, and is kept beside the input', () => {
    const { type, read } = readBody(body);
    expect([read.store, read.surplus]).toEqual([undefined, { 'ECEDOC/HEADER/HDR010/NC_MerchantRefNumber': '0000010204' }]);
    expect(bytesOf(writeAgain(type, read)).toString()).toBe(body);
  });

  it('is one where that is said', () => {
    const { type, read } = readBody(body, { settings: { customerStore: true } });
    expect([read.store, read.surplus, (read.input as { readonly storeId: string }).storeId]).toEqual(['10204', undefined, '10204']);
    expect(bytesOf(writeAgain(type, read, { customerStore: true })).toString()).toContain('ENCRYPTEDPW110204     ');
    expect(refusal(() => writeAgain(type, read)).at).toContain('storeId');
  });
});

describe('writing', () => {
  const { read } = readBody(text('customer_new.txt'));
  const input = read.input as { readonly address: { readonly name: object } };
  const named = (lastName: string) => ({
    ...read,
    input: { ...input, address: { ...input.address, name: { ...input.address.name, lastName } } },
  });
  const compose = (data: object, settings: Partial<Writing> = {}) => pack.compose(customer, data, contextWith(settings));

  it('refuses what does not fit, with both places', () => {
    const error = refusal(() => compose(named('Ł'.repeat(31))));
    expect({ code: error.code, at: error.at }).toEqual({
      code: 'WB_RECORD_DOES_NOT_FIT',
      at: 'ECEDOC/HEADER/HDR010/NC_LastName (address.name.lastName)',
    });
  });

  it('cuts free text where that is said, and tells it', () => {
    const draft = compose(named('Ł'.repeat(31)), { truncate: true });
    expect(draft.properties).toEqual({ [truncatedProperty]: 'ECEDOC/HEADER/HDR010/NC_LastName' });
    const again = readBody(bytesOf(draft)).read.input as typeof input;
    expect(again.address.name).toMatchObject({ lastName: 'Ł'.repeat(30) });
    expect(compose(named('Ł'.repeat(30)), { truncate: true }).properties).toBeUndefined();
  });

  it('cuts no id, number, code or secret', () => {
    const { logonId: _id, ...rest } = input as typeof input & { readonly logonId: string };
    for (const changed of [
      { ...rest, logonId: 'x'.repeat(32) },
      { ...input, password: 'S'.repeat(13), passwordVerify: 'S'.repeat(13) },
      { ...input, userData: { TOOLONGANAME: 'x' } },
    ]) {
      const error = refusal(() => compose({ input: changed }, { truncate: true }));
      expect(error.code).toMatch(/^WB_RECORD_(DOES_NOT_FIT|BAD_VALUE)$/);
      expect(error.message).not.toContain('S'.repeat(13));
    }
  });

  it('counts characters, or bytes', () => {
    const data = named('é'.repeat(16));
    expect(bytesOf(compose(data)).length).toBe(bytesOf(compose(named('e'.repeat(16)))).length + 16);
    expect(refusal(() => compose(data, { units: 'bytes' })).code).toBe('WB_RECORD_DOES_NOT_FIT');
    const bytes = bytesOf(compose(named('é'.repeat(15)), { units: 'bytes' }));
    expect(readBody(bytes, { settings: { units: 'bytes' } }).read.input).toEqual(named('é'.repeat(15)).input);
    expect(faultOf(bytes).code).toBe('WB_RECORD_SEGMENT_END');
  });

  it('tells its encoding', () => {
    expect(compose(read, { encoding: 'cp500' }).contentType).toBe('text/plain; charset=cp500');
  });

  it.each([
    ['no object', 'x'],
    ['no input', {}],
    ['another command', { command: 'order.update-status', input: {} }],
    ['surplus that is no text', { input, surplus: { a: 1 } }],
  ])('refuses data of another shape: %s', (_what, data) => {
    expect(refusal(() => compose(data as object)).code).toBe('WB_LEGACY_BAD_DATA');
  });

  it('refuses a type of another pack', () => {
    expect(refusal(() => pack.compose({ name: 'Other', version: '01' }, {}, contextWith())).code).toBe('WB_LEGACY_UNKNOWN_TYPE');
  });

  it('refuses surplus that has no place, or holds a tag', () => {
    const { read: told } = readBody(text('order_status_update_v01.txt'));
    const writeWith = (surplus: object) => refusal(() => pack.compose(status, { ...told, surplus }, contextWith())).code;
    expect(writeWith({ 'ECEDOC/ITMLST/ITMDAT[3]/ITM010': 'x' })).toBe('WB_RECORD_UNKNOWN_NAME');
    expect(writeWith({ 'ECEDOC/ITMLST/ITMDAT[2]/ITM010': '</ITM010>' })).toBe('WB_RECORD_DOES_NOT_FIT');
  });
});
