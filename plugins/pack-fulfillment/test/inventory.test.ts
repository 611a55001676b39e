import type { AvailabilityInput } from '@waybill/commerce';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from './support/messages.ts';

describe('Update_WCS_ProductInventory 2.0', () => {
  const sample = sampleOf('Update_WCS_ProductInventory');

  it('reads the sample: a catalog entry id under the name of a product number', () => {
    expect(readBody(sample)).toEqual({
      type: { name: 'Update_WCS_ProductInventory', version: '2.0' },
      read: {
        command: 'inventory.set-levels',
        store: '10151',
        input: {
          levels: [
            { partNumber: 'HP-LAMP-02', storeId: '10151', quantity: '240', fulfillmentCenterId: '11201' },
            { catalogEntryId: '30022', storeId: '10151', quantity: '0' },
          ],
        },
      },
    });
  });

  it.each(['0.12345', '123456789012345.12345', '-0.5'])('has a level to five decimals, read and written: %s', (quantity) => {
    const { type, read } = readBody(sample.replace('>240<', `>${quantity}<`));
    expect(read.input).toMatchObject({ levels: [{ quantity }, {}] });
    expect(readBody(textOf(pack.compose(type, read, context))).read).toEqual(read);
  });

  it('belongs to no store when its levels are of several', () => {
    expect(readBody(sample.replace('10151', '10152')).read).not.toHaveProperty('store');
  });

  it.each([
    [
      'both names of a product',
      '<MerchantID>',
      '<ProductNumberByMerchant>1</ProductNumberByMerchant><MerchantID>',
      'UNEXPECTED_ELEMENT',
      'ProductInventoryInfo[1]/ProductNumberByMerchant, 11:7',
    ],
    ['no product', '<ProductSKU>HP-LAMP-02</ProductSKU>', '', 'MISSING_ELEMENT', 'ProductInventoryInfo[1]/ProductSKU, 11:7'],
    ['a quantity in words', '>240<', '>many<', 'BAD_VALUE', 'ProductInventoryInfo[1]/Quantity, 12:7'],
    ['no level', /<ProductInventoryInfo>.*<\/ProductInventoryInfo>/s, '', 'MISSING_ELEMENT', 'ProductInventoryInfo[1], 8:3'],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(sample.replace(from, to))).toMatchObject({ code: `WB_XML_${code}`, at: `Update_WCS_ProductInventory/DataArea/${at}` });
  });
});

describe('Update_NC_ProductInventory 1.0', () => {
  const sample = sampleOf('Update_NC_ProductInventory');
  const type = { name: 'Update_NC_ProductInventory', version: '1.0' };

  it('reads the sample: a catalog entry id under the name of a product number, a store under that of a merchant', () => {
    expect(readBody(sample)).toEqual({
      type,
      read: {
        command: 'inventory.set-levels',
        store: '10151',
        input: { levels: [{ catalogEntryId: '30015', storeId: '10151', quantity: '240' }] },
      },
    });
  });

  it('is composed as it was read', () => {
    const { read } = readBody(sample);
    const squeezed = (text: string) => text.replace(/>\s+</g, '><').replace(/><\/(?:Verb|Noun)>/g, '/>');
    expect(squeezed(textOf(pack.compose(type, read, context)))).toBe(squeezed(sample));
  });

  it.each([
    [
      'a part number',
      /<ProductNumberByMerchant>.*<\/ProductNumberByMerchant>/,
      '<ProductSKU>A</ProductSKU>',
      'UNEXPECTED_ELEMENT',
      'ProductSKU, 10:7',
    ],
    [
      'a center',
      '</Quantity>',
      '</Quantity><FulfillmentCenterID>1</FulfillmentCenterID>',
      'UNEXPECTED_ELEMENT',
      'FulfillmentCenterID, 12:31',
    ],
    ['no store', '<MerchantID>10151</MerchantID>', '', 'MISSING_ELEMENT', 'MerchantID, 12:7'],
  ])('is refused with %s', (_title, from, to, code, at) => {
    expect(faultOf(sample.replace(from, to))).toMatchObject({
      code: `WB_XML_${code}`,
      at: `Update_NC_ProductInventory/DataArea/ProductInventoryInfo[1]/${at}`,
    });
  });

  it('is refused rather than cut down where the product has a part number alone', () => {
    const data = { command: 'inventory.set-levels', input: { levels: [{ partNumber: 'A', storeId: '1', quantity: '1' }] } };
    expect(() => pack.compose(type, data, context)).toThrow(
      expect.objectContaining({ code: 'WB_XML_BAD_VALUE', message: 'The message has no place for "partNumber".' }),
    );
  });
});

describe('Request_WCS_BE_ProductInventory', () => {
  const question = sampleOf('Request_WCS_BE_ProductInventory');
  const answer = sampleOf('Request_WCS_BE_ProductInventory_Reply');
  const asked = {
    orderId: '12011',
    orderItemId: '45020',
    partNumber: 'HP-LAMP-02',
    requestedQuantity: '6',
    storeId: '10151',
    fulfillmentCenterId: '11201',
  };

  it('is composed from the event that asks, as the sample has it', () => {
    const draft = pack.compose({ name: 'Request_WCS_BE_ProductInventory', version: '1.0' }, { items: [asked] }, context);
    const squeezed = (text: string) => text.replace(/>\s+</g, '><').replace(/><\/(?:Verb|Noun)>/g, '/>');
    expect(squeezed(textOf(draft))).toBe(squeezed(question));
    expect(draft).toMatchObject({ type: 'Request_WCS_BE_ProductInventory', contentType: 'application/xml; charset=utf-8' });
  });

  it('can be read where a back end is played', () => {
    expect(readBody(question)).toEqual({
      type: { name: 'Request_WCS_BE_ProductInventory', version: '1.0' },
      read: { command: 'inventory.availability-requested', store: '10151', input: { items: [asked] } },
    });
  });

  it('reads the sample of the answer, which differs by its verb', () => {
    expect(readBody(answer)).toEqual({
      type: { name: 'Request_WCS_BE_ProductInventory_Reply', version: '1.0' },
      read: {
        command: 'inventory.record-availability',
        store: '10151',
        input: {
          items: [
            {
              ...asked,
              reply: { status: 'OK' },
              deliveries: [
                { availableQuantity: '4', estimatedDate: '2024-03-18T00:00:00', shippingOffset: '86400' },
                { availableQuantity: '2', estimatedDate: '2024-03-26T00:00:00' },
              ],
              comment: 'Second lot arrives with PO-55190',
            },
          ],
        },
      },
    });
  });

  it('reads a code beside ERROR, and not beside OK', () => {
    const coded = (status: string) =>
      answer
        .replace('<ReplyStatus status="OK"/>', `<ReplyStatus status="${status}" code="E-1"/>`)
        .replace(/<DeliveryInfo>.*<\/DeliveryInfo>/s, '');
    expect(readBody(coded('ERROR')).read.input).toMatchObject({ items: [{ reply: { status: 'ERROR', code: 'E-1' } }] });
    const { items } = readBody(coded('OK')).read.input as { readonly items: readonly { readonly reply: object }[] };
    expect(items[0]?.reply).toEqual({ status: 'OK' });
  });

  it.each([
    ['question', question],
    ['answer', answer],
  ])('belongs to no store when its items are of several: the %s', (_title, body) => {
    const [item = ''] = /<ProductInventoryInfo>.*<\/ProductInventoryInfo>/s.exec(body) ?? [];
    const twice = (other: string) => body.replace(item, item + other);
    expect(readBody(twice(item)).read.store).toBe('10151');
    expect(readBody(twice(item.replace('10151', '10152'))).read).not.toHaveProperty('store');
  });

  it('belongs to no store when one item of the answer names none', () => {
    const [item = ''] = /<ProductInventoryInfo>.*<\/ProductInventoryInfo>/s.exec(answer) ?? [];
    const unnamed = item.replace(/<StoreID>.*<\/StoreID>/, '');
    for (const items of [item + unnamed, unnamed + item]) expect(readBody(answer.replace(item, items)).read).not.toHaveProperty('store');
  });

  it('is recognised as an answer behind a long comment', () => {
    const commented = answer.replace('<ControlArea>', `<!-- ${'licence '.repeat(500)}--><ControlArea>`);
    expect(readBody(commented).type.name).toBe('Request_WCS_BE_ProductInventory_Reply');
  });

  it.each([
    [
      'an answer without a status',
      answer.replace('<ReplyStatus status="OK"/>', ''),
      'MISSING_ELEMENT',
      'ProductInventoryInfo[1]/ReplyStatus, 17:7',
    ],
    [
      'a question with an answer in it',
      question.replace('</FulfillmentCenterID>', '</FulfillmentCenterID><ReplyStatus status="OK"/>'),
      'UNEXPECTED_ELEMENT',
      'ProductInventoryInfo[1]/ReplyStatus, 15:55',
    ],
    [
      'a question without a store',
      question.replace('<StoreID>10151</StoreID>', ''),
      'MISSING_ELEMENT',
      'ProductInventoryInfo[1]/StoreID, 15:7',
    ],
  ])('is refused: %s', (_title, body, code, at) => {
    expect(faultOf(body)).toMatchObject({ code: `WB_XML_${code}`, at: `Request_WCS_BE_ProductInventory/DataArea/${at}` });
  });

  it('may fail and tell of lots all the same: the schema has them whatever the status is', () => {
    const failed = readBody(answer.replace('status="OK"', 'status="ERROR" code="SHORT"')).read.input as AvailabilityInput;
    expect(failed.items[0]).toMatchObject({ reply: { status: 'ERROR', code: 'SHORT' }, deliveries: [{ availableQuantity: '4' }, {}] });
  });

  it('says by its verb whether it asks or answers', () => {
    expect(faultOf(answer.replace('value="Reply"', ''))).toMatchObject({
      code: 'WB_XML_MISSING_ATTRIBUTE',
      at: expect.stringContaining('ControlArea/Verb@value') as string,
    });
  });
});
