import { type InventoryLevel, type InventoryLevelsInput, inventorySetLevels } from '@waybill/commerce';
import { ignored, mapping } from '@waybill/mapping';
import { bind } from '../binding.ts';
import { credentials, framed } from '../envelope.ts';
import { id, partNumber, quantity, userData } from '../parts.ts';
import { storeOfAll } from '../store.ts';

// Update_WCS_ProductInventory 2.0: reference/fulfillment-messages.md, section 5.3.

const l = mapping<InventoryLevel>();
const i = mapping<InventoryLevelsInput>();

const productInventory = framed<InventoryLevelsInput>(
  { verb: 'Update', noun: 'WCS_ProductInventory', version: '2.0', command: inventorySetLevels.name, control: [credentials] },
  [
    i.vector('ProductInventoryInfo+', 'levels', [
      l.oneOf(
        [l.leaf('ProductNumberByMerchant', 'catalogEntryId', id('30022'), { about: 'a catalog entry id here, despite its name' })],
        [l.leaf('ProductSKU', 'partNumber', partNumber, { about: 'the part number' })],
      ),
      l.group('MerchantID', [ignored('@type?', { about: 'means nothing here' }), l.leaf('.', 'storeId', id('10151'))], {
        about: 'the id of the store here, not of a member',
      }),
      l.leaf('Quantity', 'quantity', quantity('240'), { about: 'the level from now on' }),
      l.leaf('FulfillmentCenterID?', 'fulfillmentCenterId', id('11201'), { about: 'default: the default center of product and store' }),
      userData,
    ]),
  ],
);

function byOneName(level: InventoryLevel): object {
  return 'catalogEntryId' in level ? { ...level, partNumber: undefined } : level;
}

export const productInventoryBinding = bind({
  type: {
    name: 'Update_WCS_ProductInventory',
    version: '2.0',
    direction: 'in',
    commands: [inventorySetLevels],
    summary: 'Sets the stock of products.',
  },
  message: productInventory,
  // The message has a place for one of the two names of a product.
  prepare: ({ input, ...rest }) => ({ ...rest, input: { levels: input.levels.map(byOneName) } }),
  store: ({ levels }) => storeOfAll(levels),
});
