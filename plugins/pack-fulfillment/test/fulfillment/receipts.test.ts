import { describe, expect, it } from 'vitest';
import pack from '../../src/index.ts';
import { context, faultOf, readBody, sampleOf, textOf } from '../support/messages.ts';

const receipt = sampleOf('Create_WCS_InventoryReceipt');
const adjustment = sampleOf('Update_WCS_InventoryReceipt');
const product = { ownerId: '7000000000000000102', partNumber: 'HP-LAMP-02' };
const place = { storeId: '10151', fulfillmentCenterId: '11201' };

const received = {
  command: 'inventory.receive',
  store: '10151',
  input: {
    ...product,
    ...place,
    vendorId: '20041',
    cost: { amount: '27.40', currency: 'CAD' },
    quantity: '118',
    received: '2024-03-22T10:35:00',
    expectedDetailId: '41011',
    comment: 'Two cartons short',
    qualityComment: 'No visible damage',
  },
};
const adjusted = {
  command: 'inventory.adjust',
  store: '10151',
  input: { ...product, ...place, comment: 'Cycle count, aisle 6', quantity: '-4', adjustmentCodeId: '60002' },
};

describe('Create_WCS_InventoryReceipt 1.0', () => {
  const type = { name: 'Create_WCS_InventoryReceipt', version: '1.0' };

  it('reads the sample', () => {
    expect(readBody(receipt)).toEqual({ type, read: received });
  });

  it('is ad hoc without the detail of an expected record', () => {
    const bare = receipt.replace(/<(WCSRaDetailID|ReceiptComment|QualityComment)>.*?<\/\1>/g, '');
    const { expectedDetailId: _detail, comment: _comment, qualityComment: _quality, ...input } = received.input;
    expect(readBody(bare).read.input).toEqual(input);
  });

  it('may name a version of the product', () => {
    const versioned = receipt.replace('</ProductSKU>', '</ProductSKU><VersionName>2</VersionName>');
    expect(readBody(versioned).read.input).toEqual({ ...received.input, versionName: '2' });
  });

  const at = (below: string) => `Create_WCS_InventoryReceipt/DataArea/InventoryReceipt/${below}`;
  it.each([
    ['a cost without currency', ' currency="CAD"', '', 'MISSING_ATTRIBUTE', 'Cost@currency, 15:7'],
    ['a currency of four letters', '"CAD"', '"CADX"', 'BAD_VALUE', 'Cost@currency, 15:7'],
    ['a cost in words', '27.40', 'dear', 'BAD_VALUE', 'Cost, 15:7'],
    ['no vendor', '<VendorID>20041</VendorID>', '', 'MISSING_ELEMENT', 'VendorID, 15:7'],
    ['a day alone in another form', '2024-03-22T10:35:00.000000', '22/03/2024', 'BAD_VALUE', 'ReceiptDate, 17:7'],
    ['a comment of 255 characters', 'No visible damage', 'x'.repeat(255), 'BAD_VALUE', 'QualityComment, 20:7'],
  ])('is refused with %s', (_title, from, to, code, below) => {
    expect(faultOf(receipt.replace(from, to))).toMatchObject({ code: `WB_XML_${code}`, at: at(below) });
  });

  it('is answered with the id of the receipt and what was asked', () => {
    const reply = textOf(pack.reply?.(type, { ok: true, output: { receiptId: '52003' }, read: received }, context));
    expect(readBody(reply)).toEqual(readBody(sampleOf('Response_WCS_CreateInvReceipt')));
    expect(readBody(reply)).toEqual({
      type: { name: 'Response_WCS_CreateInvReceipt', version: '1.0' },
      read: {
        command: 'inventory.receive',
        store: '10151',
        input: {
          status: 'OK',
          receiptId: '52003',
          ...product,
          ...place,
          vendorId: '20041',
          quantity: '118',
          received: '2024-03-22T10:35:00',
        },
      },
    });
    expect(reply).toContain('<Noun value="CreateInvReceipt"/>');
  });

  it.each([
    ['2024-03-22T10:35:00', '2024-03-22 10:35:00.0'],
    ['2024-03-22T10:35:00.25', '2024-03-22 10:35:00.25'],
    ['2024-03-22T10:35:00.123456', '2024-03-22 10:35:00.123456'],
    ['2024-03-22T10:35:00.100', '2024-03-22 10:35:00.1'],
  ])('is answered with its date as the stock answer prints it: %s', (date, printed) => {
    const read = { ...received, input: { ...received.input, received: date } };
    const reply = textOf(pack.reply?.(type, { ok: true, output: { receiptId: '52003' }, read }, context));
    expect(reply).toContain(`<ReceiptDate>${printed}</ReceiptDate>`);
  });
});

describe('Update_WCS_InventoryReceipt 1.0', () => {
  const type = { name: 'Update_WCS_InventoryReceipt', version: '1.0' };

  it('reads the sample', () => {
    expect(readBody(adjustment)).toEqual({ type, read: adjusted });
  });

  const at = (below: string) => `Update_WCS_InventoryReceipt/DataArea/InventoryReceipt/${below}`;
  it.each([
    ['no code', '<InvAdjCodeID>60002</InvAdjCodeID>', '', 'MISSING_ELEMENT', 'InvAdjCodeID, 9:5'],
    ['an empty code', '>60002<', '> <', 'BAD_VALUE', 'InvAdjCodeID, 16:7'],
    ['a quantity in words', '>-4<', '>four less<', 'BAD_VALUE', 'QTYAdjusted, 15:7'],
    [
      'a comment behind the quantity',
      /(<Comment>.*?<\/Comment>)\s*(<QTYAdjusted>.*?<\/QTYAdjusted>)/s,
      '$2$1',
      'WRONG_ORDER',
      'Comment, 14:36',
    ],
    ['what belongs to a receipt', '<Comment>', '<VendorID>1</VendorID><Comment>', 'UNEXPECTED_ELEMENT', 'VendorID, 14:7'],
  ])('is refused with %s', (_title, from, to, code, below) => {
    expect(faultOf(adjustment.replace(from, to))).toMatchObject({ code: `WB_XML_${code}`, at: at(below) });
  });

  it('is answered with what was asked', () => {
    const reply = textOf(pack.reply?.(type, { ok: true, output: undefined, read: adjusted }, context));
    expect(readBody(reply)).toEqual({
      type: { name: 'Response_WCS_UpdateInvReceipt', version: '1.0' },
      read: {
        command: 'inventory.adjust',
        store: '10151',
        input: { status: 'OK', ...product, ...place, quantity: '-4', adjustmentCodeId: '60002' },
      },
    });
    expect(reply).toContain('<Noun value="UpdateInvReceipt"/>');
  });
});

describe('Response_WCS_UpdateInvReceipt 1.0', () => {
  it('reads the sample, in which the command failed', () => {
    const { input } = readBody(sampleOf('Response_WCS_UpdateInvReceipt')).read;
    expect(input).toEqual({
      status: 'ERROR',
      code: '_ERR_EXAMPLE_INSUFFICIENT_QUANTITY',
      message: expect.stringMatching(
        /^\s+ExceptionData: \{quantity=-400\}\s+The adjustment is larger than the quantity on hand\.\s+$/,
      ) as string,
      ...product,
      ...place,
      quantity: '-400',
      adjustmentCodeId: '60002',
    });
  });
});
