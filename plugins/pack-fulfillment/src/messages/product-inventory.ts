import { type InventoryLevel, type InventoryLevelsInput, inventorySetLevels } from '@waybill/commerce';
import type { ReadMessage } from '@waybill/contract';
import { choice, element, many1, optional, optionalAttribute, optionalUserData, type ValueOf, type WritingOf } from '@waybill/xml';
import { type Asked, bind, loginOf } from '../binding.ts';
import { credentials, framed } from '../envelope.ts';
import { given } from '../given.ts';
import { id, partNumber, quantity, words } from '../parts.ts';

// Update_WCS_ProductInventory 2.0: reference/fulfillment-messages.md, section 5.3.

const level = element('ProductInventoryInfo', {
  children: {
    product: choice({
      catalogEntryId: element('ProductNumberByMerchant', id('30022'), 'a catalog entry id here, despite its name'),
      partNumber: element('ProductSKU', partNumber, 'the part number'),
    }),
    store: element('MerchantID', {
      attributes: { type: optionalAttribute('type', words('store'), 'ignored') },
      text: id('10151'),
      about: 'the id of the store here, not of a member',
    }),
    quantity: element('Quantity', quantity('240'), 'the level from now on'),
    fulfillmentCenterId: optional(element('FulfillmentCenterID', id('11201'), 'default: the default center of product and store')),
    userData: optionalUserData(),
  },
});

const productInventory = framed(
  { verb: 'Update', noun: 'WCS_ProductInventory', version: '2.0' },
  { credentials: optional(credentials) },
  { levels: many1(level) },
);

type ProductInventory = ValueOf<typeof productInventory.root>;

function read({ control, data }: ProductInventory): ReadMessage {
  const levels = data.levels.map(levelOf);
  const input: InventoryLevelsInput = { levels };
  const [first] = levels;
  // Levels of several stores in one message belong to none of them.
  const store = levels.every(({ storeId }) => storeId === first?.storeId) ? first?.storeId : undefined;
  return given({ command: inventorySetLevels.name, input, credentials: control.credentials && { ...control.credentials }, store });
}

function levelOf({ product, store, ...rest }: ProductInventory['data']['levels'][number]): InventoryLevel {
  const { partNumber } = product;
  const known = { storeId: store.text, ...rest };
  return partNumber === undefined ? { catalogEntryId: product.catalogEntryId, ...known } : { partNumber, ...known };
}

function write({ input, credentials }: Asked<InventoryLevelsInput>): WritingOf<typeof productInventory.root> {
  return { control: { credentials: loginOf(credentials) }, data: { levels: input.levels.map(writeLevel) } };
}

function writeLevel({ storeId, ...level }: InventoryLevel) {
  const store = { text: storeId };
  // The message has a place for one of the two.
  if ('catalogEntryId' in level) {
    const { catalogEntryId, partNumber: _part, ...rest } = level;
    return { ...rest, store, product: { catalogEntryId } };
  }
  const { partNumber, ...rest } = level;
  return { ...rest, store, product: { partNumber } };
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
  read,
  write,
});
