import { defineEvent, type Static } from '@waybill/contract';
import { supplierDocumentKeys } from '../keys/procurement-keys.ts';
import { closed, code, id, list, optional, some, text } from '../values/text.ts';
import { itemId, lineNumber } from './lines.ts';
import { buyerContact, exact, extrinsics, operation, written } from './parties.ts';
import { comments, head, order, replaces } from './supplier-document.ts';

// reference/procurement-messages.md, section 3.9.

const shippedData = closed(
  {
    ...head,
    shipmentId: id('Number of the shipment.'),
    operation,
    replaces,
    noticed: written('When it was written, with offset.'),
    shipment: optional(written('When it was shipped.')),
    delivery: optional(written('When it will be there.')),
    type: optional(code('Whether it has left.', ['actual', 'planned'])),
    fulfillment: optional(code('Whether more will follow.', ['partial', 'complete'])),
    contacts: optional(list(buyerContact, 'Whom to ask; `shipFrom` says where it comes from.')),
    comments,
    extrinsics,
    carriers: optional(
      list(
        closed(
          {
            identifiers: some(closed({ domain: id('The list.'), code: text('The carrier in it.') }, 'A name.'), 'Who carries it.'),
            tracking: some(
              closed(
                {
                  number: id('The number.'),
                  domain: optional(text('What number it is: trackingNumber, billOfLading.')),
                  date: optional(written('Since when.')),
                  url: optional(text('Where to follow it.')),
                },
                'A number.',
              ),
              'Numbers to follow it by.',
            ),
            method: optional(text('How it travels: motor, air.')),
            starts: optional(written('From when on; of all but the first.')),
          },
          'One part of the way.',
        ),
        'Who carries it.',
      ),
    ),
    orders: list(
      closed(
        {
          ...order,
          lines: optional(
            list(
              closed(
                {
                  number: lineNumber,
                  quantity: exact('How many.', '12'),
                  unit: id('Unit of measure.'),
                  ordered: optional(exact('How many were ordered.', '20')),
                  ...itemId,
                  batch: optional(text('Number of the batch.')),
                },
                'One line.',
              ),
              'What is in it of the order. None: all of the order.',
            ),
          ),
        },
        'One order.',
      ),
      'What is in it. None: only where a notice is taken back.',
    ),
  },
  'What was shipped.',
);
export const purchaseOrderShipped = defineEvent({
  name: 'purchase-order.shipped',
  summary: 'Goods of an order of a buyer have left, or will.',
  data: shippedData,
  ...supplierDocumentKeys,
});
export type PurchaseOrderShipped = Static<typeof shippedData>;
