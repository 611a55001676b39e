import type { MessageTable } from './message.ts';
import type { FieldRow, RecordTable } from './record.ts';

// reference/legacy-messages.md, sections 6 and 7

const rows: readonly FieldRow[] = [
  ['NC_ProductRefNumber', 10, 'D', 'catalog entry, OFFER.CATENTRY_ID'],
  ['NC_ProductPrice', 16, 'D', 'price, OFFERPRICE.PRICE'],
  ['NC_CurrencyType', 10, 'D', 'ISO 4217 code, OFFERPRICE.CURRENCY'],
  ['NC_ShopperGroup', 10, 'D', 'price list (trading position container), OFFER.TRADEPOSCN_ID'],
  ['NC_Precedence', 10, 'D', 'of several offers in effect the highest wins, OFFER.PRECEDENCE'],
  ['NC_MerchantRefNumber', 10, 'D', 'owner of the catalog entry, CATENTRY.MEMBER_ID'],
  ['NC_ProductNumber', 64, 'D', 'SKU, CATENTRY.PARTNUMBER'],
  ['NC_ProductPriceRefNum', 10, 'D', 'offer, OFFER.OFFER_ID'],
  ['NC_StartTimestamp', 26, 'D', 'from when on, OFFER.STARTDATE'],
  ['NC_EndTimestamp', 26, 'H', 'until when, OFFER.ENDDATE'],
];

export const priceHeader02: RecordTable = { tag: 'HDR010', version: '02', rows };
/** Version 02 has added the SKU. */
export const priceHeader01: RecordTable = { tag: 'HDR010', version: '01', rows: rows.filter(([name]) => name !== 'NC_ProductNumber') };

export const quantityHeader: RecordTable = {
  tag: 'HDR010',
  version: '01',
  rows: [
    ['NC_ProductRefNumber', 10, 'D', 'catalog entry, INVENTORY.CATENTRY_ID'],
    ['NC_ProductQuantity', 10, 'D', 'the level from now on, INVENTORY.QUANTITY'],
    ['NC_ProductNumber', 64, 'D', 'SKU, used where the catalog entry is blank, CATENTRY.PARTNUMBER'],
    ['NC_MerchantRefNumber', 10, 'D', 'store, INVENTORY.STORE_ID'],
  ],
};

const price = { type: 'PP', userData: false } as const;
export const priceTable01: MessageTable = { ...price, version: '01', headers: [priceHeader01] };
export const priceTable02: MessageTable = { ...price, version: '02', headers: [priceHeader02] };
export const quantityTable: MessageTable = { type: 'PQ', version: '01', headers: [quantityHeader], userData: false };
