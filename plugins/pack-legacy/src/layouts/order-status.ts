import type { MessageTable } from './message.ts';
import type { FieldRow, RecordTable } from './record.ts';

// reference/legacy-messages.md, section 5

export const statusHeader: RecordTable = {
  tag: 'HDR010',
  // In both versions of the message.
  version: '01',
  rows: [
    ['NC_OrderRefNumber', 10, 'D', 'order in the store, ORDSTAT.ORDERS_ID'],
    ['NC_CustomerOrderNumber', 0, 'D', 'without width or meaning in the reference'],
    ['NC_CurrencyType', 10, 'D', 'ISO 4217 code, ORDSTAT.OSCPCUR'],
    ['NC_TotalPrice', 16, 'D', 'product total, ORDSTAT.OSPRTOT'],
    ['NC_TotalTaxPrice', 16, 'D', 'tax total, ORDSTAT.OSTXTOT'],
    ['NC_TotalShippingPrice', 16, 'D', 'shipping total, ORDSTAT.OSSHTOT'],
    ['NC_TotalTaxShippingPrice', 16, 'D', 'tax on shipping, ORDSTAT.OSSHTXTOT'],
    ['NC_ShopperLoginID', 0, 'D', 'without width or meaning in the reference'],
    ['NC_MerchantOrderNumber', 30, 'D', 'order in the back end, ORDSTAT.OSMORDER'],
    ['NC_OrderStatus', 32, 'D', 'P, C, X, I or M, ORDSTAT.OSSTATUS'],
    ['NC_ScheduleShipDate', 8, 'D', 'planned day of shipping, ORDSTAT.OSSSTIME'],
    ['NC_ActualShipDate', 8, 'D', 'day of shipping, ORDSTAT.OSASTIME'],
    ['NC_PlaceDate', 8, 'D', 'day it was placed, ORDSTAT.OSPLTIME'],
  ],
};

const common: readonly FieldRow[] = [
  ['NC_OrderRefNumber', 10, 'D', 'order in the store, ORDISTAT.ORDERS_ID'],
  ['NC_MerchantOrderNumber', 30, 'D', 'order in the back end, ORDISTAT.OSMORDER'],
  ['NC_ItemRefNumber', 10, 'D', 'item in the store, ORDISTAT.ORDERITMES_ID'],
  ['NC_ItemMerchantRefNumber', 30, 'D', 'item in the back end, ORDISTAT.OIMITEM'],
  ['NC_OrderItemStatus', 32, 'D', 'P, C, X, I or M, ORDISTAT.OISTATUS'],
  ['NC_ItemScheduleShipDate', 8, 'D', 'planned day of shipping, ORDISTAT.OISSTIME'],
  ['NC_ItemActualShipDate', 8, 'D', 'day of shipping, ORDISTAT.OIASTIME'],
  ['NC_ItemPlaceDate', 8, 'D', 'day it was placed, ORDISTAT.OIPLTIME'],
  ['NC_ItemQuantity', 10, 'D', 'confirmed quantity, ORDISTAT.OIQTCONFIRM'],
];

/** Documented only as a part of version 02: the prices are taken for what was added. */
export const statusItem01: RecordTable = {
  tag: 'ITM010',
  version: '01',
  sketchy: true,
  rows: common.map(([name, width, , about]): FieldRow => [name, width, 'L', about]),
};

export const statusItem02: RecordTable = {
  tag: 'ITM010',
  version: '02',
  rows: [
    ...common,
    ['NC_ItemCurrencyType', 10, 'N', 'ISO 4217 code, ORDISTAT.OICPCUR'],
    ['NC_ItemUnitPrice', 16, 'H', 'unit price, ORDISTAT.OIUNPRC'],
    ['NC_ItemTotalPrice', 16, 'H', 'product total, ORDISTAT.OIPRTOT'],
    ['NC_ItemTotalTaxPrice', 16, 'H', 'tax total, ORDISTAT.OITXTOT'],
    ['NC_ItemTotalShippingPrice', 16, 'H', 'shipping total, ORDISTAT.OISHTOT'],
    ['NC_ItemTotalTaxShippingPrice', 16, 'H', 'tax on shipping, ORDISTAT.OISHTXTOT'],
  ],
};

const table = { type: 'OS', headers: [statusHeader], userData: true } as const;
const most = 9999;

export const orderStatusTable01: MessageTable = { ...table, version: '01', items: { record: statusItem01, min: 0, max: most } };
export const orderStatusTable02: MessageTable = { ...table, version: '02', items: { record: statusItem02, min: 0, max: most } };
