import { defineCommand, type Static } from '@waybill/contract';
import { party } from '../address.ts';
import { orderStatusKeys } from '../keys/key.ts';
import { amount, currency, quantity } from '../values/money.ts';
import { closed, code, flag, id, list, optional, text } from '../values/text.ts';
import { instant } from '../values/time.ts';
import { customFields, userData } from '../values/user-data.ts';
import { widths } from '../values/widths.ts';

// Field by field: reference/fulfillment-messages.md, sections 4.1 and 4.2.

const totals = closed(
  {
    currency: optional(currency()),
    net: optional(amount('Price of the goods.')),
    tax: optional(amount('Tax on the goods.')),
    shipping: optional(amount('Shipping charge.')),
    shippingTax: optional(amount('Tax on the shipping charge.')),
    selling: optional(amount('What the customer pays in all.')),
  },
  'Totals as the sender knows them.',
);

const shipping = closed(
  {
    requested: optional(instant('When shipping was asked for.')),
    scheduled: optional(instant('When shipping is planned.')),
    actual: optional(instant('When it was shipped.')),
    condition: optional(code('SC ship complete, SP ship partial.', ['SC', 'SP'])),
    level: optional(code('What the ship mode was given for: O the order, I the item.', ['O', 'I'])),
  },
  'Dates and conditions of shipping.',
);

const invoice = closed({ date: optional(instant('Date of the invoice.')), value: amount('What was invoiced.') }, 'The invoice.');

/** What an order and one of its items have in common. */
const progress = {
  versioning: optional(flag('True: the status so far is kept as a version of its own. Default false.')),
  totals: optional(totals),
  status: optional(
    id(
      'C confirmed, S shipped, SP shipped in part, I invoiced, BP billed in part, X cancelled; other codes as agreed.',
      widths.orderStatus,
    ),
  ),
  statusText: optional(text('A remark on the status.')),
  statusFlag: optional(code('What the status was given for: O the order, I the item.', ['O', 'I'])),
  placed: optional(instant('When the order was placed.')),
  shipping: optional(shipping),
  invoice: optional(invoice),
  comment: optional(text('A comment for people.', widths.statusComment)),
  fields: optional(customFields),
  userData: optional(userData),
};

export const orderItemStatus = closed(
  {
    orderItemId: optional(id('The item in the store. At least one of the two item ids is given.')),
    merchantItemNumber: optional(id('The item at the sender.', widths.merchantNumber)),
    serialNumber: optional(text('Serial number of the goods.')),
    partNumber: optional(text('Part number of the goods.', widths.partNumber)),
    quantities: optional(
      closed(
        {
          requested: optional(quantity('How many were asked for.')),
          confirmed: optional(quantity('How many were confirmed.')),
          shipped: optional(quantity('How many were shipped.')),
        },
        'Quantities of the item.',
      ),
    ),
    unitPrice: optional(amount('Price of one.')),
    ...progress,
  },
  'The status of one item.',
);
export type OrderItemStatus = Static<typeof orderItemStatus>;

export const orderStatusInput = closed(
  {
    orderId: optional(id('The order in the store. The first status of an order gives both order ids.')),
    merchantOrderNumber: optional(id('The order at the sender.', widths.merchantNumber)),
    sequenceNumber: optional(
      text('Grows with each status of an order: one that is not newer than what is known changes nothing.', widths.sequenceNumber),
    ),
    lastUpdateTime: optional(instant('Serves like `sequenceNumber`, by time.')),
    updateMode: optional(code('C: the status of all items is here. P: of any of them. Default P.', ['C', 'P'])),
    ...progress,
    orderInfo: optional(text('About the order as a whole.')),
    billTo: optional(party),
    shipTo: optional(party),
    purchaser: optional(party),
    items: optional(list(orderItemStatus, 'Status of single items.')),
  },
  'The status of an order, as the system that processes it tells it.',
);
export type OrderStatusInput = Static<typeof orderStatusInput>;

export const orderConfirmStatus = defineCommand({
  name: 'order.confirm-status',
  summary: 'Record that a back end has confirmed an order. Without a status: C.',
  input: orderStatusInput,
  ...orderStatusKeys,
});

export const orderShipStatus = defineCommand({
  name: 'order.ship-status',
  summary: 'Record that an order was shipped, whole or in part. Without a status: S.',
  input: orderStatusInput,
  ...orderStatusKeys,
});

export const orderInvoiceStatus = defineCommand({
  name: 'order.invoice-status',
  summary: 'Record that an order was invoiced. Without a status: I.',
  input: orderStatusInput,
  ...orderStatusKeys,
});

export const orderUpdateStatus = defineCommand({
  name: 'order.update-status',
  summary: 'Record the status of an order.',
  input: orderStatusInput,
  ...orderStatusKeys,
});
