import type { MessageTable } from './message.ts';
import { contactRows, nameRows, placeRows } from './people.ts';
import type { RecordTable } from './record.ts';

// reference/legacy-messages.md, section 2

export const orderHeader: RecordTable = {
  tag: 'HDR010',
  version: '01',
  rows: [
    ['NC_OrderRefNumber', 10, 'D', 'order in the store, ORDERS.ORDERS_ID'],
    ['NC_OrderDate', 8, 'D', 'day it was placed, ORDERS.TIMEPLACED'],
    ['NC_OrderTime', 6, 'D', 'time of day it was placed, ORDERS.TIMEPLACED'],
    ['NC_CurrencyType', 10, 'D', 'ISO 4217 code, ORDERS.CURRENCY'],
    ['NC_TotalPrice', 16, 'D', 'product total, ORDERS.TOTALPRODUCT'],
    ['NC_TotalTaxPrice', 16, 'D', 'sales-tax total, ORDERS.TOTALTAX'],
    ['NC_TotalShippingPrice', 16, 'D', 'shipping total, ORDERS.TOTALSHIPPING'],
    ['NC_TotalTaxShippingPrice', 16, 'D', 'tax on shipping, ORDERS.TOTALTAXSHIPPING'],
    ['NC_ShopperRefNumber', 10, 'D', 'shopper, ORDERS.MEMBER_ID'],
    ['NC_MerchantRefNumber', 10, 'D', 'store, ORDERS.STOREENT_ID'],
    ['NC_MerchantOrderNumber', 30, 'D', 'order at the merchant, ORDERS.ORMORDER'],
    ['NC_BillToRefNumber', 10, 'D', 'billing address in the store, ORDERS.ADDRESS_ID'],
    ['NC_OrderCustField1', 10, 'D', "for a site's own use, a number, ORDERS.FIELD1"],
    ['NC_OrderCustField2', 16, 'D', "for a site's own use, a number, ORDERS.FIELD2"],
    ['NC_OrderCustField3', 254, 'D', "for a site's own use, ORDERS.FIELD3", 'free'],
  ],
};

export const orderCustomer: RecordTable = {
  tag: 'HDR020',
  version: '01',
  rows: [
    ['NC_ShopperLoginID', 31, 'D', 'logon id of the shopper, USERREG.LOGONID'],
    ...nameRows('NC_Purchaser', 'of the purchaser'),
    ...placeRows('NC_Purchaser', 'of the purchaser', 'D'),
    ...contactRows('NC_Purchaser', 'of the purchaser', 'D'),
    ['NC_PurchaserCompanyName', 80, 'D', 'company represented, ADDRESS.ORGNAME', 'free'],
    ['NC_PurchaserShopperGroupName', 50, 'D', 'customer group, MBRGRP.MBRGRPNAME', 'free'],
  ],
};

export const orderBilling: RecordTable = {
  tag: 'HDR030',
  version: '01',
  rows: [
    ...nameRows('NC_BillTo', 'of the payer'),
    ...placeRows('NC_BillTo', 'of the payer', 'D'),
    ...contactRows('NC_BillTo', 'of the payer', 'D'),
  ],
};

export const orderMerchant: RecordTable = {
  tag: 'HDR040',
  version: '01',
  rows: [
    ['NC_SupplierName', 80, 'D', 'company name of the merchant, STOREENTDS.DISPLAYNAME', 'free'],
    ...placeRows('NC_Supplier', 'of the merchant', 'D'),
    ['NC_SupplierPhone1', 30, 'D', 'telephone of the merchant, STADDRESS.PHONE1', 'free'],
    ...nameRows('NC_SupplierContact', 'of the contact'),
    ['NC_SupplierContactTitle', 30, 'D', 'title of the contact, STADDRESS.PERSONTITLE', 'free'],
    ['NC_SupplierContactPhone1', 30, 'D', 'primary telephone of the contact, STADDRESS.PHONE1', 'free'],
    ['NC_SupplierContactPhone2', 30, 'D', 'secondary telephone of the contact, STADDRESS.PHONE2', 'free'],
  ],
};

export const orderItem: RecordTable = {
  tag: 'ITM010',
  version: '01',
  rows: [
    ['NC_ItemLineNumber', 3, 'D', 'position, counted from 1'],
    ['NC_ItemRefNumber', 10, 'D', 'item in the store, ORDERITEMS.ORDERITEMS_ID'],
    ['NC_ItemProductRefNumber', 10, 'D', 'catalog entry, ORDERITEMS.CATENTRY_ID'],
    ['NC_ItemProductNumber', 64, 'D', 'SKU, CATENTRY.PARTNUMBER'],
    ['NC_ItemProductShortDescription', 254, 'D', 'short description, CATENTDESC.SHORTDESCRIPTION', 'free'],
    ['NC_ItemUnitPrice', 16, 'D', 'unit price, ORDERITEMS.PRICE'],
    ['NC_ItemCurrencyType', 10, 'D', 'ISO 4217 code, ORDERITEMS.CURRENCY'],
    ['NC_ItemProductQuantity', 10, 'D', 'quantity ordered, ORDERITEMS.QUANTITY'],
    ['NC_ItemShipToAddrRefNum', 10, 'D', 'ship-to address in the store, ORDERITEMS.ADDRESS_ID'],
    ['NC_ItemShipModeRefNum', 10, 'D', 'shipping mode in the store, ORDERITEMS.SHIPMODE_ID'],
    ['NC_ItemState', 1, 'D', 'P, C, X, I or M, ORDERITEMS.STATUS'],
    ...nameRows('NC_ItemShipTo', 'of the recipient'),
    ...placeRows('NC_ItemShipTo', 'of the recipient', 'H'),
    ...contactRows('NC_ItemShipTo', 'of the recipient', 'H'),
  ],
};

/** Line numbers have three digits. */
export const mostItems = 999;

export const orderCreateTable: MessageTable = {
  type: 'ON',
  version: '01',
  headers: [orderHeader, orderCustomer, orderBilling, orderMerchant],
  userData: true,
  items: { record: orderItem, min: 1, max: mostItems },
};
