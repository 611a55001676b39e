import { CommandError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

const quotation = sampleOf('Update_WCS_PriceAndAvailability');
const transfer = sampleOf('Update_WCS_ShoppingCartTransfer');
const batch = sampleOf('Update_WCS_BatchAvailability');

const squeezed = (body: string) => body.replace(/>\s+</g, '><').replace(/><\/(?:Verb|Noun)>/g, '/>');
const lamp = { globalId: 'HP-LAMP-02', distributorIds: ['NL-7702'] };
const warehouse = { warehouseId: 'W3', street: '40 Railhead Way', town: 'Larkhaven', postcode: 'L4K 5M2' };

describe('Update_WCS_ShoppingCartTransfer 1.0', () => {
  it('reads the sample', () => {
    expect(readBody(transfer)).toEqual({
      type: { name: 'Update_WCS_ShoppingCartTransfer', version: '1.0' },
      read: {
        command: 'order.confirm-transfer',
        credentials: { logonId: 'northline_b2b', password: 'fulmar-9', orgName: 'Northline Distribution' },
        input: {
          requestId: '90121',
          distributorId: 'NLD',
          orderId: '12011',
          distributorOrderId: 'NLD-CART-33018',
          distributorOrderUrl: 'https://b2b.northline.example/carts/33018',
          status: { code: '0', flag: '0', text: 'Cart accepted' },
          lines: [
            {
              product: lamp,
              quantity: '4',
              lineNumber: '45020',
              unitOfMeasure: 'C62',
              listPrice: { currency: 'CAD', amount: '69.00' },
              sellingPrice: { currency: 'CAD', amount: '57.25' },
              supplierData: 'quote=Q-5531;line=1',
              description: 'Brass cabin lamp',
            },
          ],
          inventorySource: 'DISTRIBUTOR',
        },
      },
    });
  });

  it('may have failed: no cart, and why', () => {
    const failed = transfer
      .replace(/<ShoppingCartLineItem>.*<\/ShoppingCartLineItem>/s, '')
      .replace('>NLD-CART-33018<', '><')
      .replace(/(<shopCartURL>).*?</, '$1<')
      .replace('codeFlag="0">0', 'codeFlag="2">E-9');
    expect(readBody(failed).read.input).toMatchObject({
      distributorOrderId: '',
      distributorOrderUrl: '',
      status: { code: 'E-9', flag: '2', text: 'Cart accepted' },
    });
  });

  it.each([
    ['no order', '<shoppingCartId>12011</shoppingCartId>', '', 'MISSING_ELEMENT', 'shoppingCartId, 18:7'],
    [
      'a price without currency',
      '<listPrice><currency>CAD</currency>',
      '<listPrice>',
      'MISSING_ELEMENT',
      'ShoppingCartLineItem[1]/listPrice/currency, 32:20',
    ],
    ['an unknown flag', 'codeFlag="0"', 'codeFlag="3"', 'BAD_VALUE', 'messageStatus/code@codeFlag, 21:9'],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(transfer.replace(from, to))).toMatchObject({
      code: `WB_XML_${code}`,
      at: `Update_WCS_ShoppingCartTransfer/DataArea/ShoppingCart/${at}`,
    });
  });
});

describe('Update_WCS_BatchAvailability 1.0', () => {
  it('reads the sample, whose prices have the amount first', () => {
    expect(readBody(batch)).toEqual({
      type: { name: 'Update_WCS_BatchAvailability', version: '1.0' },
      read: {
        command: 'inventory.record-batch-availability',
        credentials: { logonId: 'northline_b2b', password: 'fulmar-9' },
        input: {
          requestId: '90130',
          distributorId: 'NLD',
          lines: [
            {
              product: { globalId: 'HP-ROPE-10', distributorIds: ['NL-2210'] },
              lineNumber: '1',
              quantity: '380',
              listPrice: { amount: '16.00', currency: 'CAD' },
              unitOfMeasure: 'C62',
              condition: '0',
              conditionText: 'In stock',
              description: 'Rope, 10 m',
              estimatedDate: '2024-03-16T00:00:00',
              warehouses: [{ ...warehouse, quantities: [{ quantity: '380' }] }],
            },
          ],
          status: { code: '0', flag: '0' },
        },
      },
    });
  });

  it('may answer no request in particular', () => {
    const { read } = readBody(batch.replace('<messageIdentifier>90130</messageIdentifier>', ''));
    expect(read.input).toMatchObject({ distributorId: 'NLD' });
    expect(read.input).not.toHaveProperty('requestId');
  });

  it.each([
    [
      'no distributor: nobody could tell whose stock it is',
      '<distributorIdentifier>NLD</distributorIdentifier>',
      '',
      'MISSING_ELEMENT',
      'distributorIdentifier, 15:5',
    ],
    [
      'a price in the order of the other messages',
      '<amount>16.00</amount><currency>CAD</currency>',
      '<currency>CAD</currency><amount>16.00</amount>',
      'MISSING_ELEMENT',
      'BatchAvailability/BatchAvailabilityLineItem[1]/listPrice/amount, 23:20',
    ],
    [
      'a selling price',
      '<listPrice>',
      '<sellingPrice/><listPrice>',
      'UNEXPECTED_ELEMENT',
      'BatchAvailability/BatchAvailabilityLineItem[1]/sellingPrice, 23:9',
    ],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(batch.replace(from, to))).toMatchObject({ code: `WB_XML_${code}`, at: `Update_WCS_BatchAvailability/DataArea/${at}` });
  });
});

describe('the answers of distributors', () => {
  it.each([
    ['quotation', quotation],
    ['transfer', transfer],
    ['batch', batch],
  ])('are composed as they were read: %s', (_title, body) => {
    const { type, read } = readBody(body);
    const text = textOf(pack.compose(type, read, context));
    expect(readBody(text)).toEqual({ type, read });
    expect(squeezed(text)).toBe(squeezed(body));
  });

  it('are not answered when they were recorded, and never with the secret in them', () => {
    const { type, read } = readBody(quotation);
    expect(pack.reply?.(type, { ok: true, output: undefined, read }, context)).toBeUndefined();
    const error = new CommandError('WB_STORE_REQUEST_UNKNOWN', 'There was no such request.');
    const reply = textOf(pack.reply?.(type, { ok: false, error, read }, context));
    expect(reply).toContain('<MessageKey>WB_STORE_REQUEST_UNKNOWN</MessageKey>');
    expect(reply).not.toContain('fulmar-9');
  });
});
