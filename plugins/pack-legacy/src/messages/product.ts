import {
  type InventoryLevel,
  type InventoryLevelsInput,
  inventorySetLevels,
  type OffersInput,
  type ProductOffer,
  priceSetOffers,
} from '@waybill/commerce';
import { type Finding, type Group, mapping, type Nodes } from '@waybill/mapping';
import { bind } from '../binding.ts';
import type { MessageTable } from '../layouts/message.ts';
import { priceHeader01, priceHeader02, priceTable01, priceTable02, quantityHeader, quantityTable } from '../layouts/product.ts';
import type { RecordTable } from '../layouts/record.ts';
import { amount, currency, fieldsOf, id, message, quantity, reference, timestamp } from '../parts.ts';

// reference/legacy-messages.md, sections 6 and 7. A message is about one offer or one level: its record is the only entry of a list.

const offers = mapping<OffersInput>();
const o = mapping<ProductOffer>();
const levels = mapping<InventoryLevelsInput>();
const l = mapping<InventoryLevel>();

const partNumber = id('HP-LAMP-02');
const catalogEntryId = reference('55012');

function offerFields(sku: Nodes<ProductOffer>): Nodes<ProductOffer> {
  return [
    o.leaf('NC_ProductRefNumber?', 'catalogEntryId', catalogEntryId),
    o.leaf('NC_ProductPrice?', 'price', amount('39.95')),
    o.leaf('NC_CurrencyType', 'currency', currency),
    o.leaf('NC_ShopperGroup?', 'priceListId', reference('10001')),
    o.leaf('NC_Precedence?', 'precedence', quantity('5')),
    o.leaf('NC_MerchantRefNumber?', 'ownerId', reference('7000002')),
    ...sku,
    o.leaf('NC_ProductPriceRefNum?', 'offerId', reference('44190')),
    o.leaf('NC_StartTimestamp?', 'starts', timestamp({ example: '2026-04-01T00:00:00' })),
    o.leaf('NC_EndTimestamp?', 'ends', timestamp({ example: '2026-04-30T23:59:59' })),
  ];
}

const names = (value: object): string[] => ['offerId', 'catalogEntryId', 'partNumber'].filter((name) => name in value);

function withoutProduct(offer: ProductOffer): Finding | undefined {
  if (names(offer).length > 0) return undefined;
  return {
    says: 'is blank, and neither the offer nor the SKU is given',
    at: 'NC_ProductRefNumber',
    hint: 'Name the offer or the product.',
  };
}

const sku = o.leaf('NC_ProductNumber?', 'partNumber', partNumber);

function offerRoot(table: MessageTable, header: RecordTable, fields: Nodes<ProductOffer>): Group {
  return message<OffersInput>(table, [offers.vector(`${header.tag}+`, 'offers', fieldsOf(header, fields), { check: withoutProduct })]);
}

function levelFault({ quantity: level, ...product }: InventoryLevel): Finding | undefined {
  if (level.startsWith('-')) return { says: 'is negative, and a level cannot be', at: 'NC_ProductQuantity' };
  if (names(product).length > 0) return undefined;
  return { says: 'is blank, and so is the SKU', at: 'NC_ProductRefNumber', hint: 'Name the product by one of them.' };
}

const level: Nodes<InventoryLevel> = [
  l.leaf('NC_ProductRefNumber?', 'catalogEntryId', catalogEntryId),
  l.leaf('NC_ProductQuantity', 'quantity', quantity('120')),
  l.leaf('NC_ProductNumber?', 'partNumber', partNumber),
  l.leaf('NC_MerchantRefNumber', 'storeId', reference('10204')),
];

const priceType = {
  name: 'ProductPriceUpdate',
  direction: 'in',
  commands: [priceSetOffers],
  summary: 'Sets the price at which a product is offered.',
} as const;

/** Made-up values that the checks take. */
const namedOffer = ({ offers: [offer] }: OffersInput): OffersInput => {
  const made = offer as ProductOffer;
  return { offers: [names(made).length > 0 ? made : { ...made, catalogEntryId: '55012' }] };
};
const namedLevel = ({ levels: [made] }: InventoryLevelsInput): InventoryLevelsInput => {
  const { quantity: count, ...rest } = made as InventoryLevel;
  const product = names(rest).length > 0 ? rest : { ...rest, partNumber: 'HP-LAMP-02' };
  return { levels: [{ ...product, quantity: count.replace('-', '') }] };
};

export const productBindings = [
  bind<OffersInput>({
    type: { ...priceType, version: '01' },
    table: priceTable01,
    root: () => offerRoot(priceTable01, priceHeader01, offerFields([])),
    plausible: namedOffer,
  }),
  bind<OffersInput>({
    type: { ...priceType, version: '02' },
    table: priceTable02,
    root: () => offerRoot(priceTable02, priceHeader02, offerFields([sku])),
    plausible: namedOffer,
  }),
  bind<InventoryLevelsInput>({
    type: {
      name: 'ProductQuantityUpdate',
      version: '01',
      direction: 'in',
      commands: [inventorySetLevels],
      summary: 'Sets the stock of a product in a store.',
    },
    table: quantityTable,
    root: () =>
      message<InventoryLevelsInput>(quantityTable, [
        levels.vector('HDR010+', 'levels', fieldsOf(quantityHeader, level), { check: levelFault }),
      ]),
    plausible: namedLevel,
    store: ({ levels: [first] }) => first?.storeId,
  }),
];
