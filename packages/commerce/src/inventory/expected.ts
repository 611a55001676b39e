import { defineCommand, type Static } from '@waybill/contract';
import { expectedRecordKeys } from '../keys/stock-keys.ts';
import { quantity } from '../values/money.ts';
import { closed, id, list, optional, some, text } from '../values/text.ts';
import { instant } from '../values/time.ts';
import { widths } from '../values/widths.ts';

// reference/fulfillment-messages.md, sections 6.2 and 6.3

const expectedDetail = closed(
  {
    backendId: optional(id('Its id at the sender, for the answer.')),
    ownerId: id('The member who owns the product.'),
    partNumber: id('The product.', widths.partNumber),
    fulfillmentCenterId: id('The center that it comes to.'),
    expected: instant('When it comes.'),
    quantity: quantity('How many were ordered, more than none.'),
    comment: optional(text('A comment for people.', widths.stockComment)),
  },
  'How many of a product are on their way to a center. A record has one detail for a product, a center and a time.',
);
export type ExpectedDetail = Static<typeof expectedDetail>;

export const expectedInventoryInput = closed(
  {
    backendId: optional(id('Id of the record at the sender, for the answer.')),
    externalId: optional(id('What else it is known as, such as the number of the purchase order.')),
    storeId: id('The store.'),
    vendorId: id('Who delivers.'),
    ordered: instant('When it was ordered.'),
    details: some(expectedDetail, 'What is on its way. All of it is recorded, or nothing.'),
  },
  'Stock that is on its way.',
);
export type ExpectedInventoryInput = Static<typeof expectedInventoryInput>;

export const expectedInventory = closed(
  {
    recordId: id('The id that the record was given.'),
    details: list(
      closed(
        { detailId: id('The id that the detail was given; a receipt names it.'), backendId: optional(id('Its id at the sender.')) },
        'One detail.',
      ),
      'The details in the order in which they were sent.',
    ),
  },
  'The record that was made.',
);
export type ExpectedInventory = Static<typeof expectedInventory>;

export const inventoryExpect = defineCommand({
  name: 'inventory.expect',
  summary: 'Record stock that is on its way to a fulfillment center.',
  input: expectedInventoryInput,
  output: expectedInventory,
  ...expectedRecordKeys,
});
