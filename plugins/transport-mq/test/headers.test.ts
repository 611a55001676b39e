import { describe, expect, it } from 'vitest';
import { idLength, idOfText, textOfId, textOfIdBeside } from '../src/headers/ids.ts';
import { writeUndeliveredHeader } from '../src/headers/mqdlh.ts';
import { nameOfWire, wireName } from '../src/headers/property-names.ts';
import { readHeader, writeHeader } from '../src/headers/rfh2.ts';

const uuid = '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';

describe('an id in MQ', () => {
  it.each([uuid, 'ab'.repeat(24)])('is turned back: %s', (text) => {
    expect([idOfText(text).length, textOfId(idOfText(text))]).toEqual([idLength, text]);
  });

  it('of any other text is told from others, and is that text where it travels beside it', () => {
    expect(idOfText('order-1').equals(idOfText('order-2'))).toBe(false);
    expect(textOfIdBeside(idOfText('order-1'), 'order-1')).toBe('order-1');
    expect(textOfIdBeside(idOfText('order-1'), 'order-2')).toBe(idOfText('order-1').toString('hex'));
  });

  it('is none where it is empty', () => {
    expect(textOfId(Buffer.alloc(24))).toBeUndefined();
  });
});

describe('the name of a property', () => {
  it.each([
    ['OrderNo', 'OrderNo'],
    ['order_no', 'order_no'],
    ['x-request-id', 'x_2d_request_2d_id'],
    ['1st', '_31_st'],
    ['a_2d_b', 'a_5f_2d_b'],
    ['and', '_61_nd'],
    ['JMSType', '_4a_MSType'],
    ['Waybillid', '_57_aybillid'],
    ['größe', 'gr_f6__df_e'],
  ])('%s is %s on the wire, and comes back', (name, wire) => {
    expect([wireName(name), nameOfWire(wire)]).toEqual([wire, name]);
  });

  it('of somebody else stays as it is', () => {
    expect([nameOfWire('Order_No'), nameOfWire('_zz_'), nameOfWire('_ffffff_')]).toEqual(['Order_No', '_zz_', '_ffffff_']);
  });
});

describe('a header in front of a body', () => {
  it('is read as it was written', () => {
    const folders = { usr: { OrderNo: '<12> & "more"', empty: '' } };
    const bytes = Buffer.concat([writeHeader(folders, { format: 'MQSTR', ccsid: 500 }), Buffer.from('body')]);
    expect(readHeader(bytes, 546)).toEqual({ folders, format: 'MQSTR', ccsid: 500, encoding: 546, body: Buffer.from('body') });
    expect(bytes.readInt32LE(8) % 4).toBe(0);
  });

  it('of somebody who writes numbers the other way round, with types, nulls and names in names, is read', () => {
    const folder = Buffer.from("<usr><n dt='i4'>5</n><gone xsi:nil='true'></gone><a><b>c</b></a><e/></usr>  ");
    const head = Buffer.alloc(40, ' ');
    head.write('RFH ', 0);
    for (const [at, value] of [
      [4, 2],
      [8, 40 + folder.length],
      [12, 273],
      [16, 819],
      [28, 0],
      [32, 1208],
      [36, folder.length],
    ] as const)
      head.writeInt32BE(value, at);
    const header = readHeader(Buffer.concat([head, folder, Buffer.from('x')]), 273);
    expect([header?.folders, header?.ccsid, header?.body.toString()]).toEqual([{ usr: { n: '5', 'a.b': 'c', e: '' } }, 819, 'x']);
  });

  it.each([[Buffer.from('RFH short')], [writeHeader({ usr: { a: 'b' } }, { format: '', ccsid: 1208 }).subarray(0, 50)]])(
    'that is damaged is none',
    (bytes) => {
      expect(readHeader(bytes, 546)).toBeUndefined();
    },
  );

  it('of a message that cannot be delivered says where it was to go and what follows', () => {
    const at = new Date(Date.UTC(2026, 10, 27, 14, 3, 15, 990));
    const bytes = writeUndeliveredHeader({
      reason: 2362,
      queue: 'ORDERS.IN',
      manager: '',
      encoding: 273,
      ccsid: 500,
      format: 'MQSTR',
      applicationType: 28,
      application: 'waybill',
      at,
      isLittleEndian: true,
    });
    const text = (from: number, length: number): string => bytes.toString('latin1', from, from + length).trimEnd();
    expect([bytes.length, text(0, 4), bytes.readInt32LE(4), bytes.readInt32LE(8), text(12, 48), text(60, 48)]).toEqual([
      172,
      'DLH',
      1,
      2362,
      'ORDERS.IN',
      '',
    ]);
    expect([bytes.readInt32LE(108), bytes.readInt32LE(112), text(116, 8), bytes.readInt32LE(124), text(128, 28)]).toEqual([
      273,
      500,
      'MQSTR',
      28,
      'waybill',
    ]);
    expect([text(156, 8), text(164, 8)]).toEqual(['20261127', '14031599']);
  });
});
