import { defineCommand, type Static, Type } from '@waybill/contract';
import { stockKeys } from '../keys/stock-keys.ts';
import { quantity } from '../values/money.ts';
import { closed, id, optional, some } from '../values/text.ts';
import { userData } from '../values/user-data.ts';
import { widths } from '../values/widths.ts';

// reference/fulfillment-messages.md, section 5.3; reference/legacy-messages.md, section 7

const level = {
  storeId: id('The store.'),
  quantity: quantity('The level from now on, not a change.'),
  fulfillmentCenterId: optional(id('The fulfillment center. Default: the default center of the product in the store.')),
  userData: optional(userData),
};

export const inventoryLevel = Type.Union(
  [
    closed(
      {
        catalogEntryId: id('The product, by its id.'),
        partNumber: optional(id('The product by its part number, too; it is compared.', widths.partNumber)),
        ...level,
      },
      'Stock of a product named by its id.',
    ),
    closed(
      { partNumber: id('The product, by its part number.', widths.partNumber), ...level },
      'Stock of a product named by its part number.',
    ),
  ],
  { description: 'How much of a product a fulfillment center has for a store.' },
);
export type InventoryLevel = Static<typeof inventoryLevel>;

export const inventoryLevelsInput = closed({ levels: some(inventoryLevel, 'All of them take effect, or none.') }, 'New stock levels.');
export type InventoryLevelsInput = Static<typeof inventoryLevelsInput>;

export const inventorySetLevels = defineCommand({
  name: 'inventory.set-levels',
  summary: 'Set the stock of products.',
  input: inventoryLevelsInput,
  ...stockKeys,
});
