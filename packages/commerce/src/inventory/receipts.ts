import { defineCommand, type Static } from '@waybill/contract';
import { stockChangeKeys } from '../keys/stock-keys.ts';
import { amount, currency, quantity } from '../values/money.ts';
import { closed, id, optional, text } from '../values/text.ts';
import { instant } from '../values/time.ts';
import { widths } from '../values/widths.ts';

// reference/fulfillment-messages.md, sections 6.4 to 6.7

const stock = {
  ownerId: id('The member who owns the product.'),
  partNumber: id('The product.', widths.partNumber),
  versionName: optional(text('Version of the product. Reserved: it decides nothing.')),
  storeId: id('The store.'),
  fulfillmentCenterId: id('The center.'),
};

export const inventoryReceiptInput = closed(
  {
    ...stock,
    vendorId: id('Who delivered.'),
    cost: closed(
      { amount: amount('The amount.'), currency: currency('Currency code of ISO 4217.', widths.costCurrency) },
      'What one of them cost.',
    ),
    quantity: quantity('How many have come, more than none.'),
    received: instant('When they came.'),
    expectedDetailId: optional(
      id('The detail of an expected record that has come: what `inventory.expect` answered with. Without it the receipt is ad hoc.'),
    ),
    comment: optional(text('A comment for people.', widths.stockComment)),
    qualityComment: optional(text('A comment on the quality of the goods.', widths.stockComment)),
  },
  'Stock that has come.',
);
export type InventoryReceiptInput = Static<typeof inventoryReceiptInput>;

export const inventoryReceipt = closed({ receiptId: id('The id that the receipt was given.') }, 'The receipt that was made.');
export type InventoryReceipt = Static<typeof inventoryReceipt>;

export const inventoryReceive = defineCommand({
  name: 'inventory.receive',
  summary: 'Book stock that has come to a fulfillment center.',
  input: inventoryReceiptInput,
  output: inventoryReceipt,
  ...stockChangeKeys,
});

export const inventoryAdjustmentInput = closed(
  {
    ...stock,
    quantity: quantity('By how much the stock changes: less than none where goods are missing.'),
    adjustmentCodeId: id('Why it changes: the id of a code of the store.'),
    comment: optional(text('A comment for people.', widths.stockComment)),
  },
  'A correction of stock.',
);
export type InventoryAdjustmentInput = Static<typeof inventoryAdjustmentInput>;

export const inventoryAdjust = defineCommand({
  name: 'inventory.adjust',
  summary: 'Correct the stock of a product by a difference.',
  input: inventoryAdjustmentInput,
  ...stockChangeKeys,
});
