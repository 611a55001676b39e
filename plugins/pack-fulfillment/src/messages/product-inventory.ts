import { type InventoryLevel, type InventoryLevelsInput, inventorySetLevels } from '@waybill/commerce';
import { ignored, mapping } from '@waybill/mapping';
import { bind } from '../binding.ts';
import { credentials, type Envelope, framed } from '../envelope.ts';
import { id, partNumber, quantity, userData } from '../parts.ts';
import { storeOfAll } from '../store.ts';

// Update_WCS_ProductInventory 2.0 and Update_NC_ProductInventory 1.0: reference/fulfillment-messages.md, section 5.3.

const l = mapping<InventoryLevel>();
const i = mapping<InventoryLevelsInput>();

const entry = () =>
  l.leaf('ProductNumberByMerchant', 'catalogEntryId', id('30022'), { about: 'a catalog entry id here, despite its name' });
const store = () =>
  l.group('MerchantID', [ignored('@type?', { about: 'means nothing here' }), l.leaf('.', 'storeId', id('10151'))], {
    about: 'the id of the store here, not of a member',
  });
const stock = () => l.leaf('Quantity', 'quantity', quantity('240'), { about: 'the level from now on' });

const frame = { verb: 'Update', command: inventorySetLevels.name, control: () => [credentials()] };

const ncProductInventory = framed<InventoryLevelsInput>({ ...frame, noun: 'NC_ProductInventory', version: '1.0' }, () => [
  i.vector('ProductInventoryInfo+', 'levels', [entry(), store(), stock(), userData()]),
]);

const productInventory = framed<InventoryLevelsInput>({ ...frame, noun: 'WCS_ProductInventory', version: '2.0' }, () => [
  i.vector('ProductInventoryInfo+', 'levels', [
    l.oneOf([entry()], [l.leaf('ProductSKU', 'partNumber', partNumber, { about: 'the part number' })]),
    store(),
    stock(),
    l.leaf('FulfillmentCenterID?', 'fulfillmentCenterId', id('11201'), { about: 'default: the default center of product and store' }),
    userData(),
  ]),
]);

function byOneName(level: InventoryLevel): object {
  return 'catalogEntryId' in level ? { ...level, partNumber: undefined } : level;
}

const type = { direction: 'in', commands: [inventorySetLevels] } as const;

const rest = {
  // The message has a place for one of the two names of a product.
  prepare: ({ input, ...envelope }: Envelope<InventoryLevelsInput>) => ({ ...envelope, input: { levels: input.levels.map(byOneName) } }),
  store: ({ levels }: InventoryLevelsInput) => storeOfAll(levels),
};

export const productInventoryBindings = [
  bind({
    type: {
      ...type,
      name: 'Update_NC_ProductInventory',
      version: '1.0',
      summary: 'Sets the stock of products; an older form of Update_WCS_ProductInventory.',
    },
    message: ncProductInventory,
    ...rest,
  }),
  bind({
    type: { ...type, name: 'Update_WCS_ProductInventory', version: '2.0', summary: 'Sets the stock of products.' },
    message: productInventory,
    ...rest,
  }),
];
