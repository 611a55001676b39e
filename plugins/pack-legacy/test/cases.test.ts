import { describe, expect, it } from 'vitest';
import { bytesOf, faultOf, fixture, readBody, writeAgain } from './support/messages.ts';

// Messages as back ends send them: valid, odd and broken.

const progress = {
  status: 'C',
  placed: '2026-01-30T00:00:00',
  shipping: { scheduled: '2026-02-03T00:00:00', actual: '2026-02-04T00:00:00' },
};
const order = {
  ...progress,
  orderId: '88120',
  merchantOrderNumber: 'BE-88120/A',
  totals: { currency: 'CAD', net: '1210.50', tax: '157.37', shipping: '18.00', shippingTax: '2.34' },
};
const item = {
  ...progress,
  quantities: { confirmed: '3' },
  unitPrice: '201.75',
  totals: { currency: 'CAD', net: '605.25', tax: '78.68', shipping: '9.00', shippingTax: '1.17' },
};
const customer = {
  logonId: 'jlefèvre',
  password: 'k7Qx0011zzAB',
  passwordVerify: 'k7Qx0011zzAB',
  passwordForm: 'encrypted',
  personal: { preferredCommunication: 'E1', userFields: ['wholesale'] },
  challenge: { question: expect.any(String) as string, answer: 'Zoé' },
  business: { organizationName: 'Pépinières du Nord & Fils' },
  address: {
    name: { lastName: 'Lefèvre-Grünwald', firstName: 'Jérôme' },
    address: { lines: ["12 rue de l'Étang"], city: 'Liège', state: 'WLG', postalCode: '4000', country: 'Belgique' },
    contact: { telephones: [{ number: '+32 555 0161' }], emails: ['jerome@example.org'] },
  },
  userData: { LOYALTY: 'ÉTÉ-77' },
};

interface Good {
  readonly file: string;
  readonly encoding: string;
  readonly units?: 'bytes' | 'characters';
  readonly message: string;
  readonly input: object;
  readonly surplus?: object;
  /** Default: it is written as the same bytes. */
  readonly differs?: true;
}

const good: readonly Good[] = [
  {
    file: 'os02-037-awkward-user-data.bin',
    encoding: 'cp037',
    message: 'OrderStatusUpdate 02',
    input: {
      ...order,
      userData: { CARRIER: 'Nordfrakt', NOTE: '</DATUSR> [a|b] & <c>! ' },
      items: [
        { ...item, orderItemId: '55001', merchantItemNumber: 'BE-88120/A-1', userData: { LOT: 'A-19' } },
        { ...item, orderItemId: '55002', merchantItemNumber: 'BE-88120/A-2' },
      ],
    },
  },
  {
    file: 'pq01-1140-euro.bin',
    encoding: 'cp1140',
    message: 'ProductQuantityUpdate 01',
    input: { levels: [{ partNumber: 'TEE-€2-ØL', storeId: '10204', quantity: '17' }] },
  },
  {
    file: 'pp02-500-brackets.bin',
    encoding: 'cp500',
    message: 'ProductPriceUpdate 02',
    input: {
      offers: [
        {
          partNumber: 'SET[4]!|RED',
          ownerId: '7000002',
          currency: 'NOK',
          price: '1249.00',
          precedence: '7',
          priceListId: '10001',
          starts: '2026-04-01T00:00:00',
          ends: '2026-05-01T00:00:00',
        },
      ],
    },
    // The end of a day is written as the beginning of the next one.
    differs: true,
  },
  { file: 'nc01-latin1.bin', encoding: 'latin-1', message: 'CustomerNew 01', input: customer },
  { file: 'nc01-utf8-bytes.bin', encoding: 'utf-8', units: 'bytes', message: 'CustomerNew 01', input: customer },
  {
    file: 'os01-cobol-numbers.bin',
    encoding: 'cp037',
    message: 'OrderStatusUpdate 01',
    input: {
      orderId: '88120',
      merchantOrderNumber: 'BE-88120/A',
      status: 'M',
      placed: '2026-01-30T00:00:00',
      totals: { currency: 'CAD', net: '1210.50', tax: '157.37', shipping: '18', shippingTax: '2.34' },
      shipping: { scheduled: '2026-02-03T00:00:00' },
    },
    differs: true,
  },
  {
    file: 'os02-surplus.bin',
    encoding: 'utf-8',
    message: 'OrderStatusUpdate 02',
    input: { ...order, items: [{ ...item, orderItemId: '55001', merchantItemNumber: 'BE-88120/A-1' }] },
    surplus: { 'ECEDOC/ITMLST/ITMDAT[1]/ITM010': 'handed over at the gate'.padEnd(254) },
  },
  {
    file: 'os01-037-line-ends.bin',
    encoding: 'cp037',
    message: 'OrderStatusUpdate 01',
    input: { ...order, items: [{ ...progress, orderItemId: '55001', merchantItemNumber: 'BE-88120/A-1', quantities: { confirmed: '3' } }] },
    differs: true,
  },
];

describe.each(good)('$file in $encoding', ({ file, encoding, units = 'characters', message, input, surplus, differs = false }) => {
  const body = fixture(file);
  const { type, read } = readBody(body, { encoding, settings: { units } });

  it('is read, and nothing of it is lost', () => {
    expect(`${type.name} ${type.version}`).toBe(message);
    expect(read.input).toEqual(input);
    expect(read.surplus).toEqual(surplus);
  });

  it('is written again', () => {
    const again = bytesOf(writeAgain(type, read, { encoding, units }));
    expect(again.equals(body)).toBe(!differs);
    expect(readBody(again, { encoding, settings: { units } }).read).toEqual(read);
  });
});

describe('on01-utf8.bin, an order as a back end reads it', () => {
  const body = fixture('on01-utf8.bin');
  const { type, read } = readBody(body);

  it('is the event that it tells of', () => {
    expect(read.input).toMatchObject({
      orderId: '88120',
      requisitioner: { ids: [{ id: '9007199254', kind: 'internal' }, { kind: 'logon' }], name: { firstName: 'Łucja' } },
      billTo: { address: { city: 'Gdańsk' } },
      merchant: { organizationName: 'Harbour and Pine' },
      userData: { GIFT: 'Życzenia' },
      items: [{ partNumber: 'LAMPA-ŻÓŁTA', lineNumber: '0' }, { lineNumber: '1' }],
    });
    expect((read.input as { readonly placed: string }).placed).toMatch(/T23:59:59$/);
  });

  it('is written again as the same bytes', () => {
    expect(bytesOf(writeAgain(type, read)).equals(body)).toBe(true);
  });

  it('is refused in a code page without its letters, before anything is written', () => {
    expect(() => writeAgain(type, read, { encoding: 'cp037' })).toThrow(
      expect.objectContaining({ code: 'WB_RECORD_UNENCODABLE', at: expect.stringContaining('ECEDOC/HEADER/HDR020/') as string }),
    );
  });
});

describe('a message that is refused', () => {
  it.each<[string, string, string, string, string]>([
    [
      'os01-user-length-word.bin',
      'cp500',
      'WB_LEGACY_MALFORMED',
      'unreadable',
      'ECEDOC/HEADER/USRLST/DATUSR[1]/NC_FieldLength, character 268',
    ],
    ['os01-one-short.bin', 'cp037', 'WB_RECORD_SEGMENT_END', 'unreadable', 'ECEDOC/HEADER/HDR010, character 235'],
    ['pp01-no-currency.bin', 'utf-8', 'WB_RECORD_MISSING_VALUE', 'invalid', 'ECEDOC/HEADER/HDR010/NC_CurrencyType, character 91'],
    ['uc01-passwords-differ.bin', 'latin-1', 'WB_RECORD_BAD_VALUE', 'invalid', 'ECEDOC/HEADER/HDR010/NC_VerifyPassword, character 108'],
    ['os01-item-short.bin', 'cp500', 'WB_RECORD_SEGMENT_END', 'unreadable', 'ECEDOC/ITMLST/ITMDAT[1]/ITM010, character 425'],
  ])('%s tells the record, the field and the place', (file, encoding, code, kind, at) => {
    const error = faultOf(fixture(file), { encoding });
    expect({ code: error.code, kind: error.kind, at: error.at }).toEqual({ code, kind, at });
  });

  it('never shows a password', () => {
    const error = faultOf(fixture('uc01-passwords-differ.bin'), { encoding: 'latin-1' });
    expect(`${error.message} ${error.hint} ${JSON.stringify(error)}`).not.toMatch(/ENCRYPTEDPW/);
  });
});
