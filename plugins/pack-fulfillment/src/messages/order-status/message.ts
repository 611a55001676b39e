import { widths } from '@waybill/commerce';
import { oneOf } from '@waybill/values';
import {
  type ChildSet,
  checked,
  choice,
  defaultAttribute,
  element,
  many,
  many1,
  optional,
  optionalUserData,
  type ValueOf,
  type WritingOf,
} from '@waybill/xml';
import { credentials, credentialsOfOrganization, framed } from '../../envelope.ts';
import { amount, code, comment, quantity, words } from '../../parts.ts';
import {
  customerFields,
  invoice,
  party,
  placed,
  refuseBadNumbers,
  serialization,
  shipping,
  status20,
  status30,
  totals20,
  totals30,
  typedNumber,
  versioning,
} from './progress.ts';

// Update_WCS_OrderStatus 2.0 and 3.0: reference/fulfillment-messages.md, section 4.2.

const orderNumbers = many1(typedNumber('OrderNumber'));
const itemNumbers = many1(typedNumber('ItemNumber'));

const header20 = checked(
  element('OrderStatusHeader', {
    attributes: { versioning },
    children: {
      orderNumbers,
      totals: optional(totals20),
      status: optional(status20),
      placed,
      shipping: optional(shipping),
      invoice: optional(invoice),
      comment: optional(comment(widths.statusComment)),
      fields: customerFields,
      userData: optionalUserData(),
    },
  }),
  (header) => refuseBadNumbers('OrderNumber', header.orderNumbers),
);

const header30 = checked(
  element('OrderStatusHeader', {
    attributes: { versioning, updateMode: defaultAttribute('UpdateMode', oneOf('C', 'P'), 'P', 'C: all items are here; P: some') },
    children: {
      orderNumbers,
      totals: optional(totals30),
      status: optional(status30),
      placed,
      shipping: optional(shipping),
      invoice: optional(invoice),
      orderInfo: optional(element('OrderInfo', words('Two parcels'))),
      billTo: optional(party('BillTo')),
      shipTo: optional(party('ShipTo')),
      purchaser: optional(party('PurchaserInfo')),
      comment: optional(comment(widths.statusComment)),
      fields: customerFields,
      userData: optionalUserData(),
    },
  }),
  (header) => refuseBadNumbers('OrderNumber', header.orderNumbers),
);

const quantities = element('QuantityInfo', {
  children: {
    requested: optional(element('RequestedQuantity', quantity())),
    confirmed: optional(element('ConfirmedQuantity', quantity())),
    shipped: optional(element('ShippedQuantity', quantity())),
  },
});
const product = {
  partNumber: optional(element('ProductNumberByMerchant', code('HP-LAMP-02', widths.partNumber), 'a part number here')),
  quantities: optional(quantities),
  unitPrice: optional(element('ItemUnitPrice', amount('61.50'))),
};
const itemTail = {
  placed,
  shipping: optional(shipping),
  invoice: optional(invoice),
  comment: optional(comment(widths.statusComment)),
  fields: customerFields,
  userData: optionalUserData(),
};

const item20 = checked(
  element('OrderStatusItem', {
    attributes: { versioning },
    children: { itemNumbers, ...product, totals: optional(totals20), status: optional(status20), ...itemTail },
  }),
  (item) => refuseBadNumbers('ItemNumber', item.itemNumbers),
);
const item30 = checked(
  element('OrderStatusItem', {
    attributes: { versioning },
    children: {
      itemNumbers,
      // The original passes it on for two of the four commands only; a serial number that was sent is worth keeping.
      serialNumber: optional(element('SerialNumber', words('SN-20417'))),
      ...product,
      totals: optional(totals30),
      status: optional(status30),
      ...itemTail,
    },
  }),
  (item) => refuseBadNumbers('ItemNumber', item.itemNumbers),
);

/** The child of DataArea that selects the command; all four have the same content. */
function kinds<const Body extends ChildSet>(children: Body) {
  return choice({
    confirm: element('OrderConfirm', { children }),
    ship: element('OrderShipping', { children }),
    invoice: element('OrderInvoice', { children }),
    update: element('OrderStatus', { children }),
  });
}

const frame = { verb: 'Update', noun: 'WCS_OrderStatus' };

export const orderStatus20 = framed(
  { ...frame, version: '2.0' },
  { credentials: optional(credentials) },
  { kind: kinds({ serialization: optional(serialization), header: header20, items: many(item20) }) },
);

export const orderStatus30 = framed(
  { ...frame, version: '3.0' },
  { credentials: optional(credentialsOfOrganization) },
  { kind: kinds({ serialization: optional(serialization), header: header30, items: many(item30) }) },
);

export type OrderStatus20 = ValueOf<typeof orderStatus20.root>;
export type OrderStatus30 = ValueOf<typeof orderStatus30.root>;
export type OrderStatus20Writing = WritingOf<typeof orderStatus20.root>;
export type OrderStatus30Writing = WritingOf<typeof orderStatus30.root>;
