import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

const sample = sampleOf('Update_WCS_OrderStatus');

describe('Update_WCS_OrderStatus 3.0', () => {
  it('reads the sample of a shipped order', () => {
    expect(readBody(sample)).toEqual({
      type: { name: 'Update_WCS_OrderStatus', version: '3.0' },
      read: {
        command: 'order.ship-status',
        credentials: { logonId: 'erp_gateway', password: 'kestrel-4410', orgName: 'Harbour and Pine' },
        input: {
          orderId: '12007',
          merchantOrderNumber: 'SO-2024-00871',
          sequenceNumber: '0000000042',
          lastUpdateTime: '2024-03-14T16:20:05',
          versioning: true,
          updateMode: 'P',
          totals: { currency: 'CAD', net: '184.50', tax: '23.99', shipping: '12.00', shippingTax: '1.56', selling: '222.05' },
          status: 'SP',
          statusText: 'Partly shipped',
          statusFlag: 'O',
          placed: '2024-03-11T14:15:02',
          shipping: { condition: 'SP', level: 'O', requested: '2024-03-13T00:00:00', actual: '2024-03-14T15:55:00' },
          shipTo: {
            name: 'Tobe Okonkwo',
            line1: '77 Signal Hill Road',
            line2: 'Apt 3',
            city: 'Port Merrin',
            state: 'NS',
            postalCode: 'B3X 2T5',
            country: 'CA',
          },
          comment: 'First parcel handed to the carrier',
          fields: ['17'],
          items: [
            {
              orderItemId: '45012',
              merchantItemNumber: '10',
              versioning: true,
              partNumber: 'HP-LAMP-02',
              quantities: { requested: '3', confirmed: '3', shipped: '2' },
              unitPrice: '61.50',
              status: 'SP',
              statusText: 'Partly shipped',
              statusFlag: 'I',
              shipping: { condition: 'SP', level: 'I', actual: '2024-03-14T15:55:00' },
              comment: 'One unit back-ordered',
            },
          ],
        },
      },
    });
  });

  it.each([
    ['OrderConfirm', 'order.confirm-status'],
    ['OrderShipping', 'order.ship-status'],
    ['OrderInvoice', 'order.invoice-status'],
    ['OrderStatus', 'order.update-status'],
  ])('asks by its element %s for %s', (element, command) => {
    const body = sample.replaceAll('OrderShipping>', `${element}>`);
    expect(readBody(body).read.command).toBe(command);
  });

  it('takes a status without StatusCondition as confirmed, whatever the form', () => {
    const { read } = readBody(sample.replace('<Status StatusCondition="SP" StatusFlag="O">', '<Status>'));
    expect(read.input).toMatchObject({ status: 'C', statusText: 'Partly shipped', statusFlag: 'O' });
  });

  it('leaves the status out where there is none: the command has a default of its own', () => {
    const { read } = readBody(sample.replace('<Status StatusCondition="SP" StatusFlag="O">Partly shipped</Status>', ''));
    expect(read.input).not.toHaveProperty('status');
  });

  it('reads an order number without a type as the number of the store', () => {
    const { read } = readBody(sample.replace('<OrderNumber type="ByWCS">', '<OrderNumber>'));
    expect(read.input).toMatchObject({ orderId: '12007', merchantOrderNumber: 'SO-2024-00871' });
  });

  it('names the order by the number of the back end where that is all there is', () => {
    const { read } = readBody(sample.replace('<OrderNumber type="ByWCS">12007</OrderNumber>', ''));
    expect(read.input).toMatchObject({ merchantOrderNumber: 'SO-2024-00871' });
    expect(read.input).not.toHaveProperty('orderId');
  });

  it.each([
    ['two numbers of the store', '<OrderNumber>12008</OrderNumber>', 'There are two OrderNumber with the type ByWCS.', 3],
    ['two of the back end', '<OrderNumber type="ByBackend">SO-2</OrderNumber>', 'There are two OrderNumber with the type ByBackend.', 3],
  ])('is refused with %s, and told which one is too many', (_title, more, says, place) => {
    const fault = faultOf(sample.replace(/(<OrderNumber type="ByBackend">.*?<\/OrderNumber>)/, `$1${more}`));
    expect(fault.message).toContain(says);
    expect(fault.at).toContain(`/OrderNumber[${place}],`);
  });

  it('has a number of the back end of at most 30 characters, whatever they are', () => {
    const numbered = (number: string) => sample.replace('SO-2024-00871', number);
    expect(readBody(numbered('😀'.repeat(30))).read.input).toMatchObject({ merchantOrderNumber: '😀'.repeat(30) });
    const fault = faultOf(numbered('x'.repeat(31)));
    expect(fault.message).toContain('has 31 characters; at most 30 are allowed');
    expect(fault.at).toContain('/OrderNumber[2],');
  });

  it('has amounts to five decimals', () => {
    const { type, read } = readBody(sample.replace('>184.50<', '>184.50001<'));
    expect(read.input).toMatchObject({ totals: { net: '184.50001' } });
    expect(readBody(textOf(pack.compose(type, read, context))).read).toEqual(read);
  });

  it('takes dates in all forms of the reference', () => {
    const { read } = readBody(sample.replace('<PlacedDate>2024-03-11T14:15:02.000000', '<PlacedDate>20240311'));
    expect(read.input).toMatchObject({ placed: '2024-03-11T00:00:00' });
  });

  it('takes ids, numbers and codes without the blanks that a pretty printer puts around them', () => {
    const printed = sample.replace(/>(12007|SO-2024-00871|0000000042|45012|HP-LAMP-02)</g, '>\n          $1\n        <');
    expect(readBody(printed)).toEqual(readBody(sample));
  });

  it('may be without credentials', () => {
    expect(readBody(sample.replace(/<Credentials>.*<\/Credentials>/s, '')).read).not.toHaveProperty('credentials');
  });
});

describe('Update_WCS_OrderStatus 2.0', () => {
  it('reads the sample of an invoiced order', () => {
    expect(readBody(sampleOf('Update_WCS_OrderStatus_20'))).toEqual({
      type: { name: 'Update_WCS_OrderStatus', version: '2.0' },
      read: {
        command: 'order.invoice-status',
        input: {
          orderId: '12007',
          merchantOrderNumber: 'SO-2024-00871',
          versioning: false,
          status: 'I',
          invoice: { date: '2024-03-15T09:00:00', value: '222.05' },
          items: [{ orderItemId: '45012', versioning: false, invoice: { value: '184.50' } }],
        },
      },
    });
  });

  it('refuses what only version 3.0 has', () => {
    const body = sampleOf('Update_WCS_OrderStatus_20').replace(
      '</InvoiceInfo>\n      </OrderStatusHeader>',
      '</InvoiceInfo><OrderInfo>x</OrderInfo></OrderStatusHeader>',
    );
    expect(faultOf(body)).toMatchObject({
      code: 'WB_XML_UNEXPECTED_ELEMENT',
      message: 'Element OrderStatusHeader cannot have a child OrderInfo.',
    });
  });
});

describe('an order status that a back end composes', () => {
  const type = { name: 'Update_WCS_OrderStatus', version: '3.0' };

  it('is written in schema order, with the defaults', () => {
    const data = {
      command: 'order.confirm-status',
      input: {
        merchantOrderNumber: 'SO-1',
        orderId: '7',
        comment: 'A & B',
        items: [{ merchantItemNumber: '10', quantities: { confirmed: '2' } }],
      },
      credentials: { logonId: 'erp', password: 'p' },
    };
    expect(textOf(pack.compose(type, data, context))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE Update_WCS_OrderStatus SYSTEM "Update_WCS_OrderStatus_30.dtd">
<Update_WCS_OrderStatus version="3.0">
  <ControlArea>
    <Verb value="Update"/>
    <Noun value="WCS_OrderStatus"/>
    <Credentials>
      <LogonId>erp</LogonId>
      <Password>p</Password>
    </Credentials>
  </ControlArea>
  <DataArea>
    <OrderConfirm>
      <OrderStatusHeader Versioning="FALSE" UpdateMode="P">
        <OrderNumber type="ByWCS">7</OrderNumber>
        <OrderNumber type="ByBackend">SO-1</OrderNumber>
        <Comment>A &amp; B</Comment>
      </OrderStatusHeader>
      <OrderStatusItem Versioning="FALSE">
        <ItemNumber type="ByBackend">10</ItemNumber>
        <QuantityInfo>
          <ConfirmedQuantity>2</ConfirmedQuantity>
        </QuantityInfo>
      </OrderStatusItem>
    </OrderConfirm>
  </DataArea>
</Update_WCS_OrderStatus>
`);
  });

  it('says with a remark alone what the form means, not "confirmed"', () => {
    const data = { command: 'order.ship-status', input: { orderId: '7', statusText: 'On its way' } };
    expect(textOf(pack.compose(type, data, context))).toContain('<Status StatusCondition="S" StatusFlag="O">On its way</Status>');
  });

  it('is refused rather than cut down where version 2.0 has no place for it', () => {
    const data = { command: 'order.ship-status', input: { orderId: '7', orderInfo: 'two parcels' } };
    expect(() => pack.compose({ ...type, version: '2.0' }, data, context)).toThrow(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', message: 'The message has no place for "orderInfo".' }),
    );
  });

  it.each([
    [
      'a status that the message does not know',
      { command: 'order.ship-status', input: { orderId: '7', status: 'LOST' } },
      'WB_XML_BAD_VALUE',
    ],
    ['no order number', { command: 'order.ship-status', input: {} }, 'WB_XML_MISSING_ELEMENT'],
    ['another command', { command: 'pick-list.get', input: { orderId: '7' } }, 'WB_XML_BAD_VALUE'],
    ['no input', { command: 'order.ship-status' }, 'WB_FULFILLMENT_BAD_DATA'],
    ['nothing', undefined, 'WB_FULFILLMENT_BAD_DATA'],
  ])('is refused with %s', (_title, data, code) => {
    expect(() => pack.compose(type, data, context)).toThrow(expect.objectContaining({ code, retryable: false }));
  });
});
