import { CommandError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

const sample = sampleOf('Update_NC_OrderStatus');
const type = { name: 'Update_NC_OrderStatus', version: '1.0' };

const inputOf = (body: string) => readBody(body).read.input;
const headed = (from: string | RegExp, to: string) => inputOf(sample.replace(from, to));
const dated = (dates: string) =>
  sample.replace(/<DateTimeReference>.*<\/DateTimeReference>/s, `<DateTimeReference>${dates}</DateTimeReference>`);

describe('Update_NC_OrderStatus 1.0', () => {
  it('reads the sample', () => {
    expect(readBody(sample)).toEqual({
      type,
      read: {
        command: 'order.update-status',
        input: {
          orderId: '12007',
          merchantOrderNumber: 'SO-2024-00871',
          totals: { currency: 'CAD', net: '184.50', tax: '23.99', shipping: '12.00', shippingTax: '1.56' },
          status: 'C',
          placed: '2024-03-11T14:15:02',
          shipping: { requested: '2024-03-13T00:00:00', scheduled: '2024-03-14T00:00:00' },
          fields: ['17'],
          items: [
            {
              merchantItemNumber: '10',
              orderItemId: '45012',
              quantities: { confirmed: '3' },
              unitPrice: '61.50',
              status: 'C',
              comment: 'Bundle with brochure',
            },
          ],
        },
      },
    });
  });

  it('is composed as it was read, but for the order numbers of items, which mean nothing', () => {
    const { read } = readBody(sample);
    const text = textOf(pack.compose(type, read, context));
    expect(readBody(text)).toEqual({ type, read });
    const squeezed = (body: string) => body.replace(/>\s+</g, '><').replace(/><\/(?:Verb|Noun)>/g, '/>');
    const item = (body: string) =>
      body
        .replace(/(<OrderStatusItem>)<OrderNumberByBackend>.*?<\/OrderNumberByBackend>/, '$1')
        .replace(/<OrderNumberByNC>12007<\/OrderNumberByNC>(?=<ItemNumberByNC>)/, '');
    expect(squeezed(text)).toBe(item(squeezed(sample)));
  });

  it('leaves the status out where there is none', () => {
    expect(headed('<Status>C</Status>', '')).not.toHaveProperty('status');
  });

  it('names the order by the number of the back end where that is all there is', () => {
    const input = headed('<OrderNumberByNC>12007</OrderNumberByNC>', '');
    expect(input).toMatchObject({ merchantOrderNumber: 'SO-2024-00871' });
    expect(input).not.toHaveProperty('orderId');
  });

  it('gives no meaning to the number of the buyer and to who ordered', () => {
    const body = sample
      .replace('</OrderNumberByNC>\n        <Total', '</OrderNumberByNC><OrderNumberByBuyer>B-1</OrderNumberByBuyer>\n        <Total')
      .replace('</TotalPriceInfo>', '</TotalPriceInfo><RequisitionerID type="logon">tokonkwo</RequisitionerID>');
    expect(body.length).toBeGreaterThan(sample.length + 80);
    expect(readBody(body)).toEqual(readBody(sample));
    expect(faultOf(body.replace('type="logon"', 'type="other"'))).toMatchObject({
      code: 'WB_XML_BAD_VALUE',
      at: expect.stringContaining('RequisitionerID@type') as string,
    });
  });

  it('is not answered when its command succeeds, and with a WCS_Error when it fails', () => {
    const { read } = readBody(sample);
    expect(pack.reply?.(type, { ok: true, output: undefined, read }, context)).toBeUndefined();
    const error = new CommandError('WB_STORE_ORDER_UNKNOWN', 'There is no order 12007.');
    const answer = readBody(textOf(pack.reply?.(type, { ok: false, error, read }, context)));
    expect(answer.read.input).toMatchObject({
      code: 'WB_STORE_ORDER_UNKNOWN',
      command: 'order.update-status',
      attributes: { orderId: '12007' },
    });
  });
});

describe('the dates of Update_NC_OrderStatus 1.0', () => {
  it.each([
    ['a day', '<PlacedDate>20240311</PlacedDate>', '2024-03-11T00:00:00'],
    ['a day with hyphens', '<PlacedDate>2024-03-11</PlacedDate>', '2024-03-11T00:00:00'],
    ['a day and a time', '<PlacedDate>20240311</PlacedDate><PlacedTime>141502</PlacedTime>', '2024-03-11T14:15:02'],
    ['an instant', '<PlacedDate>2024-03-11T14:15:02.250000</PlacedDate>', '2024-03-11T14:15:02.25'],
    ['an instant and a time', '<PlacedDate>2024-03-11T14:15:02</PlacedDate><PlacedTime>235959</PlacedTime>', '2024-03-11T14:15:02'],
  ])('may be %s', (_title, dates, placed) => {
    const { read } = readBody(dated(dates));
    expect(read.input).toMatchObject({ placed });
    expect(readBody(textOf(pack.compose(type, read, context))).read).toEqual(read);
  });

  it.each([
    ['a day and a time', '<LastUpdateDate>20240312</LastUpdateDate><LastUpdateTime>080000</LastUpdateTime>', '2024-03-12T08:00:00'],
    ['a day', '<LastUpdateDate>20240312</LastUpdateDate>', '2024-03-12T00:00:00'],
    ['an instant as the time, as the original takes it', '<LastUpdateTime>2024-03-12T08:00:00.5</LastUpdateTime>', '2024-03-12T08:00:00.5'],
  ])('tell when the status was written: %s', (_title, dates, lastUpdateTime) => {
    const { read } = readBody(dated(`<PlacedDate>20240311</PlacedDate>${dates}`));
    expect(read.input).toMatchObject({ lastUpdateTime });
    expect(readBody(textOf(pack.compose(type, read, context))).read).toEqual(read);
  });

  it('are those of each item, but for its last change', () => {
    const reference = '<DateTimeReference><PlacedDate>20240310</PlacedDate><LastUpdateTime>080000</LastUpdateTime></DateTimeReference>';
    const { items } = headed('<Instruction>', `${reference}<Instruction>`) as { readonly items: readonly object[] };
    expect(items[0]).toMatchObject({ placed: '2024-03-10T00:00:00' });
    expect(items[0]).not.toHaveProperty('lastUpdateTime');
  });

  it.each([
    ['a day that does not exist', '<PlacedDate>20240230</PlacedDate>', 'PlacedDate'],
    ['a time that does not exist', '<PlacedDate>20240311</PlacedDate><PlacedTime>250000</PlacedTime>', 'PlacedTime'],
    ['a last change at a time of no day', '<PlacedDate>20240311</PlacedDate><LastUpdateTime>080000</LastUpdateTime>', 'LastUpdate'],
  ])('are refused: %s', (_title, dates, at) => {
    expect(faultOf(dated(dates))).toMatchObject({
      code: 'WB_XML_BAD_VALUE',
      at: expect.stringContaining(`OrderStatusHeader/DateTimeReference/${at}`) as string,
    });
  });
});

describe('an Update_NC_OrderStatus 1.0 that is refused', () => {
  it.each([
    ['no order', /<OrderNumberBy.*<\/OrderNumberByNC>\s*(?=<Total)/s, '', 'BAD_VALUE', 'OrderStatus/OrderStatusHeader, 10:7'],
    ['no item', /<ItemNumberByBackend>.*<\/ItemNumberByNC>/s, '', 'BAD_VALUE', 'OrderStatus/OrderStatusItem[1], 30:7'],
    [
      'a net price missing',
      '<TotalNetPrice>184.50</TotalNetPrice>',
      '',
      'MISSING_ELEMENT',
      'OrderStatus/OrderStatusHeader/TotalPriceInfo/TotalNetPrice, 15:11',
    ],
    ['a quantity in words', '<Quantity>3', '<Quantity>three', 'BAD_VALUE', 'OrderStatus/OrderStatusItem[1]/Quantity, 35:9'],
    [
      'an element of the newer form',
      '<Status>C</Status>',
      '<InvoiceInfo/>',
      'UNEXPECTED_ELEMENT',
      'OrderStatus/OrderStatusHeader/InvoiceInfo, 19:9',
    ],
    [
      'two orders, of which nobody could tell the fields apart',
      '</OrderStatus>\n',
      '</OrderStatus><OrderStatus/>\n',
      'TOO_MANY',
      'OrderStatus, 40:19',
    ],
  ])('has %s', (_title, from, to, code, at) => {
    expect(faultOf(sample.replace(from, to))).toMatchObject({ code: `WB_XML_${code}`, at: `Update_NC_OrderStatus/DataArea/${at}` });
  });

  it('says what to give where no order is named', () => {
    expect(() => pack.compose(type, { command: 'order.update-status', input: { status: 'C' } }, context)).toThrow(
      expect.objectContaining({
        message: 'Element OrderStatusHeader names no order.',
        hint: 'Give OrderNumberByNC, OrderNumberByBackend, or both.',
      }),
    );
  });

  it.each([
    ['an invoice', { invoice: { value: '1' } }, 'invoice'],
    ['a shipped quantity', { items: [{ orderItemId: '1', quantities: { shipped: '1' } }] }, 'quantities.shipped'],
    ['a version to be kept', { versioning: true }, 'versioning'],
  ])('is refused rather than cut down: %s', (_title, more, place) => {
    expect(() => pack.compose(type, { command: 'order.update-status', input: { orderId: '7', ...more } }, context)).toThrow(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', message: `The message has no place for "${place}".` }),
    );
  });
});
