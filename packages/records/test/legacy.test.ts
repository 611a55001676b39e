import { describe, expect, it } from 'vitest';
import { type RecordValues, surplusKey, type Unit } from '../src/index.ts';
import { bytes, declarations, declared, formatFor, text } from './support/legacy.ts';
import { refusal } from './support/refusal.ts';

const messages = Object.keys(declarations);

describe.each(messages)('the sample %s', (name) => {
  it('is written again as the same text', () => {
    const sample = bytes(`${name}.txt`);
    const format = formatFor(sample);
    expect(Buffer.from(format.encode(format.decode(sample))).toString()).toBe(sample.toString());
  });

  it('means the same with white space around every tag', () => {
    const sample = text(`${name}.txt`);
    const spaced = sample.replaceAll(/>(?=<)/g, '>\r\n\t ');
    const format = declared(name);
    expect(format.decode(Buffer.from(` \n${spaced}\n`))).toEqual(format.decode(Buffer.from(sample)));
  });
});

interface Good {
  readonly file: string;
  readonly encoding: string;
  readonly units?: Unit;
  readonly holds: object;
}

const good: readonly Good[] = [
  {
    file: 'os02-037-awkward-user-data.bin',
    encoding: 'cp037',
    holds: {
      HEADER: {
        HDR010: { NC_OrderRefNumber: '88120', NC_MerchantOrderNumber: 'BE-88120/A', NC_TotalPrice: '1210.50', NC_PlaceDate: '2026-01-30' },
        USRLST: { DATUSR: [{ NC_FieldValue: 'Nordfrakt' }, { NC_FieldName: 'NOTE', NC_FieldValue: '</DATUSR> [a|b] & <c>! ' }] },
      },
      ITMLST: {
        ITMDAT: [{ USRLST: { DATUSR: [{ NC_FieldName: 'LOT', NC_FieldValue: 'A-19' }] } }, { ITM010: { NC_ItemRefNumber: '55002' } }],
      },
    },
  },
  {
    file: 'pq01-1140-euro.bin',
    encoding: 'cp1140',
    holds: { HEADER: { HDR010: { NC_ProductNumber: 'TEE-€2-ØL', NC_MerchantRefNumber: '10204' } } },
  },
  {
    file: 'pp02-500-brackets.bin',
    encoding: 'cp500',
    holds: {
      HEADER: {
        HDR010: { NC_ProductNumber: 'SET[4]!|RED', NC_StartTimestamp: '2026-04-01T00:00:00', NC_EndTimestamp: '2026-05-01T00:00:00' },
      },
    },
  },
  {
    file: 'nc01-latin1.bin',
    encoding: 'latin-1',
    holds: {
      HEADER: { HDR010: { NC_Password: 'k7Qx0011zzAB' }, USRLST: { DATUSR: [{ NC_FieldName: 'LOYALTY', NC_FieldValue: 'ÉTÉ-77' }] } },
    },
  },
  {
    file: 'nc01-utf8-bytes.bin',
    encoding: 'utf-8',
    units: 'bytes',
    holds: { HEADER: { HDR010: { NC_Password: 'k7Qx0011zzAB' }, USRLST: { DATUSR: [{ NC_FieldLength: '8', NC_FieldValue: 'ÉTÉ-77' }] } } },
  },
  {
    file: 'os02-surplus.bin',
    encoding: 'utf-8',
    holds: {
      ITMLST: { ITMDAT: [{ ITM010: { NC_ItemTotalTaxShippingPrice: '1.17', [surplusKey]: 'handed over at the gate'.padEnd(254) } }] },
    },
  },
  {
    file: 'on01-utf8.bin',
    encoding: 'utf-8',
    holds: {
      HEADER: { HDR010: { NC_ShopperRefNumber: '9007199254', NC_OrderTime: '23:59:59' }, HDR020: { NC_PurchaserFirstName: 'Łucja' } },
      ITMLST: { ITMDAT: [{ ITM010: { NC_ItemProductNumber: 'LAMPA-ŻÓŁTA' } }, { ITM010: { NC_ItemLineNumber: '2' } }] },
    },
  },
];

describe.each(good)('the message $file in $encoding', ({ file, encoding, units = 'characters', holds }) => {
  const body = bytes(file);
  const format = formatFor(body, { encoding, units });

  it('is read', () => {
    expect(format.decode(body)).toMatchObject(holds);
  });

  it('is written again as the same bytes', () => {
    const again = format.encode(format.decode(body));
    // The end of a day is written as the beginning of the next one.
    const same = file.startsWith('pp02') ? format.encode(format.decode(again)) : body;
    expect(Buffer.from(again).equals(same)).toBe(true);
  });
});

describe('amounts and numbers as programs in COBOL write them', () => {
  const body = bytes('os01-cobol-numbers.bin');
  const { HEADER } = formatFor(body, { encoding: 'cp037' }).decode(body) as { HEADER: { HDR010: RecordValues } };

  it('mean the numbers that they are', () => {
    expect(HEADER.HDR010).toMatchObject({
      NC_OrderRefNumber: '88120',
      NC_TotalPrice: '1210.50',
      NC_TotalTaxPrice: '157.37',
      NC_TotalShippingPrice: '18',
    });
  });

  it('are absent where they are blank', () => {
    expect(HEADER.HDR010).not.toHaveProperty('NC_ActualShipDate');
  });
});

describe('line ends of EBCDIC between records', () => {
  it('are read over, and never written', () => {
    const body = bytes('os01-037-line-ends.bin');
    const format = formatFor(body, { encoding: 'cp037' });
    const values = format.decode(body);
    const again = format.encode(values);
    expect(again.some((byte) => byte === 0x15 || byte === 0x25 || byte === 0x0d)).toBe(false);
    expect(format.decode(again)).toEqual(values);
  });
});

describe('a message that has lost or gained something', () => {
  it.each([
    ['os01-user-length-word.bin', 'cp500', 'WB_RECORD_BAD_VALUE', 'ECEDOC/HEADER/USRLST/DATUSR[1]/NC_FieldLength, character 268'],
    ['os01-one-short.bin', 'cp037', 'WB_RECORD_SEGMENT_END', 'ECEDOC/HEADER/HDR010, character 235'],
    ['os01-item-short.bin', 'cp500', 'WB_RECORD_SEGMENT_END', 'ECEDOC/ITMLST/ITMDAT[1]/ITM010, character 425'],
  ])('is refused where that has happened: %s', (file, encoding, code, at) => {
    const body = bytes(file);
    const error = refusal(() => formatFor(body, { encoding }).decode(body));
    expect({ code: error.code, at: error.at }).toEqual({ code, at });
  });
});

describe('a message that cannot be written in another encoding', () => {
  it('is refused at the first field with a character that does not exist there', () => {
    const values = formatFor(bytes('on01-utf8.bin')).decode(bytes('on01-utf8.bin'));
    const error = refusal(() => declared('order_create', { encoding: 'cp037' }).encode(values));
    expect({ code: error.code, at: error.at }).toEqual({
      code: 'WB_RECORD_UNENCODABLE',
      at: 'ECEDOC/HEADER/HDR020/NC_ShopperLoginID',
    });
  });

  it('is written in another one that has its characters, and is the same message', () => {
    const body = bytes('nc01-latin1.bin');
    const values = formatFor(body, { encoding: 'latin-1' }).decode(body);
    for (const encoding of ['cp037', 'cp500', 'cp1140', 'utf-8']) {
      const format = declared('customer_new', { encoding });
      expect(format.decode(format.encode(values))).toEqual(values);
    }
  });
});
