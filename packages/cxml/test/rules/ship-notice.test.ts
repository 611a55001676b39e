import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/index.ts';
import { changed } from '../support/documents.ts';
import { objection, order, readBack, written } from '../support/supplier.ts';

const type = 'ShipNoticeRequest';
const base = { shipmentId: 'KS-1', operation: 'new', noticed: '2026-11-04T16:00:00+01:00' };
const refused = (content: object) => objection(type, { ...base, ...content });
const line = (number: number) => ({ number, quantity: '5', unit: 'EA' });
const carrier = { identifiers: [{ domain: 'SCAC', code: 'TWPA' }], tracking: [{ number: 'TW88' }] };

describe('a ship notice', () => {
  it('without lines means all of the order, and is read as such', () => {
    const text = written(type, { ...base, orders: [order] });
    expect(text).not.toContain('ShipNoticeItem');
    expect(readBack(type, { ...base, orders: [order] })['orders']).toEqual([order]);
  });

  it('with a list of no lines is not written, since it would mean all of them', () => {
    expect(refused({ orders: [{ ...order, lines: [] }] })).toContain('has no line of order BW-2207, which would mean all of it');
  });

  it('numbers its lines', () => {
    const text = written(type, { ...base, orders: [{ ...order, lines: [line(7), line(3)] }] });
    expect([...text.matchAll(/lineNumber="(\d+)" shipNoticeLineNumber="(\d+)"/g)].map(([, of, at]) => [of, at])).toEqual([
      ['7', '1'],
      ['3', '2'],
    ]);
  });

  it('names an order once, and a line once', () => {
    expect(refused({ orders: [order, order] })).toContain('names one order twice');
    expect(refused({ orders: [{ ...order, lines: [line(1), line(1)] }] })).toContain('names a line of order BW-2207 twice');
  });

  it('names an order, but where it is taken back', () => {
    expect(refused({ orders: [] })).toContain('names no order');
    expect(refused({ orders: [], operation: 'delete', replaces: 's1@kelso.example' })).toBeUndefined();
    expect(refused({ orders: [{ orderId: 'BW-2207' }] })).toContain('needs the payload id of the order');
  });

  it.each(['update', 'delete'])('of operation %s names the notice before', (operation) => {
    expect(refused({ orders: [order], operation })).toContain(`is of operation ${operation} and does not say of which notice`);
  });

  it('has parts of the way of which all but the first begin at a time', () => {
    const starts = '2026-11-05T06:00:00+01:00';
    expect(refused({ orders: [order], carriers: [carrier, { ...carrier, starts }] })).toBeUndefined();
    expect(refused({ orders: [order], carriers: [carrier, carrier] })).toContain('all but the first need a start');
    expect(refused({ orders: [order], carriers: [{ ...carrier, starts }] })).toContain('the first has none');
  });

  it('names a carrier once in each list', () => {
    const twice = { ...carrier, identifiers: [...carrier.identifiers, { domain: 'scac', code: 'OTHER' }] };
    expect(refused({ orders: [order], carriers: [twice] })).toContain('has two names of the carrier in one list');
  });

  it('says how the goods travel in a word that buyers know', () => {
    expect(readBack(type, { ...base, orders: [order], carriers: [{ ...carrier, method: 'rail' }] })['carriers']).toEqual([
      { ...carrier, method: 'rail' },
    ]);
    expect(refused({ orders: [order], carriers: [{ ...carrier, method: 'on foot' }] })).toContain('does not say how the goods travel');
  });

  it('of another system may have no payload id of the order, its route elsewhere, and orders without lines', () => {
    const bare = changed('ship-notice', '<DocumentReference payloadID="2207.1@buy.brackwater.example"/>', '').replace(
      /<TransportInformation>(.*)<\/TransportInformation>/,
      '$1',
    );
    const { orders, carriers } = readDocument(bare).input as { orders: object[]; carriers: object[] };
    expect(orders).toMatchObject([{ orderId: 'BW-2207', ordered: '2026-11-02T08:15:00+01:00' }]);
    expect(carriers[0]).toMatchObject({ method: 'motor' });
  });
});
