import { type OrderItemStatus, type OrderStatusInput, orderUpdateStatus } from '@waybill/commerce';
import { type Group, ignored, mapping, type Nodes, same } from '@waybill/mapping';
import { bind } from '../binding.ts';
import type { MessageTable } from '../layouts/message.ts';
import { orderStatusTable01, orderStatusTable02, statusHeader, statusItem01, statusItem02 } from '../layouts/order-status.ts';
import { amount, currency, dayInstant, id, message, quantity, record, reference, userData } from '../parts.ts';

// reference/legacy-messages.md, section 5

const o = mapping<OrderStatusInput>();
const i = mapping<OrderItemStatus>();
const total = mapping<NonNullable<OrderStatusInput['totals']>>();
const ship = mapping<NonNullable<OrderStatusInput['shipping']>>();
const count = mapping<NonNullable<OrderItemStatus['quantities']>>();

const orderId = reference('12007');
const merchantOrderNumber = id('SO-00871');

const header = record(statusHeader, [
  o.leaf('NC_OrderRefNumber?', 'orderId', orderId),
  ignored('NC_CustomerOrderNumber?'),
  o.perhapsAll('totals', [
    total.leaf('NC_CurrencyType?', 'currency', currency),
    total.leaf('NC_TotalPrice?', 'net', amount()),
    total.leaf('NC_TotalTaxPrice?', 'tax', amount('48.32')),
    total.leaf('NC_TotalShippingPrice?', 'shipping', amount('9.50')),
    total.leaf('NC_TotalTaxShippingPrice?', 'shippingTax', amount('1.81')),
  ]),
  ignored('NC_ShopperLoginID?'),
  o.leaf('NC_MerchantOrderNumber?', 'merchantOrderNumber', merchantOrderNumber),
  o.leaf('NC_OrderStatus?', 'status', id('C', 1)),
  o.perhapsAll('shipping', [
    ship.leaf('NC_ScheduleShipDate?', 'scheduled', dayInstant()),
    ship.leaf('NC_ActualShipDate?', 'actual', dayInstant()),
  ]),
  o.leaf('NC_PlaceDate?', 'placed', dayInstant()),
]);

const itemFields: Nodes<OrderItemStatus> = [
  same('NC_OrderRefNumber?', 'orderId', orderId),
  same('NC_MerchantOrderNumber?', 'merchantOrderNumber', merchantOrderNumber),
  i.leaf('NC_ItemRefNumber?', 'orderItemId', reference('45012')),
  i.leaf('NC_ItemMerchantRefNumber?', 'merchantItemNumber', id('10')),
  i.leaf('NC_OrderItemStatus?', 'status', id('C', 1)),
  i.perhapsAll('shipping', [
    ship.leaf('NC_ItemScheduleShipDate?', 'scheduled', dayInstant()),
    ship.leaf('NC_ItemActualShipDate?', 'actual', dayInstant()),
  ]),
  i.leaf('NC_ItemPlaceDate?', 'placed', dayInstant()),
  i.perhapsAll('quantities', [count.leaf('NC_ItemQuantity?', 'confirmed', quantity())]),
];

const itemTotals = mapping<NonNullable<OrderItemStatus['totals']>>();
/** The currency of an item is that of all its amounts. */
const itemPrices: Nodes<OrderItemStatus> = [
  i.perhapsAll('totals', [itemTotals.leaf('NC_ItemCurrencyType?', 'currency', currency)]),
  i.leaf('NC_ItemUnitPrice?', 'unitPrice', amount('61.50')),
  i.perhapsAll('totals', [
    itemTotals.leaf('NC_ItemTotalPrice?', 'net', amount()),
    itemTotals.leaf('NC_ItemTotalTaxPrice?', 'tax', amount('24.16')),
    itemTotals.leaf('NC_ItemTotalShippingPrice?', 'shipping', amount('4.75')),
    itemTotals.leaf('NC_ItemTotalTaxShippingPrice?', 'shippingTax', amount('0.90')),
  ]),
];

const root = (table: MessageTable, items: Parameters<typeof record>[0], fields: Nodes<OrderItemStatus>): Group =>
  message<OrderStatusInput>(table, [header, userData], o.vector('ITMDAT*', 'items', [record(items, fields), userData]));

const type = {
  name: 'OrderStatusUpdate',
  direction: 'in',
  commands: [orderUpdateStatus],
  summary: 'Tells the status of an order and of its items.',
} as const;

export const orderStatusBindings = [
  bind({ type: { ...type, version: '01' }, table: orderStatusTable01, root: () => root(orderStatusTable01, statusItem01, itemFields) }),
  bind({
    type: { ...type, version: '02' },
    table: orderStatusTable02,
    root: () => root(orderStatusTable02, statusItem02, [...itemFields, ...itemPrices]),
  }),
];
